import { describe, expect, it } from 'vitest';

import { asksOfOthers } from '../../../src/domain/audit/about-incident.ts';

describe('asksOfOthers()', () => {
  it.each<[string, Parameters<typeof asksOfOthers>[0], boolean]>([
    ['a look-up in it alone', { act: 'look-up', data: { incidents: ['a'] } }, false],
    ['a look-up in it and others', { act: 'look-up', data: { incidents: ['a', 'b'] } }, true],
    [
      'one over more than it names',
      { act: 'look-up', data: { incidents: [], searched: 1_001 } },
      true,
    ],
    ['another entry', { act: 'incident-close', data: { incident: 'a' } }, false],
  ])('tells of %s', (_, leaf, expected) => {
    expect(asksOfOthers(leaf, 'a')).toBe(expected);
  });
});
