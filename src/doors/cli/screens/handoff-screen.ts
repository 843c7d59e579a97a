import { hasLeft } from '../../../domain/handoff/delivery-states.ts';
import { stageOf } from '../../../exchange/handoff/show-handoff.ts';
import type { ShownHandoff } from '../../../exchange/handoff/show-handoff.ts';
import type { BatchRow, HandoffRow } from '../../../exchange/handoff/handoff-register.ts';
import { paint } from '../colour.ts';
import { clockIn, figure } from '../figures.ts';
import { hang, widthOf } from '../layout.ts';
import { table } from '../table.ts';
import type { Cell, Column } from '../table.ts';
import { zoneOf } from '../view.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { handoffWords as en } from '../words/en/handoff.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { handoffWords as ja } from '../words/ja/handoff.ts';
import { recordWords as recordEn } from '../words/en/record.ts';
import { recordWords as recordJa } from '../words/ja/record.ts';
import { accountLines } from './account-lines.ts';
import { recallLines } from './amend-screen.ts';
import { batchExplanation, batchRemark } from './batch-remarks.ts';
import { AnswerRungs } from './answer-rungs.ts';
import { fetchMarksOf, markCell, marksOf } from './batch-marks.ts';
import type { Mark } from './batch-marks.ts';
import { cardAnswerLines, cardAnswerSteps } from './card-answers-screen.ts';
import { emergencyLines, emergencySteps } from './emergency-lines.ts';
import { merchantLines } from './merchant-lines.ts';
import { nextLines } from './next-lines.ts';
import { answerLines, answerSteps } from './responses-screen.ts';
import type { NextStep } from './next-lines.ts';
import { pickupLines } from './pickup-lines.ts';
import { recallStandingLines } from './recall-screen.ts';
import { repeatLines } from './repeat-lines.ts';
import { remoteNameLines } from './remote-names.ts';
import { removedLines } from './removed-lines.ts';
import { wordLines } from './word-lines.ts';
import { subjectWords } from './subject-words.ts';
import { momentText } from './clock-texts.ts';

const words = {
  en: { ...commonEn, ...recordEn, ...en },
  ja: { ...commonJa, ...recordJa, ...ja },
};

/** The evidence ladder of a handoff: how far each batch has got, on whose word, and what to do about the rest. */
export function handoffScreen(shown: ShownHandoff, view: View): string[] {
  const { batches, row, uncovered } = shown;
  const say = { ...words[view.language], ...subjectWords(view, row.report?.subject) };
  const explained = batches.flatMap((batch) => batchExplanation(batch, view));
  const missing = uncovered.flatMap(({ batch, recipient, cards }) => [
    ...hang('', say.uncovered(cards, batch, recipient)),
  ]);
  const steps = nextSteps(shown, view);
  const blocks = [
    titleLines(shown, view),
    batches.length === 0 ? [say.handoffState['nothing-to-send']] : ladder(shown, view),
    row.report === undefined ? [] : merchantLines(row.report, view),
    remoteNameLines(batches, view),
    pickupLines(shown.pickups ?? [], view, zoneOf(view, shown.incident)),
    answerLines(shown.answered ?? [], view),
    cardAnswerLines(shown.answeredCards ?? [], view),
    wordLines(shown.words, view, zoneOf(view, shown.incident)),
    repeatLines(shown.plan?.repeats, view),
    explained,
    missing,
    recallLines(shown.recalls ?? [], view),
    recallStandingLines(shown.recalled ?? [], view),
    removedLines(shown.sources, view, zoneOf(view, shown.incident)),
    nextLines(steps, view),
    batches.length === 0 ? [] : [paint(say.legend, 'faint', view)],
  ].filter((block) => block.length > 0);
  const shownAs = blocks.flatMap((block, at) => (at === 0 ? block : ['', ...block]));
  return row.state === 'preparing' ? titleLines(shown, view) : shownAs;
}

/** One word for where a handoff as a whole stands; a key of `handoffState`. */
export function handoffStateOf(
  row: Pick<HandoffRow, 'state' | 'outcome' | 'planSignature' | 'emergency'>,
): keyof typeof commonEn.handoffState {
  if (row.emergency !== undefined && row.emergency.closedAt === undefined) return 'one-person';
  if (row.state === 'undecided') return row.planSignature === undefined ? 'unsigned' : 'undecided';
  if (row.state === 'decided') return row.outcome ?? 'decided';
  return row.state;
}

