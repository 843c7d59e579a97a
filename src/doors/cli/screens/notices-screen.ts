import { noticeSteps } from '../../../domain/notices/notice-steps.ts';
import type { Reason } from '../../../domain/intake/reasons.ts';
import type { ExportedNotices } from '../../../exchange/notices/export-notices.ts';
import type { NoticeProgress, RecordedNotices } from '../../../exchange/notices/record-notices.ts';
import { figure, shortDigest, sizeIn } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import { table } from '../table.ts';
import type { View } from '../view.ts';
import { noticesWords as en } from '../words/en/notices.ts';
import { reasonWords as reasonsEn } from '../words/en/reasons.ts';
import { noticesWords as ja } from '../words/ja/notices.ts';
import { reasonWords as reasonsJa } from '../words/ja/reasons.ts';
import { nextLines } from './next-lines.ts';

const words = { en: { ...en, reasons: reasonsEn }, ja: { ...ja, reasons: reasonsJa } };

/** What a list of persons to be told came to: lines that add up, what is not in it, what to do with it. */
export function noticesExportScreen(made: ExportedNotices, output: string, view: View): string[] {
  const say = words[view.language];
  const without = Object.entries(made.withoutCard);
  const cards = made.rows - made.unnamed - without.reduce((sum, [, count]) => sum + count, 0);
  const rows = [
    [figure(cards), say.withCard, ''],
    ...without.map(([reason, count]) => [
      figure(count),
      say.withoutCard,
      say.reasons[reason as Reason],
    ]),
    ...(made.unnamed === 0 ? [] : [[figure(made.unnamed), say.unnamed, '']]),
    [figure(made.rows), say.lines, ''],
  ];
  const size = sizeIn(made.bytes, view.language);
  return [
    ...hang('', say.exported(showForeign(output), made.incident, made.merchant)),
    '',
    ...table([{ align: 'right' }, {}, { overflow: 'wrap' }], rows, view, 2),
    '',
    ...hang('', [say.references(made.references), ...ordersOf(made, view)].join(' · ')),
    ...(made.withoutOrder === undefined || made.withoutOrder === 0
      ? []
      : hang('', say.withoutOrder(made.withoutOrder, made.handoffs.length > 1))),
    ...hang('', say.fileFacts(say.charset[made.charset], size, shortDigest(made.sha256))),
    ...hang('', say.exportedMeans),
    '',
    ...nextLines(
      [say.asText, { command: say.record(made.incident), label: say.recordLabel }],
      view,
    ),
  ];
}

function ordersOf({ orders, handoffs }: ExportedNotices, view: View): string[] {
  const say = words[view.language];
  if (orders !== undefined) return [say.orders(orders)];
  if (handoffs.length === 1) return [];
  return [say.overHandoffs(handoffs.length)];
}

/** What was taken in, what was not, and how far the telling has got. */
export function noticesRecordScreen(recorded: RecordedNotices, view: View): string[] {
  const say = words[view.language];
  const { progress, given, added, unknown, unknownLines } = recorded;
  const known = noticeSteps.reduce((sum, step) => sum + given[step], 0);
  const lines = unknownLines.map((line) => figure(line)).join(', ');
  return [
    ...hang('', say.recorded(known, added, progress.incident)),
    ...(unknown === 0
      ? []
      : hang('', say.unknown(unknown, unknown > unknownLines.length ? `${lines}, …` : lines))),
    '',
    ...progressLines(progress, view),
  ];
}

/** How far the telling has got. */
export function noticesShowScreen(progress: NoticeProgress, view: View): string[] {
  return [
    ...hang('', words[view.language].title(progress.incident)),
    '',
    ...progressLines(progress, view),
  ];
}

function progressLines(progress: NoticeProgress, view: View): string[] {
  const say = words[view.language];
  const rows = [
    [figure(progress.references), say.referencesHeading],
    ...noticeSteps.map((step) => [figure(progress.steps[step]), say.step[step]]),
    [figure(progress.bounced), say.letterDue],
    [figure(progress.untold), say.untold],
  ];
  return [
    ...table([{ align: 'right' }, { overflow: 'wrap' }], rows, view, 2),
    '',
    ...nextLines([{ command: say.export(progress.incident) }], view),
  ];
}
