import { describe, expect, it } from 'vitest';

import { clockRules } from '../../src/domain/incident/compute-clocks.ts';
import { holidayYears, HOLIDAYS_EDITION } from '../../src/domain/incident/japanese-holidays.ts';
import { startEvents } from '../../src/domain/incident/start-events.ts';
import { clockWords } from '../../src/doors/cli/words/ja/clocks.ts';
import { codeRowsOf, page } from '../support/markdown.ts';

const clocks = page('docs/operating/clocks.md');

describe('docs/operating/clocks.md', () => {
  it('lists every edition of every rule, in their order, with its confidence', () => {
    const ids = new Set<string>(clockRules.map(({ clock }) => clock));
    const listed = codeRowsOf(clocks)
      .filter(([id, ...cells]) => ids.has(id!) && cells.length > 4)
      .map(([id, , , edition, , confidence]) => [id, edition, confidence]);

    expect(listed).toEqual(
      clockRules.map(({ clock, edition, confidence }) => [clock, edition, confidence]),
    );
  });

  it('names every source', () => {
    const missing = clockRules.filter(({ source }) => !clocks.text.includes(source));

    expect(missing.map(({ clock }) => clock)).toEqual([]);
  });

  it('explains every start event and every state, in the Japanese of the screens', () => {
    const rows = new Map(codeRowsOf(clocks).map(([word, ja]) => [word!, ja]));

    expect(startEvents.filter((event) => !rows.has(event))).toEqual([]);
    const states = Object.keys(clockWords.states);
    expect(states.map((state) => [state, rows.get(state)])).toEqual(
      Object.entries(clockWords.states),
    );
  });

  it('tells how far the table of holidays reaches', () => {
    const { first, last } = holidayYears;

    expect(clocks.text.replaceAll(/\s+/g, ' ')).toContain(
      `dated ${HOLIDAYS_EDITION}, from ${String(first)} to ${String(last)}`,
    );
  });
});
