import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { fingerprintOfLine } from '../../../src/domain/recipients/pickup-key.ts';
import { SqliteFamiliarAddresses } from '../../../src/edge/sqlite/familiar-addresses.ts';
import { SqlitePickupBook } from '../../../src/edge/sqlite/pickup-book.ts';
import type { PickupVisitor } from '../../../src/exchange/pickup/pickup-book.ts';
import { PickupDesk } from '../../../src/exchange/pickup/pickup-desk.ts';
import { DeliveringDesk } from '../../support/delivering-desk.ts';

const blob = Buffer.concat([
  Buffer.from('0000000b7373682d6564323535313900000020', 'hex'),
  Buffer.alloc(32),
]);
const key = `ssh-ed25519 ${blob.toString('base64')}`;
const visitor: PickupVisitor = {
  box: 'psp',
  key: fingerprintOfLine(key),
  from: '192.0.2.1',
};

let desk: DeliveringDesk;
let door: PickupDesk;
let handoff: string;
let familiarAddresses: SqliteFamiliarAddresses;
beforeEach(async () => {
  desk = new DeliveringDesk();
  const pickups = new SqlitePickupBook(desk.store.db, desk.clock);
  const nobodyComes = {} as PickupDesk['inbox'];
  familiarAddresses = new SqliteFamiliarAddresses(desk.store.db);
  const ports = Object.assign(desk, { pickups, familiarAddresses });
  door = new PickupDesk(ports, () => Promise.resolve(), nobodyComes);
  handoff = await desk.approvedFor({ psp: { key } });
  await desk.deliver(handoff);
});
afterEach(() => desk.dispose());

const state = async (): Promise<string> => (await desk.batchFor(handoff, 'psp')).state;

describe('PickupDesk', () => {
  it('hands out what waits for its recipient, and nothing that a retired key of ours signed', async () => {
    const { id } = await desk.batchFor(handoff, 'psp');
    expect((await door.box(visitor)).map(({ batch }) => batch)).toEqual([id]);
    desk.retireSigner();
    expect(await door.box(visitor)).toEqual([]);
    expect(await door.open(visitor, id)).toBe(false);
    expect(await state()).toBe('offered');
  });

  it('knows from where holders of pinned keys came, the last 1,024 of them', async () => {
    await door.came(visitor);
    await door.came({ ...visitor, key: 'SHA256:other', from: '192.0.2.9' });
    expect(await door.familiar()).toEqual([visitor.from]);
    const later = Array.from({ length: 1_023 }, (_, at) => `10.0.${at >> 8}.${at & 255}`);
    for (const from of later) await familiarAddresses.add(from);
    await door.came(visitor);
    expect(await door.familiar()).toEqual([...later, visitor.from]);
    await door.came({ ...visitor, from: '2001:db8::1' });
    expect(await door.familiar()).toEqual([...later.slice(1), visitor.from, '2001:db8::1']);
  });

  it('goes on with what the retiring key signed', async () => {
    desk.retireSigner();
    desk.openpgpKeys = desk.openpgpKeys.map((each) =>
      each.number === 1 ? { ...each, state: 'retiring' } : each,
    );
    expect(await door.box(visitor)).toHaveLength(1);
  });
});

describe('deliverHandoff() to a box', () => {
  it('expires what a retired key signed and nobody opened', async () => {
    desk.retireSigner();
    const { reports } = await desk.deliver(handoff);
    expect(reports).toMatchObject([
      { state: 'expired', fault: { code: 'signing-key-no-longer-good' } },
    ]);
    expect(await state()).toBe('expired');
    expect((await desk.acts()).at(-1)).toBe('delivery-expired');
  });

  it('leaves a file alone that was opened before', async () => {
    const { id } = await desk.batchFor(handoff, 'psp');
    await door.open(visitor, id);
    desk.retireSigner();
    await desk.deliver(handoff);
    expect(await state()).toBe('partly-read');
  });
});
