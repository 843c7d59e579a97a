import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Document } from '../support/cli.ts';
import { plainList, plainRow, someCards } from '../support/plain-list.ts';
import { cardDigits, seededRandom } from '../support/seeded-cards.ts';
import {
  issuerColumns,
  issuerCsv,
  issuerTable,
  recipientOfBrand,
} from '../support/shop-incident.ts';
import { Kit } from '../support/workspace-kit.ts';

const rng = seededRandom(77);
const good = someCards(rng, 20);
/** No brand claims these leading digits; the card company that issues them does. */
const unclaimed = Array.from({ length: 6 }, () => cardDigits(rng, { prefix: '990012' }).join(''));
const discover = Array.from({ length: 5 }, () => cardDigits(rng, { prefix: '601100' }).join(''));
const [undated, misdated, atFairs, tested] = [
  ...[someCards(rng, 4), someCards(rng, 3), someCards(rng, 2)],
  ['4242424242424242', '4111111111111111'],
] as const;

const list =
  plainList([...good, ...unclaimed, ...discover, ...tested]) +
  [
    ...undated.map((card, place) => plainRow(card, 100 + place, { orderedAt: '' })),
    ...misdated.map((card, place) => plainRow(card, 200 + place, { orderedAt: 'last week' })),
    ...atFairs.map((card, place) => plainRow(card, 300 + place, { channel: 'fair' })),
  ].join('\n');

const everything = {
  ...{ 'unknown-brand': 6, 'no-recipient': 5, 'test-number': 2 },
  ...{ 'date-missing': 4, 'date-unreadable': 3, 'unknown-channel': 2 },
};

let kit: Kit;
let source: string;
let first: Document;
let second: Document;

beforeAll(async () => {
  kit = await Kit.create();
  source = kit.put('list.csv', list);
  await kit.openIncident('shop-a-2020');
  first = await kit.done(kit.prepare('shop-a-2020', [source]));
});

afterAll(() => kit.dispose());

/** A further prepare of the same list; counts only. */
function counted(incident: string, more: readonly string[]): Promise<Document> {
  return kit.done(kit.prepare(incident, [source], ['--dry-run', ...more]));
}

describe('held records', () => {
  it('wait: the rest is sealed, and status counts them', async () => {
    expect([first.cards, first.held]).toEqual([20, everything]);
    const { held } = await kit.done(['status']);
    expect(held).toEqual([{ handoff: first.handoff, incident: 'shop-a-2020', records: 22 }]);
    const { findings } = await kit.done(['handoff', 'held', first.handoff]);
    expect(findings).toHaveLength(22);
    await kit.approve(first.handoff);
  });

  it('--accept-held needs a reason that exists and a word why: 64', async () => {
    const unknown = kit.prepare('shop-a-2020', [source], ['--accept-held', 'luhn']);
    expect(await kit.refused(unknown)).toEqual({ status: 64, code: 'usage' });
    const silent = kit.prepare('shop-a-2020', [source], ['--accept-held', 'date-missing']);
    expect(await kit.refused(silent)).toEqual({ status: 64, code: 'reason-required' });
  });

  it('--accept-held lets those records through, and only those', async () => {
    const accept = ['--reason', 'the shop confirms them', '--accept-held', 'date-missing'];
    const counts = await counted('shop-a-2020', accept);
    expect([counts.cards, counts.accepted]).toEqual([4, { 'date-missing': 4 }]);
    const { 'date-missing': _accepted, ...rest } = everything;
    expect(counts.held).toEqual(rest);
  });

  it('an accepted decision stands in the plan and in the log', async () => {
    const reasons = ['date-missing', 'date-unreadable', 'unknown-channel', 'test-number'];
    const accept = reasons.flatMap((reason) => ['--accept-held', reason]);
    second = await kit.done(
      kit.prepare('shop-a-2020', [source], ['--reason', 'the shop confirms them', ...accept]),
    );
    expect([second.cards, second.held]).toEqual([11, { 'unknown-brand': 6, 'no-recipient': 5 }]);
    const { entries } = await kit.done(['audit', 'tail', '--entries', '3']);
    const { leaf, texts } = entries.find(
      ({ leaf: { act } }: Document) => act === 'handoff-prepare',
    );
    expect([...leaf.data.accepted].sort()).toEqual([...reasons].sort());
    expect(texts.reason).toBe('the shop confirms them');
    await kit.approve(second.handoff);
    // Of the same source: what the first held is read again, and counted once.
    const { held } = await kit.done(['status']);
    expect(held).toEqual([{ handoff: second.handoff, incident: 'shop-a-2020', records: 11 }]);
  });

  it('bins import decides an unknown brand, and changes nothing when the table is wrong', async () => {
    const importing = (name: string, text: string): string[] => [
      ...['--as', 'officer-1', 'bins', 'import', kit.put(name, text)],
      ...['--columns', issuerColumns],
    ];
    const more = ['990000', '990099', 'JCB', 'わだつみカード', 'JP'] as const;
    const overlapping = issuerCsv([...issuerTable, more, ['990050', '990150', 'JCB', 'x', 'JP']]);
    const reversed = issuerCsv([...issuerTable, ['990099', '990000', 'JCB', 'x', 'JP']]);
    const malformed = issuerCsv([...issuerTable, ['99OO00', '990099', 'JCB', 'x', 'JP']]);
    for (const [text, code] of [
      ...[[overlapping, 'bin-overlap'] as const, [reversed, 'bin-reversed'] as const],
      ...[[malformed, 'bin-malformed'] as const, ['low;high\n', 'bin-column-missing'] as const],
    ]) {
      expect(await kit.refused(importing('wrong.csv', text))).toEqual({ status: 65, code });
    }
    expect((await counted('shop-a-2020', [])).held['unknown-brand']).toBe(6);
    await kit.done(importing('more.csv', issuerCsv([...issuerTable, more])));
    expect((await kit.done(['bins', 'show', '990012'])).issuer).toBe('わだつみカード');
    const stored = join(kit.workspace, 'config/bins/issuers.csv');
    const text = readFileSync(stored, 'utf8');
    writeFileSync(stored, text.replace('わだつみカード', '別の会社'));
    const altered = { status: 78, code: 'bins-altered' };
    expect(await kit.refused(['bins', 'show', '990012'])).toEqual(altered);
    expect(await kit.refused(kit.prepare('shop-a-2020', [source], ['--dry-run']))).toEqual(altered);
    writeFileSync(stored, text);
    const counts = await counted('shop-a-2020', []);
    expect([counts.cards, counts.held['unknown-brand']]).toEqual([6, undefined]);
    expect(counts.batches[0].issuers[0]).toMatchObject({ issuer: 'わだつみカード', brand: 'jcb' });
  });

  it('a route decides cards that had no recipient', async () => {
    await kit.openIncident('shop-a-routed', { ...recipientOfBrand, discover: 'amex' });
    const counts = await counted('shop-a-routed', []);
    expect(counts.held['no-recipient']).toBeUndefined();
    expect(counts.batches.find(({ recipient }: Document) => recipient === 'amex').cards).toBe(10);
  });
});
