import { BinsFault } from '../bins/errors.ts';
import { csvRows } from '../bins/csv-rows.ts';
import type { CsvRow } from '../bins/csv-rows.ts';
import { unguardedCell } from '../notices/notice-cells.ts';
import { WaiversFault } from './errors.ts';
import { exceptionValues } from './waiver-exceptions.ts';
import type { ExceptionValue } from './waiver-exceptions.ts';

/** Columns by what they may be called; those of the annex of a letter, which have both languages, are among them. */
const names = {
  record: ['record', 'record reference', '管理番号', 'record reference / 管理番号'],
  order: ['order', 'order reference', '注文番号'],
  merchant: ['merchant', '加盟店'],
  exception: ['exception', '例外', 'exception / 例外'],
} as const;

type Column = keyof typeof names;
const columns = Object.keys(names) as Column[];

/** What our letter in Japanese and our screens call an exception. */
const written: Readonly<Record<string, ExceptionValue>> = {
  免除なし: 'not-waived',
  手数料を請求済み: 'fee-charged',
  手数料請求: 'fee-charged',
  返金の依頼を受付: 'refund-asked',
  '再発行済み・返金を依頼中': 'refund-asked',
};

const recordPattern = /^\d{1,10}$/;

/** A card as a person names it: by its record reference, or by an order of a merchant. */
export type NamedCard =
  { readonly record: number } | { readonly order: string; readonly merchant: string };

/** One card and what holds for it. */
export interface ExceptionLine {
  /** Of the table, or the place among arguments, from 1. */
  readonly line: number;
  readonly card: NamedCard;
  readonly exception: ExceptionValue;
}

/** The number of a record reference; undefined for what is none. */
export function recordOf(text: string): number | undefined {
  return recordPattern.test(text) ? Number(text) : undefined;
}

/**
 * Reads a table with a column `record` or `order`, and `merchant` and `exception` where there are such, in any order,
 * other columns not looked at. `exception` holds for lines that name none; with neither a line is passed over, such as
 * one of an annex that was filled in for some cards.
 *
 * Throws `exceptions-malformed` with line and column.
 */
export function* parseExceptionLines(
  text: string,
  exception: ExceptionValue | undefined,
): Generator<ExceptionLine> {
  const rows = readable(text);
  const header = rows.next();
  if (header.done === true) throw malformed(1, 'record');
  const places = placesIn(header.value);
  for (const { line, fields } of rows) {
    const cell = (column: Column): string =>
      unguardedCell((fields[places[column]] ?? '').trim()).normalize('NFKC');
    const own = exceptionIn(cell('exception'), line) ?? exception;
    if (own === undefined) continue;
    yield { line, card: cardIn(cell, line), exception: own };
  }
}

function exceptionIn(word: string, line: number): ExceptionValue | undefined {
  if (word === '') return undefined;
  const found =
    exceptionValues.find((value) => value === word) ??
    (Object.hasOwn(written, word) ? written[word] : undefined);
  if (found === undefined) throw malformed(line, 'exception');
  return found;
}

function cardIn(cell: (column: Column) => string, line: number): NamedCard {
  const record = cell('record');
  if (record !== '') {
    const number = recordOf(record);
    if (number === undefined) throw malformed(line, 'record');
    return { record: number };
  }
  const order = cell('order');
  if (order === '') throw malformed(line, 'record');
  return { order, merchant: cell('merchant') };
}

function* readable(text: string): Generator<CsvRow> {
  try {
    yield* csvRows(text);
  } catch (error) {
    if (error instanceof BinsFault) throw malformed(Number(error.facts['line'] ?? 1), 'quotes');
    throw error;
  }
}

/** -1 for a column that is not there. */
function placesIn({ fields, line }: CsvRow): Record<Column, number> {
  const folded = fields.map((field) => field.normalize('NFKC').trim().toLowerCase());
  const places = Object.fromEntries(
    columns.map((column) => [
      column,
      folded.findIndex((field) => names[column].some((name) => name === field)),
    ]),
  ) as Record<Column, number>;
  if (places.record < 0 && places.order < 0) throw malformed(line, 'record');
  return places;
}

function malformed(line: number, column: string): WaiversFault {
  return new WaiversFault('exceptions-malformed', { line, column });
}
