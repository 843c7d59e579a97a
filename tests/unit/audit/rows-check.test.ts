import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { columnsOf } from '../../../src/domain/audit/act-row.ts';
import type { ActRow, ActRowValue, ActTable, RowOfAct } from '../../../src/domain/audit/act-row.ts';
import type { Act } from '../../../src/domain/audit/events.ts';
import { fieldsOf } from '../../../src/domain/audit/events.ts';
import { commitText, composeLeaf, parseLeaf } from '../../../src/domain/audit/leaf.ts';
import type { Leaf, LeafDraft, Result } from '../../../src/domain/audit/leaf.ts';
import type { LogBreach } from '../../../src/domain/audit/log-verdict.ts';
import { RowsCheck } from '../../../src/domain/audit/rows-check.ts';
import { rowsOfActs } from '../../../src/domain/audit/rows-of-acts.ts';

const salt = new Uint8Array(16).fill(7);
const at = new Date('2026-11-22T10:00:00.000Z');
const content = 'what was signed';
const digest = createHash('sha256').update(content).digest('hex');

/** What an entry says in a field of each kind, and what a row has in its column then. */
const samples: Readonly<Record<string, readonly [unknown, ActRowValue]>> = {
  id: ['some-id', 'some-id'],
  ids: [['some-id'], null],
  code: ['some-code', 'some-code'],
  codes: [['some-code'], null],
  count: [3, 3],
  counts: [{ accepted: 3 }, null],
  flag: [true, 1],
  digest: [digest, digest],
  digests: [[digest], null],
  commitment: [commitText(salt, 'Some Card'), 'Some Card'],
  fingerprint: ['A'.repeat(40), 'A'.repeat(40)],
  pin: [`SHA256:${'a'.repeat(43)}`, `SHA256:${'a'.repeat(43)}`],
  pins: [[], null],
  vkey: ['log+01234567+AAAA', 'log+01234567+AAAA'],
  instant: ['2026-11-20T00:00:00.000Z', Date.parse('2026-11-20T00:00:00Z')],
};

/** What the columns hold that follow in their own way from an entry made of the samples. */
const agreeing: Readonly<Record<string, ActRowValue>> = {
  party_kind: 'issuer',
  party: 'Some Card',
  standing: '{"accepted":3,"monitoring":3,"returned":3}',
  way: 'sources',
  rung: 'stored',
  batch: 'some-id',
  command: 'some code',
  subject: 'some-id some-id some-id some-code some-id',
  fingerprint: 'A'.repeat(40),
  purpose: 'log',
  key: 'A'.repeat(40),
  leaf: null,
};

/** Where a sample would not do for the act itself. */
const own: Readonly<Record<string, object>> = {
  'delivery-resolve': { outcome: 'withdrawn' },
  'command-sign': { command: 'some-code' },
};

function leafOf(act: Act, result: Result = 'done'): Leaf {
  const fields = [...fieldsOf(act)];
  const data = Object.fromEntries(fields.map(([name, { kind }]) => [name, samples[kind]![0]]));
  const head = { actor: 'officer-1', act, result, origin: 'cli:test', object: 'batch:b-1' };
  const draft = { ...head, data: { ...data, ...own[act] } } as unknown as LeafDraft;
  return parseLeaf(composeLeaf(draft, salt, at));
}

function rowOf(act: Act, spec: RowOfAct): Record<string, ActRowValue> {
  const { repeats = {}, digests = {}, agrees = {} } = spec;
  const kinds = fieldsOf(act);
  return {
    ...Object.fromEntries(
      Object.entries(repeats).map(([column, field]) => [
        column,
        samples[kinds.get(field)!.kind]![1],
      ]),
    ),
    ...Object.fromEntries(Object.keys(digests).map((column) => [column, content])),
    ...Object.fromEntries(Object.keys(agrees).map((column) => [column, agreeing[column]!])),
    ...(act === 'log-key-rotate' ? { fingerprint: 'log+01234567+AAAA' } : {}),
    ...(spec.actor === undefined ? {} : { [spec.actor]: 'officer-1' }),
    ...(spec.origin === undefined ? {} : { [spec.origin]: 'cli:test' }),
    ...(spec.at === undefined ? {} : { [spec.at]: at.getTime() + 1_000 }),
  };
}

async function found(
  of: ActTable,
  leaf: Leaf,
  rows: readonly ActRow[],
): Promise<LogBreach | undefined> {
  const check = await RowsCheck.open([{ of, rows }]);
  await check.check(leaf, 0);
  check.checkRest();
  return check.found;
}

function altered(value: ActRowValue): ActRowValue {
  if (typeof value === 'number') return value + 86_400_000;
  return value === null ? 'x' : `${String(value)}x`;
}

const each = rowsOfActs.flatMap((of) =>
  Object.entries(of.acts).map(([act, spec]) => ({
    ...{ name: `${of.table}.${of.leaf} of ${act}`, of, act: act as Act, spec },
  })),
);

describe('RowsCheck', () => {
  it.each(each)('holds $name against its entry', async ({ of, act, spec }) => {
    const leaf = leafOf(act);
    const values = rowOf(act, spec);
    expect(await found(of, leaf, [{ leaf: 0, values }])).toBeUndefined();
    const compared = Object.keys(values).filter((column) => column !== 'leaf');
    for (const column of compared) {
      const rows = [{ leaf: 0, values: { ...values, [column]: altered(values[column]!) } }];
      expect(await found(of, leaf, rows)).toMatchObject({
        ...{ holds: false, kind: 'row-altered', index: 0 },
        detail: { path: `${of.table}.${column}` },
      });
    }
    expect(compared.every((column) => columnsOf(of).includes(column))).toBe(true);
  });

  it.each(each.filter(({ spec }) => spec.isOwed !== undefined))(
    'misses $name where it is gone, and only of what was done',
    async ({ of, act }) => {
      expect(await found(of, leafOf(act), [])).toMatchObject({
        ...{ kind: 'row-missing', index: 0, detail: { path: of.table } },
      });
      expect(await found(of, leafOf(act, 'refused'), [])).toBeUndefined();
    },
  );

  it('names a row of an entry of another act, of one before all and of one after all', async () => {
    const of = rowsOfActs.find(({ table }) => table === 'batch_withdrawn')!;
    const values = { batch: 'some-id', officer: 'officer-1' };
    const unbound = { kind: 'row-unbound', detail: { path: 'batch_withdrawn.leaf' } };
    expect(await found(of, leafOf('handoff-cancel'), [{ leaf: 0, values }])).toMatchObject(unbound);
    for (const leaf of [-1, 1]) {
      expect(await found(of, leafOf('handoff-cancel'), [{ leaf, values }])).toMatchObject(unbound);
    }
  });

  it('takes a withdrawal for none where the entry tells of another outcome', async () => {
    const of = rowsOfActs.find(({ table }) => table === 'batch_withdrawn')!;
    const resolve = leafOf('delivery-resolve');
    const other: Leaf = { ...resolve, data: { ...resolve.data, outcome: 'stored' } };
    const values = { batch: 'some-id', officer: 'officer-1' };
    expect(await found(of, other, [{ leaf: 0, values }])).toMatchObject({ kind: 'row-altered' });
    expect(await found(of, other, [])).toBeUndefined();
  });
});
