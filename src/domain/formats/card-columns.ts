import { packedLength, PACKED_PAN_BYTES } from '../cards/packed-pan.ts';
import { putFour, putPacked, putTen, putTwo } from './ascii-digits.ts';
import type { CardBlock } from './card-block.ts';
import type { CardStep, ExpiryForm, FieldStep } from './card-steps.ts';
import { FormatsFault } from './errors.ts';
import type { NameTexts } from './name-texts.ts';
import { putReferenceField } from './reference-columns.ts';

const ASTERISK = 0x2a;
const REFERENCE_MAX = 9_999_999_999;

/**
 * Writes one step for all cards of a block, each at its place in `block.at`, which moves on. Throws `number-too-large`
 * for a record reference of more than ten digits.
 */
export function putColumn(step: CardStep, block: CardBlock): void {
  switch (step.field) {
    case 'bytes':
      putSame(block, step.bytes);
      break;
    case 'pan':
      putNumbers(block);
      break;
    case 'pan_length':
      putNumberLengths(block);
      break;
    case 'truncated_pan':
      putTruncated(block);
      break;
    case 'expiry':
      putExpiry(block, step.expiry);
      break;
    case 'expiry_month':
      putMonths(block);
      break;
    case 'expiry_year':
      putYears(block, step.expiry.isLongYear);
      break;
    case 'record_reference':
      putReferences(block);
      break;
    case 'order_reference':
      putTexts(block);
      break;
    case 'brand':
      putBrands(block, step.names);
      break;
    case 'issuer':
      putIssuers(block, step.names);
      break;
    case 'first_seen':
    case 'last_seen':
      putDays(block, step);
      break;
    case 'sequence':
      putSequence(block);
      break;
    case 'reference_kind':
    case 'last_four':
    case 'matched_windows':
    case 'merchant':
      putReferenceField(step, block);
  }
}

function putSame({ into, at, count }: CardBlock, same: Uint8Array): void {
  const { bytes } = into;
  if (same.length > 2) {
    for (let i = 0; i < count; i += 1) at[i] = copied(same, bytes, at[i]!);
    return;
  }
  const first = same[0]!;
  const second = same[1];
  for (let i = 0; i < count; i += 1) {
    const to = at[i]!;
    bytes[to] = first;
    if (second !== undefined) bytes[to + 1] = second;
    at[i] = to + same.length;
  }
}

function putNumbers({ view, at, cards, first, count }: CardBlock): void {
  const { order, columns } = cards;
  const { packed } = columns;
  for (let i = 0; i < count; i += 1) {
    at[i] = putPacked(view, at[i]!, packed, order[first + i]! * PACKED_PAN_BYTES);
  }
}

function putNumberLengths({ view, at, cards, first, count }: CardBlock): void {
  const { order, columns } = cards;
  for (let i = 0; i < count; i += 1) {
    const length = packedLength(columns.packed, order[first + i]! * PACKED_PAN_BYTES);
    putTwo(view, at[i]!, length);
    at[i]! += 2;
  }
}

/** First 6 and last 4 of 15 to 19 digits, last 4 of shorter ones: the one form of truncation (PCI DSS v4 req. 3.5.1). */
function putTruncated({ into, view, at, cards, first, count }: CardBlock): void {
  const { order, columns } = cards;
  for (let i = 0; i < count; i += 1) {
    const from = at[i]!;
    const end = putPacked(view, from, columns.packed, order[first + i]! * PACKED_PAN_BYTES);
    const keptInFront = end - from >= 15 ? 6 : 0;
    for (let to = from + keptInFront; to < end - 4; to += 1) into.bytes[to] = ASTERISK;
    at[i] = end;
  }
}

