import { describe, expect, it } from 'vitest';

import { LINE_COLUMNS, widthOf } from '../../../src/doors/cli/layout.ts';
import { handoffListScreen } from '../../../src/doors/cli/screens/handoff-list-screen.ts';
import { listingWords as en } from '../../../src/doors/cli/words/en/listings.ts';
import { listingWords as ja } from '../../../src/doors/cli/words/ja/listings.ts';
import { batchesOf, emergencyOf, handoffRow, ordinary, worst } from './screen-data.ts';

const words = { en, ja };

describe('handoffListScreen()', () => {
  it.each(['en', 'ja'] as const)(
    'shows every state of a handoff and its files whole: %s',
    (language) => {
      const view = { language, colour: false } as const;
      const say = words[language].handoffStateShort;
      for (const size of [ordinary, worst]) {
        const undecided = handoffRow(size, 'undecided');
        const rows = {
          undecided,
          unsigned: { ...undecided, planSignature: undefined },
          'one-person': { ...undecided, emergency: emergencyOf(size, true) },
          approve: handoffRow(size),
          preparing: handoffRow(size, 'preparing'),
        };
        for (const [state, row] of Object.entries(rows)) {
          const lines = handoffListScreen([{ row, batches: batchesOf(size) }], view);
          expect(lines.join('\n')).toContain(say[state as keyof typeof rows]);
          expect(lines.filter((line) => widthOf(line) > LINE_COLUMNS)).toEqual([]);
          // Of the longest row only the name of the incident is cut.
          expect(lines.join('\n').split('…').length - 1).toBe(size === worst ? 1 : 0);
        }
      }
      expect(Math.max(...Object.values(say).map(widthOf))).toBeLessThanOrEqual(12);
    },
  );
});
