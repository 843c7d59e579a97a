import { finalName } from '../../../exchange/delivery/final-name.ts';
import type { Delivered } from '../../../exchange/delivery/deliver-handoff.ts';
import { isInBox, isToBeFetched } from '../../../exchange/pickup/offer-batch.ts';
import type { BatchRow } from '../../../exchange/handoff/handoff-register.ts';
import { figure } from '../figures.ts';
import { faultPhrase } from '../fault-screen.ts';
import { paint } from '../colour.ts';
import { alignFigures, hang } from '../layout.ts';
import { table } from '../table.ts';
import type { Cell } from '../table.ts';
import { zoneOf } from '../view.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { deliverWords as deliverEn } from '../words/en/deliver.ts';
import { handoffWords as handoffEn } from '../words/en/handoff.ts';
import { summaryWords as summaryEn } from '../words/en/summary.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { deliverWords as deliverJa } from '../words/ja/deliver.ts';
import { handoffWords as handoffJa } from '../words/ja/handoff.ts';
import { summaryWords as summaryJa } from '../words/ja/summary.ts';
import { batchExplanation, batchRemark, storedEvidence } from './batch-remarks.ts';
import { isPersonsWord, marksOf } from './batch-marks.ts';
import { emergencyLines, emergencySteps } from './emergency-lines.ts';
import { remoteNameLines } from './remote-names.ts';
import { nextLines } from './next-lines.ts';
import { noteLines } from './note-lines.ts';
import { subjectWords } from './subject-words.ts';

const words = {
  en: { ...commonEn, ...summaryEn, ...handoffEn, ...deliverEn },
  ja: { ...commonJa, ...summaryJa, ...handoffJa, ...deliverJa },
};

export interface DeliveredView {
  readonly delivered: Delivered;
  /** All batches of the handoff as they stand now. */
  readonly batches: readonly BatchRow[];
  /** Whether `serve` runs; absent where nothing waits to be fetched. */
  readonly isServed?: boolean;
}

type Report = Delivered['reports'][number];

/** What a delivery came to, batch by batch, what to do about those that are not there, and the signed checkpoint. */
export function deliverScreen(shown: DeliveredView, view: View): string[] {
  const { delivered, batches, isServed } = shown;
  const { handoff, reports, checkpoint } = delivered;
  const isRecall = handoff.report?.isRecall === true;
  const subject = isRecall ? 'recall' : handoff.report?.subject;
  const say = { ...words[view.language], ...subjectWords(view, subject) };
  const counts = alignFigures(reports.map(({ cards }) => say.cardCount(cards)));
  const rows = reports.map((report, at) =>
    reportRow(report, batchOf(batches, report), counts[at]!, view),
  );
  const explained = reports.flatMap((report) => {
    const batch = batchOf(batches, report);
    return batch === undefined ? [] : batchExplanation(batch, view);
  });
  const named = remoteNameLines(
    reports.flatMap((report) => batchOf(batches, report) ?? []),
    view,
  );
  const kind = isRecall ? [say.list.recall] : [];
  const title = [say.title(handoff.id), handoff.incident, ...kind, say.mode[handoff.mode]];
  return [
    ...hang('', title.join(' · ')),
    ...emergencyLines(handoff.emergency, view, zoneOf(view)),
    '',
    ...table([{}, {}, { min: 12 }, { align: 'right' }, {}, { overflow: 'wrap' }], rows, view),
    '',
    ...hang('', whereabouts(reports, subject, view)),
    ...(isServed === false ? hang('', paint(say.notServed, 'warn', view)) : []),
    ...(explained.length === 0 ? [] : ['', ...explained]),
    ...(named.length === 0 ? [] : ['', ...named]),
    '',
    ...hang('', say.checkpoint(checkpoint.size)),
    ...noteLines(checkpoint.note),
    '',
    ...nextLines(
      [
        ...testsFirst(reports, view),
        ...algorithmsFirst(reports, view),
        ...emergencySteps(handoff.emergency, view),
        ...(isServed === false ? [{ command: 'mimamori serve', label: say.serveLabel }] : []),
        { command: say.show(handoff.id) },
        { command: say.summary(handoff.id), label: say.summaryLabel },
      ],
      view,
    ),
  ];
}

