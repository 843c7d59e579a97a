import type { LogBreach } from '../../../domain/audit/log-verdict.ts';
import type { LogRecovery } from '../../../domain/audit/log-recovery.ts';
import type { ApprovedRecovery } from '../../../exchange/audit/approve-recovery.ts';
import type { RequestedRecovery } from '../../../exchange/audit/recover-log.ts';
import { figure } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { fact } from '../words/fault-words.ts';
import { recoveryWords as en } from '../words/en/recovery.ts';
import { recoveryWords as ja } from '../words/ja/recovery.ts';
import { labelledLines } from './labelled-lines.ts';
import type { LabelledRow } from './labelled-lines.ts';
import { nextLines } from './next-lines.ts';

const words = { en, ja };

/** As much of a digest as names a request; twelve digits cannot be taken for a card number. */
function nameOf(digest: string): string {
  return digest.slice(0, 12);
}

/** A request, or the statement that waits to be signed elsewhere. */
export function recoveryRequestScreen(
  { made, by }: { readonly made: RequestedRecovery; readonly by: string },
  view: View,
): string[] {
  const say = words[view.language];
  const isSigned = made.state === 'requested';
  const steps = isSigned
    ? [{ command: say.approve(nameOf(made.digest)), label: say.approveLabel }]
    : [say.signIt, { command: say.requestSigned(by) }];
  return [
    ...hang('', isSigned ? say.requested(by) : say.waits(showForeign(made.path))),
    '',
    ...labelledLines(
      [
        [say.lost, lostOf(made.ground, view)],
        [say.newKey, showForeign(made.vkey)],
        [say.statement, showForeign(made.path)],
      ],
      view,
    ),
    '',
    ...hang('', say.meansForAll),
    '',
    ...nextLines(steps, view),
  ];
}

/** What the approver signs, or the log that goes on. */
export function recoveryApprovalScreen(
  { made, by }: { readonly made: ApprovedRecovery; readonly by: string },
  view: View,
): string[] {
  const say = words[view.language];
  const { statement, ground } = made;
  const rows: readonly LabelledRow[] = [
    [say.lost, lostOf(ground, view)],
    [say.requester, showForeign(statement.requester)],
    [say.reason, showForeign(statement.reason)],
    [say.newKey, showForeign(statement.vkey)],
  ];
  if (made.state === 'statement') {
    const signed = { command: say.approveSigned(nameOf(made.digest), by) };
    return [
      ...hang('', say.waits(showForeign(made.path))),
      '',
      ...labelledLines(rows, view),
      '',
      ...hang('', say.meansForAll),
      '',
      ...nextLines([say.signIt, signed], view),
    ];
  }
  const { doubted, undecided } = made;
  return [
    ...hang('', say.recovered(showForeign(statement.vkey.split('+')[0]!))),
    '',
    ...labelledLines(rows, view),
    '',
    ...(doubted.length === 0 ? [] : hang('', say.doubted(doubted.length))),
    ...(undecided === 0 ? [] : hang('', say.undecided(undecided))),
    ...hang('', say.old),
    '',
    ...nextLines(
      [
        { command: 'mimamori backup FILE --as ID', label: say.backup },
        { command: 'mimamori status', label: say.status },
        ...(doubted.length === 0 ? [] : [{ command: say.resolve }]),
        { command: 'mimamori key export --log', label: say.exportKey },
      ],
      view,
    ),
  ];
}

/** For whoever checks the log: that it was recovered, what is lost, by whom and why. */
export function recoveredLines(recoveries: readonly LogRecovery[], view: View): string[] {
  const say = words[view.language];
  return recoveries.flatMap((one) => [
    '',
    ...hang('', say.wasRecovered(figure(one.index))),
    ...labelledLines(
      [
        [say.lost, lostOf({ common: one, anchored: { size: one.anchored } }, view)],
        [say.newLog, say.begins(figure(one.index), showForeign(one.vkey.split('+')[0]!))],
        [say.requester, showForeign(one.requester)],
        [say.approver, showForeign(one.officer)],
        [say.reason, one.reason === undefined ? undefined : showForeign(one.reason)],
        [say.oldKey, showForeign(one.replaced)],
        [say.newKey, showForeign(one.vkey)],
        [say.statement, one.statement],
      ],
      view,
      2,
    ),
  ]);
}

/** What a finding about a recovery means; undefined for any other. */
export function recoveryBreachLines(breach: LogBreach, view: View): string[] | undefined {
  const say = words[view.language];
  if (breach.kind === 'recovery-unconfirmed') {
    return [...hang('', say.unconfirmed), ...nextLines([say.unconfirmedNext], view)];
  }
  if (breach.kind !== 'entries-lost') return undefined;
  const entry = fact(breach.detail, 'recovered', '?');
  const means = say.lostMeans(entry, figure(breach.index ?? 0));
  return [...hang('', means), ...nextLines([say.lostNext], view)];
}

function lostOf(
  { common, anchored }: { common: { size: number }; anchored: { size: number } },
  view: View,
): string {
  return words[view.language].lostEntries(figure(common.size), figure(anchored.size - 1));
}
