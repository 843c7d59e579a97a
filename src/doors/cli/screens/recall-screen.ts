import type { PlannedRecall } from '../../../domain/handoff/plan.ts';
import type { Review } from '../../../domain/handoff/review.ts';
import type { Recalled } from '../../../exchange/recall/recall-handoff.ts';
import type { RecallStanding } from '../../../exchange/recall/recall-standing.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { recallWords as en } from '../words/en/recall.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { recallWords as ja } from '../words/ja/recall.ts';
import { nextLines } from './next-lines.ts';

const words = { en: { ...commonEn, ...en }, ja: { ...commonJa, ...ja } };

/** After `handoff recall`: which cards of which files, and who has to approve it. */
export function recallScreen(recall: Recalled, isRequested: boolean, view: View): string[] {
  const say = words[view.language];
  const { handoff, incident, mode, basis, files, made } = recall;
  const steps = [
    { command: say.review(handoff), label: say.reviewLabel },
    ...(isRequested ? [] : [{ command: say.request(handoff), label: say.requestLabel }]),
    { command: say.approve(handoff), label: say.approveLabel },
  ];
  // Of one that is not made nobody will find the id.
  const title =
    made === undefined
      ? say.tried(incident.id, say.mode[mode])
      : say.made(handoff, incident.id, say.mode[mode]);
  return [
    ...hang('', title),
    ...hang('', say.basis[basis]),
    '',
    ...files.flatMap(({ chosen: { batch, cards } }, at) => {
      const head = [...(made === undefined ? [] : [made.sealed[at]!.batch]), batch.recipient];
      return hang(`${head.join('  ')}  `, say.file(cards, batch.cards, batch.id));
    }),
    '',
    ...hang('', say.noNumber),
    ...(made === undefined
      ? hang('', say.dryRun)
      : [...hang('', say.waits), ...nextLines(steps, view)]),
  ];
}

/** What the approver of a recall decides on: whose cards of which file will be watched no more, and why. */
export function recalledLines(
  { basis, files }: PlannedRecall,
  { batches, reason }: Pick<Review, 'batches' | 'reason'>,
  view: View,
): string[] {
  const say = words[view.language];
  return [
    ...hang('', say.basis[basis]),
    ...reasonLines(reason, view),
    ...files.flatMap(({ batch, recalled, of, cards }) => {
      const { recipient = '' } = batches.find((each) => each.batch === batch) ?? {};
      const which = say.file(cards, of, recalled);
      return [...hang(`${batch}  `, which), ...hang('  ', say.setAside(recipient))];
    }),
    ...hang('', say.noNumber),
  ];
}

/** Why its requester recalls cards; nothing once that was purged. */
export function reasonLines(reason: string | undefined, view: View): string[] {
  return reason === undefined ? [] : hang('', words[view.language].reason(showForeign(reason)));
}

/** Where recalls stand; lines of `handoff show` and `incident show`. */
export function recallStandingLines(standings: readonly RecallStanding[], view: View): string[] {
  const say = words[view.language];
  return standings.flatMap(
    ({ recalled, recipient, cards, batch, handoff, state, accepted, returned }) => {
      const parts = [
        say.line(cards, recalled, recipient),
        say.by(batch, handoff, say.batchState[state]),
        ...(accepted > 0 ? [say.accepted(accepted)] : []),
        ...(returned > 0 ? [say.returned(returned)] : []),
      ];
      return hang(`${say.label}: `, parts.join(' · '));
    },
  );
}