function putExpiry({ view, at, cards, first, count }: CardBlock, form: ExpiryForm): void {
  const { order, columns } = cards;
  const { expiry } = columns;
  const { isYearFirst, isLongYear, separator, length } = form;
  const yearBytes = isLongYear ? 4 : 2;
  const separatorBytes = separator < 0 ? 0 : 1;
  const yearAt = isYearFirst ? 0 : 2 + separatorBytes;
  const monthAt = isYearFirst ? yearBytes + separatorBytes : 0;
  const separatorAt = isYearFirst ? yearBytes : 2;
  for (let i = 0; i < count; i += 1) {
    const months = expiry[order[first + i]!]!;
    if (months === 0) continue;
    const to = at[i]!;
    putYear(view, to + yearAt, months, isLongYear);
    if (separatorBytes > 0) view.setUint8(to + separatorAt, separator);
    putTwo(view, to + monthAt, (months % 12) + 1);
    at[i] = to + length;
  }
}

function putMonths({ view, at, cards, first, count }: CardBlock): void {
  const { order, columns } = cards;
  for (let i = 0; i < count; i += 1) {
    const months = columns.expiry[order[first + i]!]!;
    if (months === 0) continue;
    putTwo(view, at[i]!, (months % 12) + 1);
    at[i]! += 2;
  }
}

function putYears({ view, at, cards, first, count }: CardBlock, isLong: boolean): void {
  const { order, columns } = cards;
  for (let i = 0; i < count; i += 1) {
    const months = columns.expiry[order[first + i]!]!;
    if (months === 0) continue;
    putYear(view, at[i]!, months, isLong);
    at[i]! += isLong ? 4 : 2;
  }
}

function putYear(view: DataView, at: number, months: number, isLong: boolean): void {
  const year = (months / 12) | 0;
  if (isLong) putFour(view, at, year);
  else putTwo(view, at, year % 100);
}

function putReferences(block: CardBlock): void {
  const { view, at, cards, first, count } = block;
  const reference = cards.firstReference + first;
  if (!(reference >= 0 && reference + count - 1 <= REFERENCE_MAX)) {
    block.current = Math.max(0, REFERENCE_MAX + 1 - reference);
    throw new FormatsFault('number-too-large', { field: 'record_reference' });
  }
  for (let i = 0; i < count; i += 1) {
    putTen(view, at[i]!, reference + i);
    at[i]! += 10;
  }
}

function putTexts({ into, at, texts, textEnds, count }: CardBlock): void {
  const { bytes } = into;
  const from = texts.bytes;
  let start = 0;
  for (let i = 0; i < count; i += 1) {
    const end = textEnds[i]!;
    let to = at[i]!;
    for (; start < end; start += 1) bytes[to++] = from[start]!;
    at[i] = to;
  }
}

function putBrands(block: CardBlock, names: NameTexts): void {
  const { into, at, cards, first, count } = block;
  const { order, columns } = cards;
  for (let i = 0; i < count; i += 1) {
    block.current = i;
    at[i] = copied(names.of(columns.brand[order[first + i]!]!), into.bytes, at[i]!);
  }
}

function putIssuers(block: CardBlock, names: NameTexts): void {
  const { into, at, cards, first, count } = block;
  let run = 0;
  for (let i = 0; i < count; i += 1) {
    while (first + i >= cards.issuers[run]!.end) run += 1;
    block.current = i;
    at[i] = copied(names.of(run), into.bytes, at[i]!);
  }
}

function putDays({ into, at, cards, first, count }: CardBlock, { field, days }: FieldStep): void {
  const { order, columns } = cards;
  const seen = field === 'first_seen' ? columns.firstSeen : columns.lastSeen;
  for (let i = 0; i < count; i += 1) {
    at[i] = days.put(into.bytes, at[i]!, seen[order[first + i]!]!);
  }
}

function putSequence({ into, at, before, first, count }: CardBlock): void {
  const { length } = into;
  for (let i = 0; i < count; i += 1) {
    into.length = at[i]!;
    into.putNumber(before + first + i + 1);
    at[i] = into.length;
  }
  into.length = length;
}

/** Short ones, a byte at a time: a call into the engine would take longer. */
function copied(from: Uint8Array, into: Uint8Array, at: number): number {
  const { length } = from;
  for (let i = 0; i < length; i += 1) into[at + i] = from[i]!;
  return at + length;
}
