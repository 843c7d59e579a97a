import { csvRows } from '../bins/csv-rows.ts';
import type { CsvRow } from '../bins/csv-rows.ts';
import { BinsFault } from '../bins/errors.ts';
import { isInstant, isLocalDate } from '../workspace/time-fields.ts';
import { ZoneClock } from '../intake/zone-clock.ts';
import { NoticesFault } from './errors.ts';
import { unguardedCell } from './notice-cells.ts';
import { noticeStepOf } from './notice-steps.ts';
import type { NoticeStep } from './notice-steps.ts';

/** Columns by what they may be called; the names of the export in both languages are among them. */
const names = {
  reference: ['reference', 'order reference', '注文番号'],
  status: ['status', 'notice', '通知', '状態'],
  at: ['at', 'notice time', '通知日時', '日時'],
  merchant: ['merchant', '加盟店'],
} as const;

type Column = keyof typeof names;

const localPattern = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const dayMs = 86_400_000;

/** One line of a record of notices. */
export interface NoticeLine {
  /** Line of the text, from 1. */
  readonly line: number;
  readonly reference: string;
  /** Id of the merchant; '' where the line or the table says none. */
  readonly merchant: string;
  readonly step: NoticeStep;
  readonly at: Date;
}

/**
 * Reads `reference,status,at`, and `merchant` where there is such a column, in any order, other columns not looked at:
 * such as an exported list, filled in. Lines without a status are nobody's notice and passed over. Times without an
 * offset, and days, are those of the zone.
 *
 * Throws `notice-record-malformed` with line and column.
 */
export function* parseNoticeRecord(text: string, timeZone: string): Generator<NoticeLine> {
  const rows = readable(text);
  const header = rows.next();
  if (header.done === true) throw malformed(1, 'reference');
  const places = placesIn(header.value);
  const clock = new ZoneClock(timeZone);
  for (const row of rows) {
    const cell = (column: Column): string => (row.fields[places[column] ?? -1] ?? '').trim();
    const status = cell('status');
    if (status === '') continue;
    const step = noticeStepOf(status);
    const reference = unguardedCell(cell('reference')).normalize('NFKC');
    const at = momentIn(cell('at'), clock);
    if (reference === '') throw malformed(row.line, 'reference');
    if (step === undefined) throw malformed(row.line, 'status');
    if (at === undefined) throw malformed(row.line, 'at');
    yield { line: row.line, reference, merchant: cell('merchant'), step, at };
  }
}

function* readable(text: string): Generator<CsvRow> {
  try {
    yield* csvRows(text);
  } catch (error) {
    if (error instanceof BinsFault) throw malformed(Number(error.facts['line'] ?? 1), 'quotes');
    throw error;
  }
}

function placesIn({ fields, line }: CsvRow): Partial<Record<Column, number>> {
  const folded = fields.map((field) => field.normalize('NFKC').trim().toLowerCase());
  const placeOf = (column: Column): number =>
    folded.findIndex((field) => names[column].some((name) => name === field));
  for (const column of ['reference', 'status', 'at'] as const) {
    if (placeOf(column) < 0) throw malformed(line, column);
  }
  return Object.fromEntries(
    (['reference', 'status', 'at', 'merchant'] as const).map((column) => [column, placeOf(column)]),
  );
}

/** Spreadsheets write `2026/4/8 9:05` for what they were given. */
function momentIn(text: string, clock: ZoneClock): Date | undefined {
  if (isInstant(text)) return new Date(text);
  const zoneless = text.replace(/ (?:[A-Z]{3,4}|UTC[+-]\d{1,2}(?::\d{2})?)$/, '');
  const match = localPattern.exec(zoneless);
  if (match === null) return undefined;
  const [, year = '', month = '', day = '', hours = '0', minutes = '0', seconds = '0'] = match;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isLocalDate(date) || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) {
    return undefined;
  }
  const msOfDay = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return new Date(clock.toEpochMs(Date.parse(`${date}T00:00:00Z`) / dayMs, msOfDay));
}

function malformed(line: number, column: string): NoticesFault {
  return new NoticesFault('notice-record-malformed', { line, column });
}
