import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { kitEntries } from '../../../src/exchange/kit/kit-entries.ts';
import { actOf, StoreBench } from '../../support/store-bench.ts';

const id = 'shop-a-2020';

let store: StoreBench;
beforeEach(async () => {
  store = new StoreBench();
  await store.approved();
});
afterEach(() => store.dispose());

const lookUp = (data: object): [string, string, object] => [
  ...(['look-up', 'desk:order'] as const),
  { by: 'order', incidents: [], found: 0, ...data },
];
const source = (handoffs: readonly string[]): [string, string, object] => [
  ...(['source-purge', 'workspace:drill-1'] as const),
  { sha256: 'a'.repeat(64), bytes: 1, handoffs, done: [], unproven: [], copies: 0 },
];
const test = (recipient: string): [string, string, object] => [
  ...(['recipient-test-sent', `recipient:${recipient}`] as const),
  { test: 't-1', recipient, combination: 'a'.repeat(64), outcome: 'stored' },
];

describe('kitEntries()', () => {
  it.each<[string, [string, string, object], boolean]>([
    ['a look-up in it and others', lookUp({ incidents: ['other', id] }), true],
    ['a look-up in another', lookUp({ incidents: ['other'] }), false],
    ['a look-up over more than it names', lookUp({ searched: 1_001 }), true],
    ['a removed source of it and others', source(['h-other', 'h-0001']), true],
    ['a removed source of others', source(['h-other']), false],
    ['a test of a recipient of it', test('psp'), true],
    ['a test of another recipient', test('other'), false],
  ])('has %s: %3$s', async (_, [act, object, data], isThere) => {
    const index = await store.log.append(actOf(act, object, data));
    const subjects = { ...(await store.incidents.idsOf(id)), recipients: new Set(['psp']) };
    const { found } = await kitEntries({ log: store.log }, subjects, index + 1);
    expect(found.at(-1)?.index === index).toBe(isThere);
    expect(found.length).toBeGreaterThan(2);
  });
});
