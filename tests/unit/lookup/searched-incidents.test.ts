import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { composeLeaf } from '../../../src/domain/audit/leaf.ts';
import { searchedIncidents } from '../../../src/domain/lookup/searched-incidents.ts';

const named = (count: number, length: number): string[] =>
  Array.from({ length: count }, (_, at) => `i${at}`.padEnd(length, '-'));
const bytesOf = (ids: readonly string[]): number => {
  const head = { actor: 'desk-1', act: 'look-up', result: 'done', origin: 'cli:h:1' } as const;
  const data = { by: 'card-number', ...searchedIncidents(ids), found: 0 };
  const draft = { ...head, object: 'desk:card-number', data };
  return composeLeaf(draft, new Uint8Array(16), new Date(0)).length;
};

describe('searchedIncidents()', () => {
  it('names them while an entry of the log has room', () => {
    for (const ids of [[], ['b', 'a'], named(1000, 32), named(250, 128)]) {
      expect(searchedIncidents(ids)).toEqual({ incidents: ids });
      expect(bytesOf(ids)).toBeLessThan(40_000);
    }
  });

  it.each([
    [1001, 8],
    [251, 128],
    [100_000, 64],
  ])('counts %i of %i characters and binds them in any order', (count, length) => {
    const ids = named(count, length);
    const digest = createHash('sha256');
    for (const id of ids.toSorted()) digest.update(`${id}\n`);
    const said = { incidents: [], searched: count, searchedSha256: digest.digest('hex') };
    expect(searchedIncidents(ids)).toEqual(said);
    expect(searchedIncidents(ids.toReversed())).toEqual(said);
    expect(bytesOf(ids)).toBeLessThan(1_000);
  });
});