function titleLines(shown: ShownHandoff, view: View): string[] {
  const { row, incident, decisions, plan } = shown;
  const stage = stageOf(shown);
  const say = words[view.language];
  const zone = zoneOf(view, incident);
  const parts = [
    row.incident,
    ...(stage === undefined ? [] : [say.list[stage]]),
    say.mode[row.mode],
    say.handoffState[handoffStateOf(row)],
  ];
  const people = [
    say.requestedBy(row.requester),
    ...decisions.map(({ decision, officer, decidedAt }) =>
      decision === 'approve'
        ? say.approvedBy(officer, clockIn(decidedAt, zone))
        : say.declinedBy(officer, clockIn(decidedAt, zone)),
    ),
    ...(row.state === 'undecided' && plan !== undefined
      ? [say.planUntil(momentText(new Date(plan.expiresAt), zone, view))]
      : []),
  ];
  const head = `${say.handoff} ${paint(row.id, 'strong', view)} · `;
  return [
    ...hang(head, parts.join(' · ')),
    ...hang('', `${momentText(row.preparedAt, zone, view)} · ${people.join(' · ')}`),
    ...accountLines(shown.accounts, view),
    ...emergencyLines(row.emergency, view, zone),
  ];
}

function ladder(shown: ShownHandoff, view: View): string[] {
  const { row, batches, incident } = shown;
  const say = { ...words[view.language], ...subjectWords(view, row.report?.subject) };
  const { isManual, isStoredByWord, kindOf, ...has } = waysOf(shown);
  const rungs = new AnswerRungs(shown, view);
  const hasReceived = rungs.areShown || shown.words.some(({ rung }) => rung === 'received');
  // Whoever answered has the file, so nothing is lost where a line has no room for the first rungs.
  const isShort = rungs.areShown && has.box;
  const headings = [
    ...(isShort ? [] : [say.built, say.approved]),
    ...(has.manual ? [say.written] : []),
    ...(has.stored ? [say.stored] : []),
    ...(has.box ? [say.offered, say.read, say.taken] : []),
    ...(hasReceived ? [say.rung.received] : []),
    ...rungs.headings,
  ];
  const columns = ladderColumns(headings, hasReceived, rungs.areShown);
  const remarkOf = (batch: BatchRow): string =>
    batchRemark(batch, row.planSignature !== undefined, view, zoneOf(view, incident));
  const rows = batches.map((batch): Cell[] => {
    const { built, approved, last } = marksOf(batch, approvalOf(row));
    const manual = isManual(batch.id);
    const byHand = isStoredByWord(batch.id) ? '◆' : undefined;
    const received = rungs.received(batch.id, wasSaid(shown, batch.id, ['received']));
    const storedCell = (mark: Mark | undefined): Cell =>
      mark === undefined ? '' : markCell(mark, widthOf(say.stored));
    return [
      batch.id,
      batch.recipient,
      figure(batch.cards),
      ...(isShort
        ? []
        : [markCell(built, widthOf(say.built)), markCell(approved, widthOf(say.approved))]),
      ...(has.manual ? [manual ? markCell(last, widthOf(say.written)) : ''] : []),
      ...(has.stored ? [storedCell(kindOf(batch.id) === 'sftp' ? last : byHand)] : []),
      ...(has.box ? boxCells(batch, kindOf(batch.id) === 'pickup' ? last : undefined, say) : []),
      ...(hasReceived ? [markCell(received, widthOf(say.rung.received))] : []),
      ...rungs.cells(batch.id),
      ...(rungs.areShown ? [] : [remarkOf(batch)]),
    ];
  });
  const total = batches.reduce((sum, { cards }) => sum + cards, 0);
  const sum = batches.length > 1 ? [['', say.total, figure(total)]] : [];
  const heading = ['', '', say.cardsHeading, ...headings, ...(rungs.areShown ? [] : [''])];
  const lines = table(columns, [heading, ...rows, ...sum], view);
  if (!rungs.areShown) return lines;
  return [...lines, '', ...batches.flatMap((batch) => hang(`${batch.id}  `, remarkOf(batch)))];
}

