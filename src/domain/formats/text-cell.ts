import { encodeCp932 } from './cp932.ts';
import { FormatsFault } from './errors.ts';
import type { Field } from './fields.ts';
import type { Profile } from './profile.ts';
import type { RecordBuffer } from './record-buffer.ts';

/** Longest text of a delimited cell, in bytes before quoting. */
export const TEXT_BYTES_MAX = 1024;

const SPACE = 0x20;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const QUESTION_MARK = 0x3f;
const DELETE = 0x7f;

/** The texts of one profile: what its charset and its quoting allow. */
export type TextRules = Pick<Profile, 'shape' | 'charset' | 'quoting' | 'unencodable'> & {
  /** ASCII code; -1 when the profile has none. */
  readonly delimiterByte: number;
};

/**
 * Writes one text (UTF-8) as a cell.
 *
 * Control characters become spaces: a line end inside an order reference must not start a record. In delimited
 * profiles a text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV Injection").
 * Throws `text-not-encodable` for characters that the profile cannot write, `text-too-long` above `TEXT_BYTES_MAX`.
 */
export function writeText(
  into: RecordBuffer,
  text: Uint8Array,
  rules: TextRules,
  field: Field,
): void {
  putText(into, text, 0, text.length, rules, field);
}

/** `writeText` for `bytes[start, end)`. Most texts are plain: they are copied as they stand. */
export function putText(
  into: RecordBuffer,
  bytes: Uint8Array,
  start: number,
  end: number,
  rules: TextRules,
  field: Field,
): void {
  if (end - start > TEXT_BYTES_MAX) {
    throw new FormatsFault('text-too-long', { field, bytesMax: TEXT_BYTES_MAX });
  }
  if (rules.quoting !== 'always' && isPlain(bytes, start, end, rules.delimiterByte)) {
    const to = into.bytes;
    let at = into.length;
    for (let from = start; from < end; from += 1) to[at++] = bytes[from]!;
    into.length = at;
  } else {
    writeGuarded(into, bytes.subarray(start, end), rules, field);
  }
}

/** Whether every rule leaves the text alone: printable ASCII without delimiter and quote, and a harmless beginning. */
function isPlain(bytes: Uint8Array, start: number, end: number, delimiter: number): boolean {
  if (start < end && !isHarmlessFirst(bytes[start]!)) return false;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at]!;
    if (byte < SPACE || byte >= DELETE || byte === QUOTE || byte === delimiter) return false;
  }
  return true;
}

/** A letter or a digit: neither the start of a formula nor a space that needs quotes. */
function isHarmlessFirst(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || ((byte | SPACE) >= 0x61 && (byte | SPACE) <= 0x7a);
}

function writeGuarded(into: RecordBuffer, text: Uint8Array, rules: TextRules, field: Field): void {
  const isDelimited = rules.shape === 'delimited';
  const isQuoted =
    isDelimited &&
    (rules.quoting === 'always' || (rules.quoting === 'when-needed' && needsQuotes(text, rules)));
  if (isQuoted) {
    into.put(QUOTE);
  }
  if (isDelimited && looksLikeFormula(text)) {
    into.put(APOSTROPHE);
  }
  const bytes = rules.charset === 'cp932' ? recoded(text, rules, field) : text;
  for (let at = 0; at < bytes.length; at += 1) {
    writeByte(into, bytes[at]!, rules, field, isQuoted);
  }
  if (isQuoted) {
    into.put(QUOTE);
  }
}

/** The text in CP932. No second byte of a pair is a quote, a control character or a delimiter that profiles allow. */
function recoded(text: Uint8Array, rules: TextRules, field: Field): Uint8Array {
  const characters = new TextDecoder().decode(text);
  const whole = encodeCp932(characters);
  if (whole !== undefined) return whole;
  if (rules.unencodable === 'refuse') throw notEncodable(rules, field);
  return Uint8Array.from(
    Array.from(characters, (one) => Array.from(encodeCp932(one) ?? [QUESTION_MARK])).flat(),
  );
}

function writeByte(
  into: RecordBuffer,
  byte: number,
  rules: TextRules,
  field: Field,
  isQuoted: boolean,
): void {
  if (byte < SPACE || byte === DELETE) {
    into.put(SPACE);
  } else if (byte >= 0x80 && rules.charset === 'ascii') {
    // One mark per character: the bytes that follow a leading byte are passed over.
    if (byte >= 0xc0) {
      substitute(into, rules, field);
    }
  } else if (isQuoted) {
    if (byte === QUOTE) {
      into.put(QUOTE);
    }
    into.put(byte);
  } else if (rules.shape === 'delimited' && (byte === rules.delimiterByte || byte === QUOTE)) {
    substitute(into, rules, field);
  } else {
    into.put(byte);
  }
}

function substitute(into: RecordBuffer, rules: TextRules, field: Field): void {
  if (rules.unencodable === 'refuse') {
    throw notEncodable(rules, field);
  }
  into.put(QUESTION_MARK);
}

function notEncodable({ charset }: TextRules, field: Field): FormatsFault {
  return new FormatsFault('text-not-encodable', { field, charset });
}

function needsQuotes(text: Uint8Array, rules: TextRules): boolean {
  return text.includes(QUOTE) || text.includes(rules.delimiterByte) || text[0] === SPACE;
}

/** Whether the first character that is not a blank is one of = + - @ or their full-width forms (U+FF1D, 0B, 0D, 20). */
function looksLikeFormula(text: Uint8Array): boolean {
  let at = 0;
  while (at < text.length && (text[at]! <= SPACE || text[at] === DELETE)) {
    at += 1;
  }
  const first = text[at];
  if (first === 0x3d || first === 0x2b || first === 0x2d || first === 0x40) {
    return true;
  }
  const third = text[at + 2];
  return (
    first === 0xef &&
    text[at + 1] === 0xbc &&
    (third === 0x9d || third === 0x8b || third === 0x8d || third === 0xa0)
  );
}
