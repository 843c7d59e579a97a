import type { CertificateDate } from '../../../exchange/keys/certificate-dates.ts';
import type {
  StandingBatch,
  WordOnlyBatch,
  WorkspaceStatus,
} from '../../../exchange/status/workspace-status.ts';
import { durationIn } from '../figures.ts';
import { faultPhrase } from '../fault-screen.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { readinessWords as readinessEn } from '../words/en/readiness.ts';
import { recordWords as recordEn } from '../words/en/record.ts';
import { workspaceWords as en } from '../words/en/workspace.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { readinessWords as readinessJa } from '../words/ja/readiness.ts';
import { recordWords as recordJa } from '../words/ja/record.ts';
import { workspaceWords as ja } from '../words/ja/workspace.ts';
import { openAmendmentRows } from './amend-screen.ts';
import { numberGapTexts } from './number-gap-texts.ts';
import { arrivalSteps, asideTexts, broughtTexts, unreadText } from './arrivals-screen.ts';
import { clockRows } from './clock-rows.ts';
import { configurationRows, configurationSteps } from './config-rows.ts';
import { emergencyRows, emergencySteps } from './emergency-lines.ts';
import { escalationRows } from './escalation-rows.ts';
import { keyRows } from './key-rows.ts';
import { labelledLines } from './labelled-lines.ts';
import type { LabelledRow } from './labelled-lines.ts';
import { nextLines } from './next-lines.ts';
import type { NextStep } from './next-lines.ts';
import { openText as unresolvedText } from './responses-screen.ts';
import { deliveryText, serveRows, serveSteps } from './serve-rows.ts';
import { subjectWords } from './subject-words.ts';
import { momentText } from './clock-texts.ts';

const words = {
  en: { ...commonEn, ...readinessEn, ...recordEn, ...en },
  ja: { ...commonJa, ...readinessJa, ...recordJa, ...ja },
};

/** Words stay in force for months; the newest few are enough on a screen. */
const wordsShown = 5;

export interface StatusView {
  readonly status: WorkspaceStatus;
  readonly now: Date;
  readonly timeZone: string;
}

/** What a person opens in the morning: what waits for whom, what needs care, what is about to end. */
export function statusScreen({ status, now, timeZone }: StatusView, view: View): string[] {
  const say = words[view.language];
  const withServe = (batch: StandingBatch): string =>
    batchText(batch, view) + deliveryText(status.serve, batch.batch, { now, timeZone }, view);
  const rows: LabelledRow[] = [
    ...readOnlyRows(status, view),
    ...emergencyRows(status.onePerson, now, view),
    ...status.held.map(({ handoff, incident, records }): LabelledRow => [
      say.waitingForYou,
      `${handoff}  ${say.held(say.records(records), incident)}`,
    ]),
    ...serveRows(status.serve, timeZone, view),
    ...escalationRows(status.escalations, timeZone, view),
    ...status.ready.map((batch): LabelledRow => [say.ready, withServe(batch)]),
    ...status.attention.map((batch): LabelledRow => [say.needsCare, withServe(batch)]),
    ...status.uncovered.map(({ handoff, cards, recipient, batch, subject }): LabelledRow => [
      say.uncovered,
      `${handoff}  ${say.uncoveredCards(countOf({ cards, subject }, view), recipient, batch)}`,
    ]),
    ...openAmendmentRows(status.recalls, status.toRead, view),
    ...unresolvedRows(status, view),
    ...broughtTexts(status.arrivals, view).map((text): LabelledRow => [say.waitingForYou, text]),
    ...notArrivedRows(status, view),
    [say.waitingForYou, unreadText(status.arrivals, view)],
    ...status.undecided.map((waiting) => waitingRow(waiting, now, view)),
  ];
  const elsewhere = waitingElsewhere(status, view);
  const told = status.byWordOnly
    .slice(-wordsShown)
    .map((batch): LabelledRow => [say.byWord, wordOnlyText(batch, view, timeZone)]);
  const standing: LabelledRow[] = [
    ...configurationRows(status.configuration, view),
    ...status.notReady.map(({ incident, open }): LabelledRow => [
      say.statusLabel,
      say.status(incident, open),
    ]),
    ...clockRows(status.clocks, now, view),
    ...retentionRows(status, view),
    ...keyRows(status.ownKeys, view),
    ...status.certificates.map((date): LabelledRow => [say.keys, certificateText(date, view)]),
    [say.log, logText(status, view)],
  ];
  const steps = nextSteps(status, view);
  return [
    say.mode[status.mode],
    ...(rows.length + elsewhere.length === 0 ? hang('', say.nothingWaits) : []),
    ...labelledLines([...rows, ...elsewhere, ...told, ...standing], view),
    ...(steps.length === 0 ? [] : ['', ...nextLines(steps, view)]),
  ];
}

/** What lies ready for its recipient, and is not known to be with them. */
function waitingElsewhere({ unconfirmed, unfetched }: WorkspaceStatus, view: View): LabelledRow[] {
  const say = words[view.language];
  const inFolder = unconfirmed.map(
    (standing) =>
      `${standing.batch}  ${say.unconfirmed(countOf(standing, view), standing.recipient)}`,
  );
  const inBox = unfetched.map((batch) => say.unfetched(batchText(batch, view)));
  return [...inFolder, ...inBox].map((text) => [say.waitingForOthers, text]);
}

