// The clear file of a batch as its profile says, put together from strings: slow, plain, and knowing nothing of the code
// that writes the real one.

import type { Profile } from '../../src/domain/formats/profile.ts';

type Cell = Profile['columns'][number];

/** A card as strings; `expiry` is year × 100 + month, 0 for none; moments in milliseconds, NaN for none. */
export interface WrittenCard {
  readonly digits: string;
  readonly brand: string;
  readonly issuer: string;
  readonly expiry: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly orderReference: string | undefined;
  readonly recordReference: number;
}

/** Texts of the batch by field name, such as `mode` or `case_number`, and when it was made. */
export interface WrittenBatch {
  readonly texts: Readonly<Record<string, string>>;
  readonly createdAt: number;
}

/** A cell before it is framed, and whether it is a text from outside; undefined is an empty one. */
type Value = readonly [text: string | undefined, isText: boolean];

/** The whole file. Days are days in Japan. */
export function writeNaively(
  profile: Profile,
  batch: WrittenBatch,
  cards: readonly WrittenCard[],
): Uint8Array {
  const { header, columns, trailer } = profile;
  const records = header.length + cards.length + trailer.length;
  const newline = { lf: '\n', crlf: '\r\n', none: '' }[profile.newline];
  const lines: string[] = [];
  const write = (cells: readonly Cell[], card: WrittenCard | undefined): void => {
    const sequence = String(lines.length + 1);
    const values = cells.map((cell): Value => {
      if (cell.field === 'sequence') return [sequence, false];
      if (cell.field === 'literal') return [cell.text ?? '', false];
      return card ? cardValue(cell, card) : batchValue(cell, batch, cards.length, records);
    });
    lines.push(recordOf(profile, cells, values) + newline);
  };
  for (const { cells } of header) write(cells, undefined);
  for (const card of cards) write(columns, card);
  for (const { cells } of trailer) write(cells, undefined);
  const titles = columns.map(({ title, field }): Value => [title ?? field, true]);
  const first = profile.titles ? recordOf(profile, columns, titles) + newline : '';
  const mark = profile.byte_order_mark ? '\ufeff' : '';
  return new TextEncoder().encode(mark + first + lines.join(''));
}

function cardValue({ field: name, format }: Cell, card: WrittenCard): Value {
  const field: string = name;
  const { digits, expiry, brand, issuer } = card;
  const [year, month] = [String(expiry).slice(0, 4), String(expiry).slice(4)];
  const none = expiry === 0;
  switch (field) {
    case 'pan':
      return [digits, false];
    case 'pan_length':
      return [String(digits.length).padStart(2, '0'), false];
    case 'truncated_pan':
      return [truncated(digits), false];
    case 'expiry': {
      const form = (format ?? 'MMYY').replace('MM', month).replace('YYYY', year);
      return [none ? '' : form.replace('YY', year.slice(2)), false];
    }
    case 'expiry_month':
      return [none ? '' : month, false];
    case 'expiry_year':
      return [none ? '' : format === 'YYYY' ? year : year.slice(2), false];
    case 'record_reference':
      return [String(card.recordReference).padStart(10, '0'), false];
    case 'order_reference':
      return [card.orderReference, true];
    case 'brand':
      return [brand, true];
    case 'issuer':
      return [issuer, true];
    case 'first_seen':
      return [dayOf(card.firstSeen, format), false];
    case 'last_seen':
      return [dayOf(card.lastSeen, format), false];
    default:
      throw new RangeError(`no field of a card: ${field}`);
  }
}

/** The shop's samples in reviews, and one column of profiles. */
export function truncated(digits: string): string {
  const front = digits.length >= 15 ? digits.slice(0, 6) : '';
  return front.padEnd(digits.length - 4, '*') + digits.slice(-4);
}

function batchValue(
  { field, format }: Cell,
  { texts, createdAt }: WrittenBatch,
  cards: number,
  records: number,
): Value {
  if (field === 'card_count') return [String(cards), false];
  if (field === 'record_count') return [String(records), false];
  if (field === 'created_date') return [dayOf(createdAt, format), false];
  const text = texts[field];
  if (text === undefined) throw new RangeError(`no field of a batch: ${field}`);
  return [text, true];
}

function dayOf(ms: number, format = 'YYYY-MM-DD'): string {
  if (Number.isNaN(ms)) return '';
  const [year, month, day] = new Date(ms + 9 * 3_600_000).toISOString().slice(0, 10).split('-');
  return format.replace('YYYY', year!).replace('MM', month!).replace('DD', day!);
}

function recordOf(profile: Profile, cells: readonly Cell[], values: readonly Value[]): string {
  if (profile.shape === 'fixed')
    return cells.map((cell, place) => fixedCell(profile, cell, values[place]!)).join('');
  return values.map((value) => delimitedCell(profile, value)).join(profile.delimiter ?? '');
}

function delimitedCell(
  { quoting, delimiter, charset }: Profile,
  [text = '', isText]: Value,
): string {
  if (!isText) return quoting === 'always' ? `"${text}"` : text;
  const hasSign = text.includes('"') || text.includes(delimiter ?? '\n') || text.startsWith(' ');
  const isQuoted = quoting === 'always' || (quoting === 'when-needed' && hasSign);
  const guard = /^[=+\-@\uff1d\uff0b\uff0d\uff20]/u.test(text.trimStart()) ? "'" : '';
  const plain = charset === 'ascii' ? text.replace(/[^\0-\x7f]/gu, '?') : text;
  if (isQuoted) return `"${guard}${plain.replaceAll('"', '""')}"`;
  return guard + plain.replaceAll('"', '?').replaceAll(delimiter ?? '"', '?');
}

/** Widths are bytes; a character is kept whole or not at all. */
function fixedCell({ charset }: Profile, cell: Cell, [text = '', isText]: Value): string {
  const { width = 0, align, fill } = cell;
  const bytes = (of: string): number => new TextEncoder().encode(of).length;
  let kept = charset === 'ascii' && isText ? text.replace(/[^\0-\x7f]/gu, '?') : text;
  while (bytes(kept) > width) kept = Array.from(kept).slice(0, -1).join('');
  const filling = fill.repeat(width - bytes(kept));
  return align === 'right' ? filling + kept : kept + filling;
}
