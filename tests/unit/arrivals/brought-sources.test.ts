import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ArrivalWay } from '../../../src/domain/arrivals/arrival-limits.ts';
import { digestOf } from '../../../src/domain/handoff/plan.ts';
import { sourceSpecSchema } from '../../../src/domain/intake/source-spec.ts';
import {
  assertAsBrought,
  broughtSource,
  withBrought,
} from '../../../src/exchange/arrivals/brought-sources.ts';
import { bytesOf } from '../../support/chunks.ts';
import { recipientSchema, type RecipientEntry } from '../../../src/domain/recipients/recipient.ts';
import { otherKeyLine } from '../../support/pickup-box.ts';
import { recipientEntry, sftpEndpoint } from '../../support/recipient-entry.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';

const key = `SHA256:${'A'.repeat(43)}`;
const sha256 = digestOf(bytesOf('what came'));
let desk: ExchangeDesk;
beforeEach(() => {
  desk = new ExchangeDesk();
});
afterEach(() => desk.dispose());

const ports = () => ({
  arrivals: desk.arrivals,
  arrivalFiles: { pathOf: (id: string) => `/shelf/${id}` },
});

async function arrive(id: string, way: ArrivalWay): Promise<void> {
  const file = { id, recipient: 'pfi-1', way, key, name: `${id}.pgp`, sha256, bytes: 9 };
  await desk.arrivals.add(
    { ...file, arrivedAt: desk.clock.now() },
    {
      draft: {
        ...{ actor: 'system', act: 'source-brought', result: 'done', origin: desk.origin },
        object: 'box:pfi-1',
        data: { arrival: id, box: 'pfi-1', sha256, bytes: 9, key },
      },
    },
  );
}
const source = (path: string, received?: 'mail') => ({
  ...{ path, name: 'as typed', spec: sourceSpecSchema.parse(received ? { received } : {}) },
});

describe('broughtSource()', () => {
  it('leaves paths alone, also one that only looks alike', async () => {
    for (const path of ['orders.csv', '-', './inbox:a1', 'x/inbox:a1']) {
      expect(await broughtSource(ports(), path)).toBeUndefined();
    }
  });

  it('finds a source that waits, and nothing else under its id', async () => {
    await arrive('a1', 'sources');
    await arrive('a2', 'inbox');
    expect((await broughtSource(ports(), 'inbox:a1'))?.path).toBe('/shelf/a1');
    const absent = (what: string) => ({ code: 'brought-source-absent', facts: { what } });
    for (const [named, what] of [
      ['inbox:a2', 'answer'],
      ['inbox:a3', 'unknown'],
      ['inbox:', 'unknown'],
      ['inbox:../a1', 'unknown'],
    ] as const) {
      await expect(broughtSource(ports(), named)).rejects.toMatchObject(absent(what));
    }
    await desk.arrivals.move('a1', { event: 'clear' });
    await expect(broughtSource(ports(), 'inbox:a1')).rejects.toMatchObject(absent('cleared'));
  });
});

describe('withBrought()', () => {
  it('says of each that was brought where it lies, how it is called and how it came', async () => {
    await arrive('a1', 'sources');
    const found = await withBrought(ports(), [source('orders.csv', 'mail'), source('inbox:a1')]);
    expect(found).toMatchObject([
      { path: 'orders.csv', name: 'as typed' },
      {
        ...{ path: '/shelf/a1', name: 'a1.pgp' },
        brought: { source: 'a1', box: 'pfi-1', key, sha256 },
      },
    ]);
    expect(found[0]).not.toHaveProperty('brought');
    await expect(withBrought(ports(), [source('inbox:a1', 'mail')])).rejects.toMatchObject({
      ...{ code: 'usage', facts: { option: '--received' } },
    });
  });
});

describe('assertAsBrought()', () => {
  const brought = { source: 'a1', box: 'pfi-1', key, sha256 };
  const asked = [source('orders.csv'), { ...source('/shelf/a1'), brought }];
  const clear = { sha256: digestOf(bytesOf('orders')) };
  const recipient = (id: string, endpoint: RecipientEntry['endpoints'][number]) =>
    recipientSchema.parse(recipientEntry({ id, endpoints: [endpoint] }));
  const boxed = (id: string) => recipient(id, { kind: 'pickup', keys: [otherKeyLine] });

  it.each([
    ['that sender signed', 'pfi-1', []],
    ['nobody known signed, as an officer decided', undefined, []],
    ['any sender signed, out of the box of a recipient', 'pfi-2', [boxed('pfi-1')]],
  ])('accepts what %s', (_what, sender, recipients) => {
    assertAsBrought(asked, [clear, { sha256, sender }], recipients);
  });

  it.each([
    ['of nobody who is known any more', []],
    ['of another than the recipient who has one', [boxed('pfi-2')]],
    ['of a sender who is a recipient without one', [recipient('pfi-1', sftpEndpoint)]],
  ])('refuses what another signed, out of a box %s', (_whose, recipients) => {
    expect(() => {
      assertAsBrought(asked, [clear, { sha256, sender: 'pfi-2' }], recipients);
    }).toThrow(expect.objectContaining({ code: 'brought-source-of-other' }));
  });

  it.each([
    ['brought-source-of-other', { sha256, sender: 'pfi-2' }],
    ['brought-source-changed', { ...clear, sender: 'pfi-1' }],
  ])('refuses as %s', (code, read) => {
    expect(() => {
      assertAsBrought(asked, [clear, read], []);
    }).toThrow(expect.objectContaining({ code }));
  });
});