function retentionRows({ retention }: WorkspaceStatus, view: View): LabelledRow[] {
  const say = words[view.language];
  return retention.map(({ incident, daysLeft }) => [
    say.retention,
    say.retentionEnds(incident, daysLeft),
  ]);
}

/** References that went out, and behind which no card was found. */
function unresolvedRows({ unresolved }: WorkspaceStatus, view: View): LabelledRow[] {
  const say = words[view.language];
  return unresolved.map((each) => [
    say.unresolvedLabel,
    say.unresolved(each.batch, each.recipient, unresolvedText(each, view)),
  ]);
}

function waitingRow(
  { handoff, requester, since, isRequestSigned }: WorkspaceStatus['undecided'][number],
  now: Date,
  view: View,
): LabelledRow {
  const say = words[view.language];
  const text = isRequestSigned ? say.approval : say.request;
  const long = durationIn(now.getTime() - since.getTime(), view.language);
  return [say.waitingForOthers, `${handoff}  ${text(requester, long)}`];
}

interface Counted {
  readonly cards: number;
  readonly subject?: 'references' | undefined;
  readonly isRecall?: true;
}

function countOf({ cards, subject, isRecall }: Counted, view: View): string {
  const say = { ...words[view.language], ...subjectWords(view, isRecall ? 'recall' : subject) };
  return say.cards(cards);
}

/** Of a restored workspace that something outside contradicts. */
function readOnlyRows({ readOnly }: WorkspaceStatus, view: View): LabelledRow[] {
  if (readOnly === undefined) return [];
  return [[words[view.language].readOnly, faultPhrase(readOnly.code, readOnly.facts, view)]];
}

function batchText(standing: StandingBatch, view: View): string {
  const { batch, recipient, state, code } = standing;
  const say = words[view.language];
  const text = say.batch(say.batchState[state], countOf(standing, view), recipient);
  if (code === undefined || state === 'presumed') return `${batch}  ${text}`;
  return `${batch}  ${text} · ${faultPhrase(code, { recipient, host: recipient }, view)}`;
}

function wordOnlyText(standing: WordOnlyBatch, view: View, zone: string): string {
  const { batch, recipient, word } = standing;
  const say = words[view.language];
  const how = say.how(say.channel[word.channel], momentText(word.at, zone, view));
  return `◆ ${batch}  ${say.batch(say.rung[word.rung], countOf(standing, view), recipient)} · ${how}`;
}

function certificateText({ kind, id, daysLeft, problem }: CertificateDate, view: View): string {
  const say = words[view.language];
  const who = `${say.kind[kind]} ${id}`;
  if (problem !== undefined) return say.notGood(who, faultPhrase(problem, {}, view));
  if (daysLeft === undefined || daysLeft < 0) return say.ended(who);
  return say.endsIn(who, say.days(daysLeft));
}

function logText({ log }: WorkspaceStatus, view: View): string {
  const say = words[view.language];
  const { entries, checkpointSize } = log;
  const signed =
    checkpointSize === 0 ? say.noCheckpoint(entries) : say.entries(entries, checkpointSize);
  return `${signed} · ${say.anchor[log.anchor]}`;
}

const mayServe = ({ readOnly, log }: WorkspaceStatus): boolean =>
  readOnly === undefined && ['agrees', 'absent', 'empty'].includes(log.anchor);

/** Files that were put aside, and what running numbers say did not arrive. */
function notArrivedRows({ arrivals, numberGaps }: WorkspaceStatus, view: View): LabelledRow[] {
  const label = words[view.language].needsCare;
  const texts = [...asideTexts(arrivals, view), ...numberGapTexts(numberGaps, view)];
  return texts.map((text) => [label, text]);
}

function nextSteps(status: WorkspaceStatus, view: View): NextStep[] {
  const { onePerson, held, ready, attention, unconfirmed, configuration, serve, arrivals } = status;
  const say = words[view.language];
  const shown = [...new Set(attention.map(({ handoff }) => handoff))];
  const planned = new Set(
    serve.deliveries.flatMap(({ batch, dueAt }) => (dueAt && serve.isRunning ? [batch] : [])),
  );
  const left = ready.filter(({ batch }) => !planned.has(batch));
  const deliverable = [...new Set(left.map(({ handoff }) => handoff))];
  return [
    ...onePerson.flatMap((emergency) => emergencySteps(emergency, view)),
    // A copy that may not sign would only refuse it.
    ...(mayServe(status) ? serveSteps(serve) : []),
    ...shown.map((handoff) => ({ command: say.show(handoff) })),
    ...deliverable.map((handoff) => ({ command: say.deliver(handoff) })),
    ...held.map(({ handoff }) => ({ command: say.held1(handoff) })),
    ...arrivalSteps(arrivals, view),
    ...configurationSteps(configuration, view),
    ...unconfirmed.slice(0, 1).map(({ batch }) => ({ command: say.record(batch) })),
  ].slice(0, 5);
}
