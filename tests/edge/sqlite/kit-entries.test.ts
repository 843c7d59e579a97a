import type { Insertable } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Tables } from '../../../src/edge/sqlite/tables.ts';
import { entryFiles, kitEntries } from '../../../src/exchange/kit/kit-entries.ts';
import { actOf, StoreBench } from '../../support/store-bench.ts';

const id = 'shop-a-2020';
const digest = 'a'.repeat(64);

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
  { sha256: digest, bytes: 1, handoffs, done: [], unproven: [], copies: 0 },
];
const test = (recipient: string): [string, string, object] => [
  ...(['recipient-test-sent', `recipient:${recipient}`] as const),
  { test: 't-1', recipient, combination: digest, outcome: 'stored' },
];

/** A file that somebody brought, with an entry of its own. */
async function bring(arrival: string, row: Partial<Tables['arrival']>): Promise<void> {
  const arrived = { arrival, recipient: 'psp', sha256: digest, bytes: 1, by: 'inbox' };
  const leaf = await store.log.append(actOf('answer-arrived', 'recipient:psp', arrived));
  const values: Insertable<Tables['arrival']> = {
    ...{ id: arrival, recipient: 'psp', way: 'inbox', key: null, name: 'x', sha256: digest },
    ...{ bytes: 1, clear_bytes: null, state: 'quarantined', code: 'x', batch: null, leaf },
    ...{ arrived_at: 0, changed_at: 0, deaths: 0, ...row },
  };
  await store.db.insertInto('arrival').values(values).execute();
}
const settled = (arrival: string): [string, string, object] => [
  ...(['answer-settled', 'recipient:psp'] as const),
  { arrival, recipient: 'psp', code: 'x' },
];

const read: Tables['source'] = {
  ...{ handoff: 'h-0001', number: 1, name: 'x', kind: 'orders', bytes: 1, sha256: digest },
  ...{ spec_sha256: digest, records: 1, encoding: 'utf-8', sender: null, form: 'clear' },
  received: null,
};

describe('kitEntries()', () => {
  it.each<[string, [string, string, object], boolean]>([
    ['a look-up in it and others', lookUp({ incidents: ['other', id] }), true],
    ['a look-up in another', lookUp({ incidents: ['other'] }), false],
    ['a look-up over more than it names', lookUp({ searched: 1_001 }), true],
    ['a removed source of it and others', source(['h-other', 'h-0001']), true],
    ['a removed source of others', source(['h-other']), false],
    ['a settled file that named a batch of it', settled('a-batch'), true],
    ['a settled source that was read for it', settled('a-source'), true],
    ['a settled file that named nothing', settled('a-nothing'), false],
    ['a test of a recipient of it', test('psp'), true],
    ['a test of another recipient', test('other'), false],
  ])('tells whether it has %s', async (_, [act, object, data], isThere) => {
    await bring('a-batch', { batch: 'b-0001', sha256: 'c'.repeat(64) });
    await store.db.insertInto('source').values(read).execute();
    await bring('a-source', { way: 'sources', key: 'SHA256:x', code: null, state: 'arrived' });
    await bring('a-nothing', { sha256: 'b'.repeat(64) });
    const index = await store.log.append(actOf(act, object, data));
    const subjects = { ...(await store.incidents.idsOf(id)), recipients: new Set(['psp']) };
    const { found } = await kitEntries({ log: store.log }, subjects, index + 1);
    expect(found.at(-1)?.index === index).toBe(isThere);
    expect(found.length).toBeGreaterThan(2);
  });
});

describe('entryFiles()', () => {
  it('leaves out the reason of a look-up in other incidents too, and has its entry', async () => {
    const [act, object, data] = lookUp({ incidents: [id] });
    const [, , others] = lookUp({ incidents: ['other', id] });
    await store.log.append({ ...actOf(act, object, data), texts: { reason: 'of it' } });
    const all = { ...actOf(act, object, others), texts: { reason: 'of all' } };
    const index = await store.log.append(all);
    const subjects = { ...(await store.incidents.idsOf(id)), recipients: new Set<string>() };
    const entries = await kitEntries({ log: store.log }, subjects, index + 1);
    const unused = () => Promise.reject(new Error('not asked for'));
    const { files } = await entryFiles(
      {
        ...{ log: store.log, signedCommands: { get: () => Promise.resolve([]) } },
        ...{ folder: { readIncidentDocument: unused }, recoveryPapers: { read: unused } },
      },
      id,
      entries,
      { size: index + 1, note: 'note' },
    );
    const text = (path: string) =>
      new TextDecoder().decode(files.find((file) => file.path === path)!.bytes);
    expect(text('entries/texts.json')).toContain('of it');
    expect(text('entries/texts.json')).not.toContain('of all');
    expect(files.map(({ path }) => path)).toContain(`proofs/${index}.entry`);
  });
});
