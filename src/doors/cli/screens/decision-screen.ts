import type { Decided } from '../../../exchange/handoff/decide-handoff.ts';
import type { BatchRow, HandoffRow } from '../../../exchange/handoff/handoff-register.ts';
import { shortDigest, sizeIn } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { alignFigures, hang } from '../layout.ts';
import { table } from '../table.ts';
import { zoneOf } from '../view.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { decisionWords as en } from '../words/en/decision.ts';
import type { DecisionWords } from '../words/en/decision.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { decisionWords as ja } from '../words/ja/decision.ts';
import { emergencyLines } from './emergency-lines.ts';
import { nextLines } from './next-lines.ts';
import { subjectWords } from './subject-words.ts';

const words = { en: { ...commonEn, ...en }, ja: { ...commonJa, ...ja } };

export interface DecidedView {
  readonly row: HandoffRow;
  readonly batches: readonly BatchRow[];
  readonly decided: Decided;
  /** Id of the officer who decided. */
  readonly by: string;
  /** What was asked for; of importance while only a statement was written. Default: approve. */
  readonly decision?: 'approve' | 'decline';
}

/** The requester has signed: from here on somebody else can approve. */
export function requestScreen(row: HandoffRow, view: View): string[] {
  const say = words[view.language];
  return [
    ...hang('', say.requested(row.id, shortDigest(row.planSha256 ?? ''))),
    ...hang('', say.requestedMeans),
    '',
    ...nextLines(
      [
        { command: say.review(row.id) },
        { command: say.approveNext(row.id), label: say.notRequester },
      ],
      view,
    ),
  ];
}

/** An approval or decline, one of several approvals, or a statement that waits to be signed elsewhere. */
export function decisionScreen(data: DecidedView, view: View): string[] {
  const { row, decided, by } = data;
  const say = words[view.language];
  if (decided.state === 'statement') return statementLines(data, decided, view);
  const counted = say.counted(decided.approvals, decided.required);
  if (decided.state === 'waiting') {
    return [
      ...hang('', say.sentences([say.waiting(row.id, by), counted])),
      ...emergencyLines(row.emergency, view, zoneOf(view)),
      '',
      ...nextLines([{ command: say.approveNext(row.id), label: say.anotherApprover }], view),
    ];
  }
  if (decided.state === 'decline') {
    return [
      ...hang('', say.decline(row.id, by)),
      ...hang('', declineMeans(row, say)),
      ...emergencyLines(row.emergency, view, zoneOf(view)),
      '',
      ...nextLines([{ command: anew(row, data.batches, say) }], view),
    ];
  }
  return [
    ...hang('', say.sentences([say.approve(row.id, by), counted])),
    ...emergencyLines(row.emergency, view, zoneOf(view)),
    '',
    ...batchLines(data.batches, view),
    '',
    ...nextLines([{ command: afterApproval(data, view) }], view),
  ];
}

/** The second signature of an emergency comes when everything may have been sent already. */
function afterApproval({ row, batches }: DecidedView, view: View): string {
  const say = words[view.language];
  const isSent = row.emergency !== undefined && batches.every(({ state }) => state !== 'approved');
  return isSent ? say.show(row.id) : say.deliver(row.id);
}

/** A handoff that was withdrawn, and where its files stand by that. */
export function cancelScreen(row: HandoffRow, batches: readonly BatchRow[], view: View): string[] {
  const say = words[view.language];
  const isRecall = row.report?.isRecall === true;
  const isWhole = batches.every(({ state }) => state === 'cancelled' || state === 'expired');
  const means = isRecall ? say.cancelledRecallMeans : say.cancelledMeans;
  return [
    ...hang('', isWhole ? say.cancelled(row.id) : say.restCancelled(row.id)),
    ...hang('', isWhole ? means : say.restCancelledMeans),
    '',
    ...(batches.length === 0 ? [] : [...batchLines(batches, view), '']),
    ...nextLines([{ command: anew(row, batches, say) }], view),
  ];
}

function declineMeans({ emergency, report }: HandoffRow, say: DecisionWords): string {
  if (emergency !== undefined) return say.declineSentMeans;
  return report?.isRecall === true ? say.declineRecallMeans : say.declineMeans;
}

/** What makes a handoff of this kind again: a prepare would make a list where cards were to be recalled. */
function anew(row: HandoffRow, batches: readonly BatchRow[], say: DecisionWords): string {
  if (row.report?.isRecall !== true) return say.prepare(row.incident);
  const recalls = batches.flatMap((batch) => batch.recalls ?? []);
  const named = recalls.map(({ batch }) => ` --batch ${batch}`).join('');
  const options = { amendment: '', batches: `${named} --whole`, records: ' --records FILE' };
  return say.recall(row.incident, options[recalls[0]?.basis ?? 'amendment']);
}

function batchLines(batches: readonly BatchRow[], view: View): string[] {
  const say = words[view.language];
  const counts = alignFigures(
    batches.map(({ cards, subject }) =>
      ({ ...say, ...subjectWords(view, subject) }).cardCount(cards),
    ),
  );
  const sizes = alignFigures(batches.map(({ bytes }) => sizeIn(bytes, view.language)));
  const rows = batches.map(({ id, recipient, state }, at) => [
    id,
    recipient,
    counts[at]!,
    sizes[at]!,
    say.batchState[state],
  ]);
  return table([{}, { min: 12 }, { align: 'right' }, { align: 'right' }, {}], rows, view, 2);
}

function statementLines(
  { row, by, decision = 'approve' }: DecidedView,
  decided: Extract<Decided, { state: 'statement' }>,
  view: View,
): string[] {
  const say = words[view.language];
  const path = showForeign(decided.path);
  const signaturePath = showForeign(decided.signaturePath);
  return [
    ...hang('', say.statement(row.id)),
    '',
    ...table(
      [{}, { overflow: 'wrap' }],
      [
        [say.statementPath, path],
        [say.signaturePath, signaturePath],
      ],
      view,
      2,
    ),
    '',
    ...nextLines(
      [
        { command: say.sign(path), label: say.signLabel },
        { command: say.handIn(decision, row.id, by, signaturePath) },
      ],
      view,
    ),
  ];
}
