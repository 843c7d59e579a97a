import type { AnswerCell, AnswerFormat } from './answer-format.ts';
import { ResponsesFault } from './errors.ts';
import type { PlainLine } from './plain-cells.ts';

/** One text, or white space between two signs. */
const textOrSpace = /("(?:[^"\\]|\\.)*")|[ \t\r\n]+/g;

/**
 * Reads an answer in JSON as the records that its format names: the members of the object as header and trailer, the
 * list of cards as lines. ASCII without `\u`: a digit in another form could hide behind one. A member that the format
 * does not name, that stands there twice or is missing, makes it no answer; values are texts, or whole numbers.
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
  const decoded = new TextDecoder('latin1').decode(bytes);
  if (!bytes.every(isPlain) || decoded.includes('\\u')) throw malformed(0);
  // Some programs escape a slash (PHP's json_encode does): it says the same.
  const text = decoded.replaceAll(/\\(.)/g, (pair, sign: string) => (sign === '/' ? sign : pair));
  try {
    const value: unknown = JSON.parse(text);
    // A member that stands there twice is read once, and numbers may be rounded: then it is not what was written.
    if (JSON.stringify(value) === text.replaceAll(textOrSpace, '$1')) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
  }
  throw malformed(0);
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