/** Which ways its batches go, and which columns that needs. */
function waysOf(shown: ShownHandoff) {
  const isManual = (id: string): boolean => isByHand(shown, id);
  const isStoredByWord = (id: string): boolean => wasSaid(shown, id, ['stored', 'received']);
  const kindOf = (id: string): string => endpointKind(shown, id);
  const ids = shown.batches.map(({ id }) => id);
  return {
    ...{ isManual, isStoredByWord, kindOf, manual: ids.some(isManual) },
    stored: ids.some((id) => kindOf(id) === 'sftp' || isStoredByWord(id)),
    box: ids.some((id) => kindOf(id) === 'pickup'),
  };
}

/** With all its rungs the ladder is as wide as a line: what is to be remarked stands below it. */
function ladderColumns(
  headings: readonly string[],
  hasReceived: boolean,
  isFull: boolean,
): Column[] {
  return [
    {},
    { min: hasReceived ? 8 : 12 },
    { align: 'right' },
    ...headings.map((heading) => ({ min: widthOf(heading) })),
    ...(isFull ? [] : [{ overflow: 'wrap', min: 20 } as const]),
  ];
}

function approvalOf({ outcome, emergency }: ShownHandoff['row']): 'given' | 'owed' | 'by-state' {
  if (outcome === 'approve') return 'given';
  return emergency === undefined ? 'by-state' : 'owed';
}

function boxCells(
  batch: BatchRow,
  offered: Mark | undefined,
  say: { readonly offered: string; readonly read: string; readonly taken: string },
): Cell[] {
  if (offered === undefined) return ['', '', ''];
  const { read, taken } = fetchMarksOf(batch);
  return [
    markCell(offered, widthOf(say.offered)),
    markCell(read, widthOf(say.read)),
    markCell(taken, widthOf(say.taken)),
  ];
}

/** A plan that cannot be read tells no way: then as most go. */
function endpointKind({ plan }: ShownHandoff, id: string): 'sftp' | 'manual' | 'pickup' {
  return plan?.batches.find(({ batch }) => batch === id)?.endpoint.kind ?? 'sftp';
}

function isByHand(shown: ShownHandoff, id: string): boolean {
  return endpointKind(shown, id) === 'manual';
}

/** Whether a person said one of these things of the batch. */
function wasSaid({ words: said }: ShownHandoff, id: string, rungs: readonly string[]): boolean {
  return said.some(({ batch, rung }) => batch === id && rungs.includes(rung));
}

function nextSteps(shown: ShownHandoff, view: View): NextStep[] {
  const { row, batches, uncovered } = shown;
  const say = words[view.language];
  const steps: NextStep[] = [];
  steps.push(...emergencySteps(row.emergency, view));
  if (row.state === 'undecided' && steps.length === 0) {
    if (row.planSignature === undefined)
      steps.push({ command: say.request(row.id, row.requester) });
    steps.push(
      { command: say.review(row.id) },
      { command: say.approve(row.id), label: say.approveLabel },
    );
  }
  if (batches.some(({ state }) => state === 'approved')) {
    steps.push({ command: say.deliver(row.id), label: say.deliverLabel });
  }
  const silent = batches.find(
    ({ id, state }) => state === 'written' && !wasSaid(shown, id, ['stored', 'received']),
  );
  if (silent !== undefined) steps.push({ command: say.record(silent.id), label: say.recordLabel });
  steps.push(...stepsOfAnswers(shown, view));
  const held = Object.values(row.report?.held ?? {}).reduce((sum, count) => sum + count, 0);
  if (held > 0) steps.push({ command: say.held(row.id), label: say.heldLabel(held) });
  if (uncovered.length > 0) steps.push(say.uncoveredNext);
  return steps;
}

/** What to do about the answers: to the first batch with something open, else to the first that has left. */
function stepsOfAnswers(
  { answered = [], answeredCards = [], batches }: ShownHandoff,
  view: View,
): NextStep[] {
  const sent = answered.filter(({ batch }) =>
    batches.some(({ id, state }) => id === batch && hasLeft(state)),
  );
  const open = sent.find(({ open: { unanswered, notFound } }) => unanswered + notFound > 0);
  const shownOne = open ?? sent[0];
  if (shownOne !== undefined) return answerSteps(shownOne, view);
  return (
    answeredCards.map((one) => cardAnswerSteps(one, view)).find((some) => some.length > 0) ?? []
  );
}
