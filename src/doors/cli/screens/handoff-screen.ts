import type { ShownHandoff } from '../../../exchange/show-handoff.ts';
import type { HandoffRow } from '../../../exchange/handoff-register.ts';
import { paint } from '../colour.ts';
import { clockIn, figure, timeIn } from '../figures.ts';
import { hang, widthOf } from '../layout.ts';
import { table } from '../table.ts';
import type { Cell, Column } from '../table.ts';
import { zoneOf } from '../view.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { handoffWords as en } from '../words/en/handoff.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { handoffWords as ja } from '../words/ja/handoff.ts';
import { batchExplanation, batchRemark } from './batch-remarks.ts';
import { markCell, marksOf } from './batch-marks.ts';
import { nextLines } from './next-lines.ts';
import type { NextStep } from './next-lines.ts';

const words = { en: { ...commonEn, ...en }, ja: { ...commonJa, ...ja } };

/** The evidence ladder of a handoff: how far each batch has got, on whose word, and what to do about the rest. */
export function handoffScreen(shown: ShownHandoff, view: View): string[] {
  const { batches, row, uncovered } = shown;
  const say = words[view.language];
  const explained = batches.flatMap((batch) => batchExplanation(batch, view));
  const missing = uncovered.flatMap(({ batch, recipient, cards }) => [
    ...hang('', say.uncovered(cards, batch, recipient)),
  ]);
  const steps = nextSteps(shown, view);
  const blocks = [
    titleLines(shown, view),
    batches.length === 0 ? [say.handoffState['nothing-to-send']] : ladder(shown, view),
    explained,
    missing,
    nextLines(steps, view),
    batches.length === 0 ? [] : [paint(say.legend, 'faint', view)],
  ].filter((block) => block.length > 0);
  const shownAs = blocks.flatMap((block, at) => (at === 0 ? block : ['', ...block]));
  return row.state === 'preparing' ? titleLines(shown, view) : shownAs;
}

/** One word for where a handoff as a whole stands; a key of `handoffState`. */
export function handoffStateOf(
  row: Pick<HandoffRow, 'state' | 'outcome' | 'planSignature'>,
): keyof typeof commonEn.handoffState {
  if (row.state === 'undecided') return row.planSignature === undefined ? 'unsigned' : 'undecided';
  if (row.state === 'decided') return row.outcome ?? 'decided';
  return row.state;
}

function titleLines({ row, incident, decisions, plan }: ShownHandoff, view: View): string[] {
  const say = words[view.language];
  const zone = zoneOf(view, incident);
  const parts = [
    row.incident,
    ...(incident.stage === undefined ? [] : [say.list[incident.stage]]),
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
      ? [say.planUntil(timeIn(new Date(plan.expiresAt), zone))]
      : []),
  ];
  const head = `${say.handoff} ${paint(row.id, 'strong', view)} · `;
  return [
    ...hang(head, parts.join(' · ')),
    ...hang('', `${timeIn(row.preparedAt, zone)} · ${people.join(' · ')}`),
  ];
}

function ladder({ row, plan, batches, incident }: ShownHandoff, view: View): string[] {
  const say = words[view.language];
  const isManual = (id: string): boolean =>
    plan?.batches.find(({ batch }) => batch === id)?.endpoint.kind === 'manual';
  const hasSftp = batches.some(({ id }) => !isManual(id));
  const hasManual = batches.some(({ id }) => isManual(id));
  const headings = [
    say.built,
    say.approved,
    ...(hasSftp ? [say.stored] : []),
    ...(hasManual ? [say.written] : []),
  ];
  const columns: Column[] = [
    {},
    { min: 12 },
    { align: 'right' },
    ...headings.map((heading) => ({ min: widthOf(heading) })),
    { overflow: 'wrap' },
  ];
  const rows = batches.map((batch): Cell[] => {
    const { built, approved, last } = marksOf(batch, row.outcome === 'approve');
    const manual = isManual(batch.id);
    return [
      batch.id,
      batch.recipient,
      figure(batch.cards),
      markCell(built, widthOf(say.built)),
      markCell(approved, widthOf(say.approved)),
      ...(hasSftp ? [manual ? '' : markCell(last, widthOf(say.stored))] : []),
      ...(hasManual ? [manual ? markCell(last, widthOf(say.written)) : ''] : []),
      batchRemark(batch, row.planSignature !== undefined, view, zoneOf(view, incident)),
    ];
  });
  const total = batches.reduce((sum, { cards }) => sum + cards, 0);
  const sum = batches.length > 1 ? [['', say.total, figure(total)]] : [];
  return table(columns, [['', '', say.cardsHeading, ...headings, ''], ...rows, ...sum], view);
}

function nextSteps(shown: ShownHandoff, view: View): NextStep[] {
  const { row, batches, uncovered } = shown;
  const say = words[view.language];
  const steps: NextStep[] = [];
  if (row.state === 'undecided') {
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
  const held = Object.values(row.report?.held ?? {}).reduce((sum, count) => sum + count, 0);
  if (held > 0) steps.push({ command: say.held(row.id), label: say.heldLabel(held) });
  if (uncovered.length > 0) steps.push(say.uncoveredNext);
  return steps;
}
