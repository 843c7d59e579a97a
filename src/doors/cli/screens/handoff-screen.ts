import { stageOf } from '../../../exchange/show-handoff.ts';
import type { ShownHandoff } from '../../../exchange/show-handoff.ts';
import type { HandoffRow } from '../../../exchange/handoff-register.ts';
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
import { markCell, marksOf } from './batch-marks.ts';
import type { Mark } from './batch-marks.ts';
import { emergencyLines, emergencySteps } from './emergency-lines.ts';
import { merchantLines } from './merchant-lines.ts';
import { nextLines } from './next-lines.ts';
import { answerLines, answerSteps } from './responses-screen.ts';
import type { NextStep } from './next-lines.ts';
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
    answerLines(shown.answered ?? [], view),
    wordLines(shown.words, view, zoneOf(view, shown.incident)),
    repeatLines(shown.plan?.repeats, view),
    explained,
    missing,
    recallLines(shown.recalls ?? [], view),
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
  const isManual = (id: string): boolean => isByHand(shown, id);
  const hasManual = batches.some(({ id }) => isManual(id));
  const isStoredByWord = (id: string): boolean => wasSaid(shown, id, ['stored', 'received']);
  const hasStored = batches.some(({ id }) => !isManual(id) || isStoredByWord(id));
  const hasReceived = shown.words.some(({ rung }) => rung === 'received');
  const headings = [
    say.built,
    say.approved,
    ...(hasManual ? [say.written] : []),
    ...(hasStored ? [say.stored] : []),
    ...(hasReceived ? [say.rung.received] : []),
  ];
  const columns: Column[] = [
    {},
    { min: hasReceived ? 8 : 12 },
    { align: 'right' },
    ...headings.map((heading) => ({ min: widthOf(heading) })),
    { overflow: 'wrap', min: 20 },
  ];
  const rows = batches.map((batch): Cell[] => {
    const { built, approved, last } = marksOf(batch, approvalOf(row));
    const manual = isManual(batch.id);
    const byHand = isStoredByWord(batch.id) ? '◆' : undefined;
    const received: Mark = wasSaid(shown, batch.id, ['received']) ? '◆' : '○';
    const storedCell = (mark: Mark | undefined): Cell =>
      mark === undefined ? '' : markCell(mark, widthOf(say.stored));
    return [
      batch.id,
      batch.recipient,
      figure(batch.cards),
      markCell(built, widthOf(say.built)),
      markCell(approved, widthOf(say.approved)),
      ...(hasManual ? [manual ? markCell(last, widthOf(say.written)) : ''] : []),
      ...(hasStored ? [storedCell(manual ? byHand : last)] : []),
      ...(hasReceived ? [markCell(received, widthOf(say.rung.received))] : []),
      batchRemark(batch, row.planSignature !== undefined, view, zoneOf(view, incident)),
    ];
  });
  const total = batches.reduce((sum, { cards }) => sum + cards, 0);
  const sum = batches.length > 1 ? [['', say.total, figure(total)]] : [];
  return table(columns, [['', '', say.cardsHeading, ...headings, ''], ...rows, ...sum], view);
}

function approvalOf({ outcome, emergency }: ShownHandoff['row']): 'given' | 'owed' | 'by-state' {
  if (outcome === 'approve') return 'given';
  return emergency === undefined ? 'by-state' : 'owed';
}

function isByHand({ plan }: ShownHandoff, id: string): boolean {
  return plan?.batches.find(({ batch }) => batch === id)?.endpoint.kind === 'manual';
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
function stepsOfAnswers({ answered = [], batches }: ShownHandoff, view: View): NextStep[] {
  const sent = answered.filter(({ batch }) =>
    batches.some(({ id, state }) => id === batch && (state === 'stored' || state === 'written')),
  );
  const open = sent.find(({ open: { unanswered, notFound } }) => unanswered + notFound > 0);
  const shownOne = open ?? sent[0];
  return shownOne === undefined ? [] : answerSteps(shownOne, view);
}
