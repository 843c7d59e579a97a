import { accountRows } from './account-lines.ts';
import { stageOf } from '../../../exchange/handoff/show-handoff.ts';
import { finalName } from '../../../exchange/delivery/final-name.ts';
import type {
  HandoffSummary,
  SummarisedBatch,
} from '../../../exchange/handoff/summarise-handoff.ts';
import { figure, shortDigest } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import { table } from '../table.ts';
import type { View } from '../view.ts';
import { zoneOf } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { summaryWords as en } from '../words/en/summary.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { summaryWords as ja } from '../words/ja/summary.ts';
import { emergencyLines } from './emergency-lines.ts';
import { sentPercent, withdrawnText } from './batch-remarks.ts';
import { labelledLines } from './labelled-lines.ts';
import type { LabelledRow } from './labelled-lines.ts';
import { answerLines } from './responses-screen.ts';
import { reasonLines } from './recall-screen.ts';
import { brandName } from './review-screen.ts';
import { handoffStateOf } from './handoff-screen.ts';
import { repeatLines } from './repeat-lines.ts';
import { removedLines } from './removed-lines.ts';
import { tallyLines } from './tally-lines.ts';
import { remoteNameText } from './remote-names.ts';
import { wordText } from './word-lines.ts';
import { subjectWords } from './subject-words.ts';
import { momentText } from './clock-texts.ts';

const words = { en: { ...commonEn, ...en }, ja: { ...commonJa, ...ja } };

/** What keeps a usual handoff on one page of paper (66 lines); more is counted in one line. */
const issuersShown = 12;

/** One page to print and file: whose cards, to whom, approved by whom, on what evidence. Plain on purpose: it is paper. */
export function summaryScreen(summary: HandoffSummary, printedAt: Date, view: View): string[] {
  const { shown } = summary;
  const { row, incident } = shown;
  const plain: View = { ...view, colour: false };
  const say = words[view.language];
  const zone = zoneOf(view, incident);
  const title = [
    say.title(row.id),
    say.mode[row.mode],
    say.printed(momentText(printedAt, zone, view)),
  ];
  const blocks = [
    hang('', title.join(' · ')),
    labelledLines(headRows(summary, plain, zone), plain),
    emergencyLines(row.emergency, plain, zone),
    [...countLines(summary, plain), ...answerLines(shown.answered ?? [], plain)],
    row.report === undefined || row.report.isRecall === true
      ? []
      : tallyLines({ ...row.report, incident, isForApprover: true }, undefined, plain),
    reasonLines(shown.review?.reason, plain),
    brandLines(summary, plain),
    repeatLines(shown.plan?.repeats, plain),
    summary.batches.flatMap((batch) => batchLines(batch, plain, zone)),
    removedLines(shown.sources, plain, zone),
    hang('', say.legend),
  ].filter((block) => block.length > 0);
  return blocks.flatMap((block, at) => (at === 0 ? block : ['', ...block]));
}

function headRows({ shown }: HandoffSummary, view: View, zone: string): LabelledRow[] {
  const { row, incident, decisions } = shown;
  const say = words[view.language];
  const stage = stageOf(shown);
  const list = stage === undefined ? [] : [say.list[stage]];
  const name = [row.incident, showForeign(incident.public_name), ...list].join(' · ');
  const plan = row.planSha256 === undefined ? [] : [say.plan(shortDigest(row.planSha256))];
  return [
    [say.incident, name],
    [say.prepared, [momentText(row.preparedAt, zone, view), row.requester, ...plan].join(' · ')],
    [say.decision, say.handoffState[handoffStateOf(row)]],
    ...decisions.map(({ officer, decision, decidedAt }): LabelledRow => [
      decision === 'approve' ? say.approvedBy : say.declinedBy,
      `${momentText(decidedAt, zone, view)} · ${officer}`,
    ]),
    ...accountRows(shown.accounts, view),
  ];
}

function countLines({ shown }: HandoffSummary, view: View): string[] {
  const { report } = shown.row;
  if (report === undefined || report.isRecall === true) return [];
  const { subject, read, orders, references, cards, excluded } = report;
  const say = { ...words[view.language], ...subjectWords(view, subject) };
  const isPartly = subject === undefined && (excluded['already-handed-off'] ?? 0) > 0;
  return hang('', (isPartly ? say.countsAll : say.counts)(read, orders, references, cards));
}

/** Brands on the left, issuers on the right, so that both fit on the page. */
function brandLines({ shown: of, brands, issuers }: HandoffSummary, view: View): string[] {
  const handed = subjectWords(view, of.row.report?.subject);
  const say = { ...words[view.language], ...handed };
  const nameOf = (brand: string): string =>
    brand === 'unknown' && handed.unknownBrand !== undefined
      ? handed.unknownBrand
      : brandName(brand, view.language);
  if (brands.length === 0) return [];
  const shown = issuers.slice(0, issuersShown);
  const rest = issuers.slice(issuersShown);
  const right = [
    ...shown.map(({ issuer, brand, cards }) => [
      figure(cards),
      issuer === '' ? say.unknownIssuer : showForeign(issuer),
      nameOf(brand),
    ]),
    ...(rest.length === 0
      ? []
      : [[figure(rest.reduce((sum, { cards }) => sum + cards, 0)), say.others(rest.length), '']]),
  ];
  const total = brands.reduce((sum, { cards }) => sum + cards, 0);
  const left = [
    ...brands.map(({ brand, cards }) => [figure(cards), nameOf(brand)]),
    [figure(total), say.total],
  ];
  const height = Math.max(left.length, right.length);
  const rows = Array.from({ length: height }, (_, at) => [
    ...(left[at] ?? ['', '']),
    ...(right[at] ?? ['', '', '']),
  ]);
  const heading = ['', say.byBrand, '', say.byIssuer, ''];
  const columns = [{ align: 'right' }, { min: 16 }, { align: 'right' }, {}, {}] as const;
  return table(columns, [heading, ...rows], view);
}

function batchLines(
  { batch, evidence, words: said }: SummarisedBatch,
  view: View,
  zone: string,
): string[] {
  const say = words[view.language];
  const handed = { ...say, ...subjectWords(view, batch.subject) };
  const text = [
    handed.cards(batch.cards),
    `${say.batchState[batch.state]} ${momentText(batch.changedAt, zone, view)}`,
    say.evidence[evidence],
    ...(evidence === 'fetched-partly' ? [`${figure(sentPercent(batch))} %`] : []),
    `${showForeign(finalName(batch))} (sha256 ${shortDigest(batch.sha256)})`,
  ];
  const head = `${say.mark[evidence]} ${batch.recipient}  ${batch.id}  `;
  const named = remoteNameText(batch, view);
  return [
    ...hang(head, text.join(' · ')),
    ...(named === '' ? [] : hang('    ', named)),
    ...(batch.withdrawn === undefined ? [] : hang('    ◆ ', withdrawnText(batch.withdrawn, view))),
    ...said.flatMap((word) => hang('    ◆ ', wordText(word, view, zone))),
  ];
}
