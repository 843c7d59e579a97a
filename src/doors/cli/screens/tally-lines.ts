import type { Incident } from '../../../domain/incident/incident.ts';
import type { HandoffReport } from '../../../exchange/handoff/handoff-register.ts';
import { reasons, warnings } from '../../../domain/intake/reasons.ts';
import type { Reason } from '../../../domain/intake/reasons.ts';
import { paint } from '../colour.ts';
import type { Style } from '../colour.ts';
import { figure } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { LINE_COLUMNS, clip, hang, pad, widthOf } from '../layout.ts';
import { table } from '../table.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { prepareWords as prepareEn } from '../words/en/prepare.ts';
import * as reasonsEn from '../words/en/reasons.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { prepareWords as prepareJa } from '../words/ja/prepare.ts';
import * as reasonsJa from '../words/ja/reasons.ts';
import { subjectWords } from './subject-words.ts';
import { merchantLines } from './merchant-lines.ts';

const words = {
  en: { ...commonEn, ...prepareEn, ...reasonsEn },
  ja: { ...commonJa, ...prepareJa, ...reasonsJa },
};

/** Merchants may each have their own window: a few tell what is meant. */
const SPANS_MAX = 4;

/** Counts of a handoff with what explains them. */
export type TallyData = HandoffReport & {
  readonly incident: Pick<Incident, 'windows' | 'excluded_channels'>;
  /** The reader does not decide about held records. */
  readonly isForApprover?: boolean;
};

/**
 * The tally, so that a person can add it up: read = cards + excluded + held, and each of these = the sum of its
 * reasons. Reasons stand with the largest count first.
 */
export function tallyLines(data: TallyData, elapsed: string | undefined, view: View): string[] {
  const say = { ...words[view.language], ...subjectWords(view, data.subject) };
  const excluded = sumOf(data.excluded);
  const held = sumOf(data.held);
  const blocks: Block[] = [
    {
      count: data.cards,
      label: say.cardsHeading,
      style: 'strong',
      rows: [ordersText(data, view)],
    },
    { count: excluded, label: say.excluded, rows: reasonRows(data.excluded, data, view) },
    {
      count: held,
      label: data.isForApprover === true ? say.heldBack : say.held,
      ...(held > 0 ? { style: 'warn' as const } : {}),
      rows: reasonRows(data.held, data, view),
    },
  ];
  const total = say.records(data.read) + (elapsed === undefined ? '' : ` · ${elapsed}`);
  return [
    total,
    ...blocks.flatMap((block) => blockLines(block, blocks, view)),
    ...countList(say.accepted, data.accepted, view),
    ...warningList(say.warnings, data.warnings, view),
    ...afterBlank(merchantLines(data, view)),
  ];
}

/** Orders and references are counted before cards are left out for an earlier handoff: then the words say so. */
function ordersText(data: TallyData, view: View): string {
  const { excluded, orders, references, subject } = data;
  const say = { ...words[view.language], ...subjectWords(view, subject) };
  const isPartly = subject === undefined && (excluded['already-handed-off'] ?? 0) > 0;
  return (isPartly ? say.countedAll : say.counted)(orders, references);
}

/** With an empty line before them, if there are any. */
function afterBlank(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

interface Block {
  readonly count: number;
  readonly label: string;
  readonly style?: Style;
  readonly rows: readonly (string | ReasonRow)[];
}

interface ReasonRow {
  readonly count: number;
  readonly id: string;
  readonly detail: string;
}

const COUNT_MIN = 7;

function blockLines(block: Block, all: readonly Block[], view: View): string[] {
  const countWidth = Math.max(COUNT_MIN, ...all.map(({ count }) => figure(count).length));
  const labelWidth = Math.max(...all.map(({ label }) => widthOf(label)));
  const rows = all.flatMap(({ rows: own }) => own.filter((row) => typeof row !== 'string'));
  const reasonCount = Math.max(5, ...rows.map(({ count }) => figure(count).length));
  const reasonWidth = Math.max(0, ...rows.map(({ id }) => id.length));
  const head =
    pad(figure(block.count), countWidth, 'right') +
    `  ${paint(pad(block.label, labelWidth), block.style, view)}  `;
  const empty = ' '.repeat(widthOf(head));
  if (block.rows.length === 0) return [head.trimEnd()];
  return block.rows.flatMap((row, at) => {
    const start = at === 0 ? head : empty;
    if (typeof row === 'string') return hang(start, row);
    const counted = `${start}${pad(figure(row.count), reasonCount, 'right')}  ${pad(row.id, reasonWidth)}  `;
    return hang(counted, clip(row.detail, 2 * (LINE_COLUMNS - widthOf(counted))));
  });
}

function reasonRows(
  counts: Readonly<Record<string, number>>,
  data: TallyData,
  view: View,
): ReasonRow[] {
  const rows = reasons
    .filter(({ id }) => (counts[id] ?? 0) > 0)
    .map(({ id }) => ({ count: counts[id]!, id, detail: detailOf(id, data, view) }));
  const unknown = Object.entries(counts)
    .filter(([id]) => !reasons.some((reason) => reason.id === id))
    .map(([id, count]) => ({ count, id, detail: '' }));
  return [...rows, ...unknown].sort((a, b) => b.count - a.count);
}

/** Windows and channels are what an officer checks first: they are shown as the incident has them. */
function detailOf(id: Reason, { incident, subject }: TallyData, view: View): string {
  const say = words[view.language];
  const { duplicate } = subjectWords(view, subject);
  if (id === 'duplicate' && duplicate !== undefined) return duplicate;
  if (id === 'outside-window') {
    const open = incident.windows.filter(({ listed_only: listedOnly }) => !listedOnly);
    const spans = (open.length > 0 ? open : incident.windows).map(({ from, to }) =>
      say.span(dayOf(from), dayOf(to)),
    );
    const distinct = [...new Set(spans)];
    return say.window(
      say.enumerated([
        ...distinct.slice(0, SPANS_MAX),
        ...(distinct.length > SPANS_MAX ? ['…'] : []),
      ]),
    );
  }
  if (id === 'excluded-channel' && incident.excluded_channels.length > 0) {
    return say.channels(say.enumerated(incident.excluded_channels.map(showForeign)));
  }
  return say.reasonWords[id];
}

function dayOf(dayOrInstant: string): string {
  return dayOrInstant.slice(0, 16).replace('T', ' ');
}

function countList(title: string, counts: Readonly<Record<string, number>>, view: View): string[] {
  const say = words[view.language];
  const rows = Object.entries(counts).map(([id, count]) => [
    figure(count),
    id,
    (say.reasonWords as Readonly<Record<string, string>>)[id] ?? '',
  ]);
  if (rows.length === 0) return [];
  return ['', title, ...table([{ align: 'right' }, {}, { overflow: 'wrap' }], rows, view, 2)];
}

function warningList(
  title: string,
  counts: Readonly<Record<string, number>>,
  view: View,
): string[] {
  const say = words[view.language];
  const known = warnings.filter((id) => (counts[id] ?? 0) > 0);
  if (known.length === 0) return [];
  const rows = known.map((id) => [figure(counts[id]!), id, say.warningWords[id]]);
  return ['', title, ...table([{ align: 'right' }, {}, { overflow: 'wrap' }], rows, view, 2)];
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
