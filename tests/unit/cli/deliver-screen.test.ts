import { describe, expect, it } from 'vitest';

import type { DeliveryState } from '../../../src/domain/handoff/delivery-states.ts';
import { deliverScreen } from '../../../src/doors/cli/screens/deliver-screen.ts';
import { batchExplanation, batchRemark } from '../../../src/doors/cli/screens/batch-remarks.ts';
import type { Language } from '../../../src/doors/cli/language.ts';
import type { HandoffReport } from '../../../src/exchange/handoff/handoff-register.ts';
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
