import { describe, expect, it } from 'vitest';

import type { DeliveryState } from '../../../src/domain/handoff/delivery-states.ts';
import { deliverScreen } from '../../../src/doors/cli/screens/deliver-screen.ts';
import { batchOf, batchSchema } from '../../../src/doors/cli/outputs/common.ts';
import { fetchMarksOf, marksOf } from '../../../src/doors/cli/screens/batch-marks.ts';
import { batchExplanation, batchRemark } from '../../../src/doors/cli/screens/batch-remarks.ts';
import type { Language } from '../../../src/doors/cli/language.ts';
import type { BatchRow, HandoffReport } from '../../../src/exchange/handoff/handoff-register.ts';
import { batchRow, deliveredOf, ordinary } from './screen-data.ts';

/** The screen of a delivery of batches in these states, with that many cards. */
function draw(
  found: readonly (readonly [DeliveryState, number])[],
  report: Partial<HandoffReport> = {},
  language: Language = 'en',
): string[] {
  const batches = found.map(([state, cards], at) => ({
    ...batchRow(ordinary, state, `00000${at}`),
    cards,
  }));
  const reports = batches.map(({ id, recipient, cards, state }) => ({
    batch: id,
    recipient,
    cards,
    state,
    attempts: 1,
  }));
  const delivered = deliveredOf(ordinary);
  const handoff = { ...delivered.handoff, report: { ...delivered.handoff.report!, ...report } };
  const shown = { delivered: { ...delivered, handoff, reports }, batches };
  return deliverScreen(shown, { language, colour: false });
}

describe('deliverScreen()', () => {
  it('counts what lies in a folder apart from what is with its recipient', () => {
    expect(
      draw([
        ['stored', 2890],
        ['written', 258],
      ]),
    ).toContain(
      '2,890 cards stored with their recipients · 258 cards in a folder, to be handed over',
    );
  });

  it('says of a file in a folder alone that nobody has it yet', () => {
    const lines = draw([['written', 1]]);
    expect(lines).toContain('1 card in a folder, to be handed over');
    expect(lines.join('\n')).not.toContain('recipients');
  });

  it('counts what did not arrive as well', () => {
    expect(
      draw([
        ['stored', 1],
        ['presumed', 5],
        ['failed', 7],
      ]),
    ).toContain(
      '1 card stored with its recipient · 12 cards not sent, or not known to have arrived',
    );
  });
});

describe('deliverScreen() of references', () => {
  it.each([
    ['en', /\bcards?\b/, /references?/],
    ['ja', /カード|[0-9]枚/, /参照番号|2件/],
  ] as const)('counts them as what they are wherever they lie, %s', (language, cards, named) => {
    for (const state of ['stored', 'written', 'offered', 'read', 'taken', 'failed'] as const) {
      const lines = draw([[state, 2]], { subject: 'references' }, language);
      // Once in the row of the batch, once in the sum.
      expect(lines.filter((line) => line.includes('2') && named.test(line)).length, state).toBe(2);
      expect(lines.join('\n'), state).not.toMatch(cards);
    }
  });
});

describe('what was withdrawn after some of it was fetched', () => {
  const reason = 'nobody\u001b[2J waits';
  const cancelled = batchRow(ordinary, 'cancelled');
  const evidence = { sentBytes: Math.ceil(0.45 * cancelled.bytes) } as BatchRow['evidence'];
  const withdrawn = { ...cancelled, evidence, withdrawn: { officer: 'officer-1', reason } };

  it.each([
    ['en', 'withdrawn by officer-1: nobody'],
    ['ja', 'officer-1 が中止を決定: nobody'],
  ] as const)(
    'stays offered and read in part, with the word and its reason, %s',
    (language, word) => {
      const view = { language, colour: false } as const;
      expect(marksOf(withdrawn, 'given').last).toBe('●');
      expect(fetchMarksOf(withdrawn)).toEqual({ read: '◐', taken: '○' });
      expect(batchRemark(withdrawn, true, view, 'UTC')).toContain('45');
      const text = batchExplanation(withdrawn, view).join('\n');
      expect(text).toContain(word);
      expect(text).not.toContain('\u001b');
    },
  );

  it('is not said of what was cancelled with its handoff', () => {
    const view = { language: 'en', colour: false } as const;
    expect(marksOf(cancelled, 'given').last).toBe('×');
    expect(fetchMarksOf(cancelled)).toEqual({ read: '○', taken: '○' });
    expect(batchExplanation(cancelled, view)).toEqual([]);
  });

  it('has its officer and reason in --json', () => {
    expect(batchOf(withdrawn).withdrawn).toEqual({ by: 'officer-1', reason });
    const purged = { ...withdrawn, withdrawn: { officer: 'officer-1', reason: undefined } };
    expect(batchSchema.parse(batchOf(purged)).withdrawn).toEqual({ by: 'officer-1' });
    expect(batchOf(cancelled)).not.toHaveProperty('withdrawn');
  });
});

describe('batchExplanation()', () => {
  it('asks for no certificate of the recipient when our own key ended', () => {
    const view = { language: 'en', colour: false } as const;
    const expired = batchRow(ordinary, 'expired');
    const fault = { code: 'signing-key-no-longer-good', retry: 'never' } as const;
    expect(batchExplanation(expired, view).join('\n')).toContain('recipient update');
    const text = batchExplanation({ ...expired, fault }, view).join('\n');
    expect(text).toContain('Our key');
    expect(text).not.toContain('recipient update');
    expect(batchRemark({ ...expired, fault }, true, view, 'UTC')).toContain('our signing key');
  });
});
