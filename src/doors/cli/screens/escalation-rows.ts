import type { Escalation } from '../../../exchange/serve/escalations.ts';
import type { View } from '../view.ts';
import { serveWords as en } from '../words/en/serve.ts';
import { serveWords as ja } from '../words/ja/serve.ts';
import { momentText } from './clock-texts.ts';
import type { LabelledRow } from './labelled-lines.ts';

const words = { en, ja };

/** What is late or about to end about batches, with what to do. */
export function escalationRows(
  escalations: readonly Escalation[],
  timeZone: string,
  view: View,
): LabelledRow[] {
  const say = words[view.language];
  return escalations.flatMap(({ kind, dueAt, handoff = '', batch = '', recipient = '' }) => {
    const at = momentText(dueAt, timeZone, view);
    switch (kind) {
      case 'plan-ending':
        return [[say.endsLabel, say.planEnding(handoff, at)]];
      case 'plan-ended':
        return [[say.endsLabel, say.planEnded(handoff, at)]];
      case 'offer-ending':
        return [[say.offersLabel, say.offerEnding(batch, recipient, at)]];
      case 'pickup-overdue':
        return [[say.overdueLabel, say.pickupOverdue(batch, recipient, at, handoff)]];
      case 'answer-overdue':
        return [[say.overdueLabel, say.answerOverdue(batch, recipient, at)]];
      case 'retention-ending':
      case 'clock-overdue':
      case 'partly-read':
      case 'delivery-unknown':
      case 'delivery-conflict':
      case 'arrival-aside':
      case 'number-gap':
        // These have rows of their own.
        return [];
    }
  });
}