/** For each recipient that was refused because nobody tested it. */
function testsFirst(reports: readonly Report[], view: View): { command: string; label: string }[] {
  const say = words[view.language];
  const untested = reports.filter(({ fault }) => fault?.code === 'recipient-untested');
  return [...new Set(untested.map(({ recipient }) => recipient))].map((recipient) => ({
    command: say.testRecipient(recipient),
    label: say.testLabel,
  }));
}

/** For each recipient whose server is too old: the exact line that would let it be spoken to. */
function algorithmsFirst(
  reports: readonly Report[],
  view: View,
): { command: string; label: string }[] {
  const say = words[view.language];
  return reports.flatMap(({ recipient, fault }) => {
    const allow = fault?.code === 'algorithms-refused' ? fault.facts['allow'] : undefined;
    if (!Array.isArray(allow) || allow.length === 0) return [];
    return [{ command: say.allow(recipient, allow.map(String)), label: say.allowLabel }];
  });
}

/** What became of one batch after `retry` or `resolve`. */
export function settledScreen(batch: BatchRow, view: View): string[] {
  const say = words[view.language];
  const isRetry = batch.state === 'approved';
  const steps = isRetry
    ? [{ command: say.deliver(batch.handoff), label: say.deliverLabel }]
    : [{ command: say.show(batch.handoff) }];
  const explained = batchExplanation(batch, view);
  return [
    ...hang('', say.settled(batch.id, say.batchState[batch.state])),
    ...hang('', isRetry ? say.retryNote : say.settledNote),
    '',
    ...(explained.length === 0 ? [] : [...explained, '']),
    ...nextLines(steps, view),
  ];
}

/** What lies in a folder is with nobody yet: it is counted apart from what a recipient's server has. */
function whereabouts(
  reports: readonly Report[],
  subject: 'references' | 'recall' | undefined,
  view: View,
): string {
  const say = { ...words[view.language], ...subjectWords(view, subject) };
  const sum = (list: readonly Report[]): number =>
    list.reduce((cards, report) => cards + report.cards, 0);
  const stored = sum(reports.filter(({ state }) => state === 'stored'));
  const written = sum(reports.filter(({ state }) => state === 'written'));
  const offered = sum(reports.filter(({ state }) => isToBeFetched(state)));
  const fetched = sum(reports.filter(({ state }) => state === 'read' || state === 'taken'));
  const open = sum(reports) - stored - written - offered - fetched;
  return [
    ...(stored > 0 ? [say.storedSum(stored)] : []),
    ...(written > 0 ? [say.writtenSum(written)] : []),
    ...(offered > 0 ? [say.offeredSum(offered)] : []),
    ...(fetched > 0 ? [say.fetchedSum(fetched)] : []),
    ...(open > 0 ? [say.openSum(open)] : []),
  ].join(' · ');
}

function batchOf(batches: readonly BatchRow[], report: Report): BatchRow | undefined {
  return batches.find(({ id }) => id === report.batch);
}

function reportRow(report: Report, batch: BatchRow | undefined, count: string, view: View): Cell[] {
  const say = words[view.language];
  const { last } = marksOf({ state: report.state, fault: undefined }, 'given');
  const mark = batch !== undefined && isPersonsWord(batch) ? marksOf(batch, 'given').last : last;
  return [
    { text: mark, style: last === '●' ? 'good' : last === '○' ? 'faint' : 'warn' },
    report.batch,
    report.recipient,
    count,
    { text: say.batchState[report.state], style: 'strong' },
    detailOf(report, batch, view),
  ];
}

function detailOf(report: Report, batch: BatchRow | undefined, view: View): string {
  const say = words[view.language];
  if (report.state === 'stored') {
    const evidence = report.evidence ?? batch?.evidence;
    return storedEvidence({ state: 'stored', evidence, fault: batch?.fault }, view);
  }
  if (isInBox(report.state) && batch !== undefined) {
    return batchRemark(batch, true, view, zoneOf(view));
  }
  if (report.state === 'written')
    return say.leftTo(batch === undefined ? report.batch : finalName(batch));
  const why =
    report.fault === undefined
      ? say.nothingSent
      : faultPhrase(report.fault.code, report.fault.facts, view);
  return report.attempts > 1 ? say.attempts(why, figure(report.attempts)) : why;
}
