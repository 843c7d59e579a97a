import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { waiverStates } from '../../../src/domain/readiness/statements.ts';
import type { WaiverState } from '../../../src/domain/readiness/statements.ts';
import { mayFollow, waiverSteps } from '../../../src/domain/waivers/waiver-steps.ts';

const states = fc.constantFrom(...waiverStates);
const open = waiverStates.filter((state) => state !== 'closed');

describe('mayFollow()', () => {
  it('lets a card company answer from every state but the last', () => {
    for (const to of ['granted', 'granted-with-terms', 'declined'] as const) {
      expect(waiverStates.filter((from) => mayFollow(from, to))).toEqual(open);
    }
  });

  it('lets nothing follow a closed waiver, and closes only what was answered or given up', () => {
    expect(waiverStates.filter((to) => mayFollow('closed', to))).toEqual([]);
    expect(waiverStates.filter((from) => mayFollow(from, 'closed'))).toEqual([
      ...['granted', 'granted-with-terms', 'declined', 'no-answer'],
    ]);
  });

  it('disputes only an answer, and forgets only what was not answered', () => {
    const answered: readonly WaiverState[] = ['granted', 'granted-with-terms', 'declined'];
    fc.assert(
      fc.property(states, (from) => {
        expect(mayFollow(from, 'disputed')).toBe(from === 'disputed' || answered.includes(from));
        expect(mayFollow(from, 'not-requested') && answered.includes(from)).toBe(false);
      }),
    );
  });

  it('reaches every state from the first, on legal ways alone, and never leaves the last', () => {
    fc.assert(
      fc.property(fc.array(states, { maxLength: 12 }), (wishes) => {
        let at: WaiverState = 'not-requested';
        const way: WaiverState[] = [at];
        for (const to of wishes) {
          if (!mayFollow(at, to)) continue;
          at = to;
          way.push(at);
        }
        expect(way.slice(0, -1)).not.toContain('closed');
      }),
    );
    const reached = new Set<WaiverState>(['not-requested']);
    for (let round = 0; round < waiverStates.length; round += 1) {
      for (const from of [...reached]) {
        for (const to of waiverStates) if (mayFollow(from, to)) reached.add(to);
      }
    }
    expect(reached).toEqual(new Set(waiverStates));
  });

  it('is as docs/states.md says', () => {
    const page = readFileSync('docs/states.md', 'utf8');
    const section = page.split(/<!-- (?:end of )?waiver transitions -->/)[1] ?? '';
    const rows = section
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
    expect(rows.map(([, ...cells]) => cells.slice(0, 4))).toEqual(
      Object.entries(waiverSteps).map(([event, { from, to, evidence }]) => [
        ...[event, from.join(', '), to, evidence],
      ]),
    );
  });
});
