import type { CardField, DateFormat, ExpiryFormat } from './fields.ts';
import { FormatsFault } from './errors.ts';
import type { LocalDays } from './local-days.ts';
import type { OutgoingCard } from './outgoing-card.ts';
import type { RecordBuffer } from './record-buffer.ts';
import { writeText, type TextRules } from './text-cell.ts';

const ZERO = 0x30;
const HYPHEN = 0x2d;
const SLASH = 0x2f;
const ASTERISK = 0x2a;
const REFERENCE_MAX = 9_999_999_999;

/** Writes one cell of the current card, without width or alignment. */
export type CardCellWriter = (into: RecordBuffer, card: OutgoingCard) => void;

/** What cells share while one file is written. */
export interface CellContext {
  readonly rules: TextRules;
  readonly days: LocalDays;
  /** UTF-8 of a name; the same few names come a million times. */
  readonly encode: (text: string) => Uint8Array;
}

/** The writer for a field of a card. `format` is one that `formatsOfField` lists. */
export function cardCell(field: CardField, format: string, context: CellContext): CardCellWriter {
  const { rules, days, encode } = context;
  switch (field) {
    case 'pan':
      return writePan;
    case 'pan_length':
      return (into, card) => {
        into.putNumber(card.length, 2);
      };
    case 'truncated_pan':
      return writeTruncated;
    case 'expiry':
      return expiryCell(format as ExpiryFormat);
    case 'expiry_month':
      return (into, card) => {
        if (card.expiry !== 0) {
          into.putNumber((card.expiry % 12) + 1, 2);
        }
      };
    case 'expiry_year':
      return (into, card) => {
        putYear(into, card, format === 'YYYY');
      };
    case 'record_reference':
      return writeReference;
    case 'order_reference':
      return (into, card) => {
        if (card.orderReference !== undefined) {
          writeText(into, card.orderReference, rules, field);
        }
      };
    case 'brand':
      return (into, card) => {
        writeText(into, encode(card.brandName), rules, field);
      };
    case 'issuer':
      return (into, card) => {
        writeText(into, encode(card.issuer), rules, field);
      };
    case 'first_seen':
      return (into, card) => {
        putDay(into, card.firstSeenMs, days, format as DateFormat);
      };
    case 'last_seen':
      return (into, card) => {
        putDay(into, card.lastSeenMs, days, format as DateFormat);
      };
  }
}

function writePan(into: RecordBuffer, card: OutgoingCard): void {
  for (let at = 0; at < card.length; at += 1) {
    into.put(ZERO + card.digits[at]!);
  }
}

function writeReference(into: RecordBuffer, card: OutgoingCard): void {
  const { reference } = card;
  if (!Number.isInteger(reference) || reference < 0 || reference > REFERENCE_MAX) {
    throw new FormatsFault('number-too-large', { field: 'record_reference' });
  }
  into.putNumber(reference, 10);
}

/** Writes the local day of an instant; nothing for an unknown one. */
export function putDay(into: RecordBuffer, ms: number, days: LocalDays, format: DateFormat): void {
  if (Number.isNaN(ms)) {
    return;
  }
  const separator = format === 'YYYY-MM-DD' ? HYPHEN : format === 'YYYY/MM/DD' ? SLASH : -1;
  const { year, month, day } = days.of(ms);
  into.putNumber(year, 4);
  if (separator >= 0) {
    into.put(separator);
  }
  into.putNumber(month, 2);
  if (separator >= 0) {
    into.put(separator);
  }
  into.putNumber(day, 2);
}

/** First 6 and last 4 of 15 to 19 digits, last 4 of shorter ones: the one form of truncation (PCI DSS v4 req. 3.5.1). */
function writeTruncated(into: RecordBuffer, card: OutgoingCard): void {
  const keptInFront = card.length >= 15 ? 6 : 0;
  for (let at = 0; at < card.length; at += 1) {
    const isKept = at < keptInFront || at >= card.length - 4;
    into.put(isKept ? ZERO + card.digits[at]! : ASTERISK);
  }
}

function expiryCell(format: ExpiryFormat): CardCellWriter {
  const isYearFirst = format.startsWith('Y');
  const isLongYear = format.startsWith('YYYY');
  const separator = format.includes('/') ? SLASH : format.includes('-') ? HYPHEN : -1;
  return (into, card) => {
    if (card.expiry === 0) {
      return;
    }
    if (isYearFirst) {
      putYear(into, card, isLongYear);
    } else {
      into.putNumber((card.expiry % 12) + 1, 2);
    }
    if (separator >= 0) {
      into.put(separator);
    }
    if (isYearFirst) {
      into.putNumber((card.expiry % 12) + 1, 2);
    } else {
      putYear(into, card, isLongYear);
    }
  };
}

function putYear(into: RecordBuffer, card: OutgoingCard, isLong: boolean): void {
  if (card.expiry !== 0) {
    const year = Math.floor(card.expiry / 12);
    into.putNumber(isLong ? year : year % 100, isLong ? 4 : 2);
  }
}
