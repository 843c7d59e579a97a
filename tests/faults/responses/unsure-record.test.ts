import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { WorkspaceFault } from '../../../src/domain/workspace/errors.ts';
import { StoreFault } from '../../../src/edge/sqlite/errors.ts';
import { InboxDesk } from '../../../src/exchange/arrivals/inbox-desk.ts';
import { bytesOf } from '../../support/chunks.ts';
import { GpgHome } from '../../support/gpg.ts';
import { ourTestKey } from '../../support/our-test-key.ts';
import { PickupBox, visitorOf } from '../../support/pickup-box.ts';

// A commit whose sync fails is rolled back here, but its pages may be in the log of writes, and the next start of the
// program then finds it done: the row is stored, and the caller was told otherwise.

const psp = visitorOf('psp');

let home: GpgHome;
let box: PickupBox;
let bytes: Uint8Array;
let inbox: InboxDesk;
/** As after a restart of `serve`. */
let newInbox: () => InboxDesk;

beforeEach(async () => {
  home = await GpgHome.create();
  const { ourKey } = await ourTestKey('ed25519');
  await home.importKey(ourKey.certificate);
  bytes = await home.encrypt(bytesOf('an answer\n'), [ourKey.fingerprint]);
  box = new PickupBox();
  await box.offer();
  const ports = Object.assign(Object.create(box) as PickupBox, {
    publicKeys: { openpgp: () => Promise.resolve(ourKey.certificate) },
  });
  newInbox = () => new InboxDesk(ports, () => Promise.resolve());
  inbox = newInbox();
});
afterEach(async () => {
  await box.dispose();
  await home.dispose();
});

async function bring(name = 'answer.pgp'): Promise<boolean> {
  const upload = (await inbox.bring(psp, 'inbox', name))!;
  await inbox.piece(psp, upload, bytes);
  return inbox.brought(psp, upload);
}

const lying = (): string[] => readdirSync(join(box.store.directory, 'data/arrivals'));

it('keeps an answer whose record the disk did not confirm: known the next time, and its bytes are here', async () => {
  const add = box.arrivals.add.bind(box.arrivals);
  vi.spyOn(box.arrivals, 'add').mockImplementationOnce(async (...row) => {
    await add(...row);
    throw new StoreFault('store-io-failed');
  });
  await expect(bring()).rejects.toMatchObject({ code: 'store-io-failed' });
  const [row, ...more] = await box.arrivals.inState('arrived');
  expect([row?.recipient, more, lying()]).toEqual(['psp', [], [`${row!.id}.pgp`]]);
  // What they bring again is known, and what came first is still all of it.
  inbox = newInbox();
  expect(await bring('again.pgp')).toBe(true);
  expect(readFileSync(box.arrivalFiles.pathOf(row!.id))).toEqual(Buffer.from(bytes));
  expect(lying()).toEqual([`${row!.id}.pgp`]);
});

it('leaves nothing of one that was surely not recorded', async () => {
  const full = new WorkspaceFault('disk-full', { file: 'data/mimamori.db' });
  vi.spyOn(box.arrivals, 'add').mockRejectedValueOnce(full);
  await expect(bring()).rejects.toBe(full);
  expect(lying()).toEqual([]);
});
