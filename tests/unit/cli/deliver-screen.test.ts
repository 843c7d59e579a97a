import { describe, expect, it } from 'vitest';

import type { DeliveryState } from '../../../src/domain/handoff/delivery-states.ts';
import { deliverScreen } from '../../../src/doors/cli/screens/deliver-screen.ts';
import { batchExplanation, batchRemark } from '../../../src/doors/cli/screens/batch-remarks.ts';
import { batchRow, deliveredOf, ordinary } from './screen-data.ts';

/** The screen of a delivery of batches in these states, with that many cards. */
function draw(found: readonly (readonly [DeliveryState, number])[]): string[] {
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
  const delivered = { ...deliveredOf(ordinary), reports };
  return deliverScreen({ delivered, batches }, { language: 'en', colour: false });
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
