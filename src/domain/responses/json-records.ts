import type { AnswerCell, AnswerFormat } from './answer-format.ts';
import { ResponsesFault } from './errors.ts';
import type { PlainLine } from './plain-cells.ts';

/** The object, its list, and a card in it. */
const DEPTH_MAX = 3;
const [BACKSLASH, SLASH, QUOTE] = [0x5c, 0x2f, 0x22];

/**
 * Reads an answer in JSON as the records that its format names: the members of the object as header and trailer, the
 * list of cards as lines. ASCII without `\u`: a digit in another form could hide behind one. A member that the format
 * does not name, that stands there twice or is missing, but for a nonce, makes it no answer; values are texts, or whole numbers.
 *
 * Throws `response-malformed`, whose line is the place in the list, 0 before it.
 */
export function jsonRecords(bytes: Uint8Array, format: AnswerFormat): PlainLine[] {
  const { header, trailer, line: cells = [], list } = format;
  const [last = []] = trailer;
  const top = membersOf(parsed(bytes), 0);
  const cards = list === undefined ? [] : top.get(list);
  if (list !== undefined && !Array.isArray(cards)) throw malformed(0);
  if (list !== undefined) top.delete(list);
  const nonce = [...header, ...last].find(
    (cell) => 'field' in cell && cell.field === 'nonce',
  )?.name;
  // Files of some profiles hold none that could be named.
  if (nonce !== undefined && !top.has(nonce)) top.set(nonce, '');
  const sheet = valuesOf(top, [...header, ...last], 0);
  const lines = (cards as unknown[]).map((card, at) => ({
    number: at + 1,
    cells: valuesOf(membersOf(card, at + 1), cells, at + 1),
  }));
  return [
    { number: 0, cells: sheet.slice(0, header.length) },
    ...lines,
    ...(trailer.length === 0 ? [] : [{ number: 0, cells: sheet.slice(header.length) }]),
  ];
}

function parsed(bytes: Uint8Array): unknown {
  const text = new TextDecoder('latin1').decode(bytes);
  if (!bytes.every(isPlain) || text.includes('\\u')) throw malformed(0);
  const written = asWritten(bytes);
  try {
    const value: unknown = JSON.parse(text);
    // A member that stands there twice is read once, and numbers may be rounded: then it is not what was written.
    if (JSON.stringify(value) === written) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
  }
  throw malformed(0);
}

/**
 * What was written without white space between its signs, and without the backslash that some programs put before a slash
 * (PHP's json_encode does). In one pass, and none too deep: a pattern, or the parser, would need gigabytes for an answer
 * of thirty megabytes that its sender made of signs alone.
 */
function asWritten(bytes: Uint8Array): string {
  const kept = new Uint8Array(bytes.length);
  let [length, depth, isText] = [0, 0, false];
  for (let at = 0; at < bytes.length; at += 1) {
    const sign = bytes[at]!;
    if (isText && sign === BACKSLASH) {
      if (bytes[at + 1] !== SLASH) kept[length++] = sign;
      kept[length++] = bytes[(at += 1)]!;
      continue;
    }
    if (sign === QUOTE) isText = !isText;
    if (!isText && sign <= 0x20) continue;
    if (!isText) depth += stepOf(sign);
    if (depth > DEPTH_MAX) throw malformed(0);
    kept[length++] = sign;
  }
  return new TextDecoder('latin1').decode(kept.subarray(0, length));
}

/** One deeper behind `[` and `{`, one less behind `]` and `}`. */
function stepOf(sign: number): number {
  if (sign === 0x5b || sign === 0x7b) return 1;
  return sign === 0x5d || sign === 0x7d ? -1 : 0;
}

/** Printable ASCII, tab and line ends. */
function isPlain(byte: number): boolean {
  return (byte >= 0x20 && byte <= 0x7e) || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

function membersOf(value: unknown, line: number): Map<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(line);
  return new Map(Object.entries(value));
}

function valuesOf(
  members: ReadonlyMap<string, unknown>,
  cells: readonly AnswerCell[],
  line: number,
): string[] {
  if (members.size !== cells.length) throw malformed(line);
  return cells.map(({ name = '' }) => {
    const value = members.get(name);
    if (typeof value === 'string') return value.trim();
    if (!Number.isSafeInteger(value)) throw malformed(line);
    return String(value);
  });
}

function malformed(line: number): ResponsesFault {
  return new ResponsesFault('response-malformed', { line, column: 0 });
}
