import { holdsGluedCard } from '../cards/glued-card.ts';
import { holdsPlace } from '../recalls/recalled-runs.ts';
import type { AnswerCell, AnswerFormat } from './answer-format.ts';
import type { AnswerLine } from './answer-lines.ts';
import { answerRecords } from './answer-records.ts';
import { ResponsesFault } from './errors.ts';
import type { AnswerPart } from './paired-answers.ts';
import type { CardRow, CardSayings } from './standing-cards.ts';

/** An answer about one batch of cards (docs/formats/card-answer.md). */
export interface CardAnswer extends CardSayings {
  /** As its header says; undefined where the format does not tell. */
  readonly handoff: string | undefined;
  readonly batch: string | undefined;
  readonly mode: 'drill' | 'live' | undefined;
  /** '' where it names none; undefined where the format has no place for it. */
  readonly nonce: string | undefined;
  /** Which of two files it is; undefined for one that stands alone. */
  readonly part: AnswerPart | undefined;
  /** Their running number of it. */
  readonly sequence: number | undefined;
  /** The running number that they expect our next file to have. */
  readonly nextExpected: number | undefined;
}

/** What is known of the batch that is answered. */
export interface AnsweredList {
  readonly firstReference: number;
  readonly cards: number;
  /** Names of its file, here and at the recipient, and SHA-256 of its sealed bytes in hex. */
  readonly names: readonly string[];
  readonly sha256: string;
  /** Of a recall file, whose records are only some behind the first: their places, as `runsOf` has them. */
  readonly runs?: Uint8Array;
}

const modes: Readonly<Record<string, 'drill' | 'live'>> = { TEST: 'drill', LIVE: 'live' };

/**
 * Reads an answer about cards in the format of its recipient, under the limits of `answerRecords`. Every cell has to be
 * what the format says, every code known, every record of the batch and named once: else it is an answer to something
 * else, or made wrongly. `list`: of the batch that it names; undefined for an answer that names none, of which only its
 * form is told.
 *
 * Throws ResponsesFault `response-too-large`, `response-holds-card`, `response-digits`, `response-malformed`,
 * `response-code-unknown`, `response-of-other`, `response-count-differs`, `response-contradicts`.
 */
export function parseCardAnswer(
  bytes: Uint8Array,
  format: AnswerFormat,
  list: AnsweredList | undefined,
): CardAnswer {
  try {
    return parsed(bytes, format, list);
  } catch (error) {
    const isOdd = error instanceof ResponsesFault && format.shape === 'fixed';
    // Nothing divides its places: a number beside other digits is not found where numbers are looked for.
    if (isOdd && holdsGluedCard(bytes)) {
      throw new ResponsesFault('response-holds-card', error.facts, error);
    }
    throw error;
  }
}

function parsed(
  bytes: Uint8Array,
  format: AnswerFormat,
  list: AnsweredList | undefined,
): CardAnswer {
  const known = list === undefined ? [] : [...list.names, list.sha256];
  const records = answerRecords(bytes, format, known);
  const { length } = format.trailer;
  const [head] = records;
  if (head === undefined || records.length <= length) throw malformed(head, 0);
  const lines = records.slice(1, records.length - length);
  const sheet = fieldsOf(withNonce(head, format), format.header);
  for (const [at, cells] of format.trailer.entries()) {
    Object.assign(sheet, fieldsOf(records[records.length - length + at]!, cells));
  }
  assertCounted(head, sheet, format, lines);
  const mode = own(modes, sheet['mode']);
  if (sheet['mode'] !== undefined && mode === undefined) throw malformed(head, 0);
  const part = own(format.parts ?? {}, sheet['part']);
  if (format.parts !== undefined && part === undefined) throw malformed(head, 0);
  const rows = lines.map((line) => rowOf(line, format, part));
  if (list !== undefined) {
    assertOfFile(head, sheet, list);
    assertOfList(rows, lines, list);
  }
  return {
    ...{ handoff: sheet['handoff'], batch: sheet['batch'], mode, part, nonce: sheet['nonce'] },
    ...numbersOf(head, sheet),
    ...{ rest: restOf(head, sheet['rest'], format), rows },
  };
}

/** Behind everything else in lines a nonce may be left out: files of some profiles hold none. */
function withNonce(head: AnswerLine, { shape, header }: AnswerFormat): AnswerLine {
  const last = header.at(-1)!;
  const isMissing =
    shape === 'delimited' &&
    'field' in last &&
    last.field === 'nonce' &&
    head.cells.length === header.length - 1;
  return isMissing ? { ...head, cells: [...head.cells, ''] } : head;
}

function fieldsOf(line: AnswerLine, cells: readonly AnswerCell[]): Record<string, string> {
  if (line.cells.length !== cells.length) throw malformed(line, 0);
  const fields: Record<string, string> = {};
  for (const [at, cell] of cells.entries()) {
    const text = line.cells[at]!;
    if ('literal' in cell && cell.literal !== text) throw malformed(line, at + 1);
    if ('field' in cell && cell.field !== 'free') fields[cell.field] = text;
  }
  return fields;
}

function assertCounted(
  head: AnswerLine,
  { count }: Readonly<Record<string, string>>,
  format: AnswerFormat,
  lines: readonly AnswerLine[],
): void {
  if (format.line === undefined) {
    if (lines.length > 0) throw malformed(lines[0], 0);
    return;
  }
  if (!isCount(count)) throw malformed(head, 0);
  if (Number(count) === lines.length) return;
  throw new ResponsesFault('response-count-differs', {
    announced: Number(count),
    found: lines.length,
  });
}

/** At most six digits, filled with zeros to ten: both together are kept, and hold no card number. */
function numbersOf(
  head: AnswerLine,
  sheet: Readonly<Record<string, string>>,
): Pick<CardAnswer, 'sequence' | 'nextExpected'> {
  const [sequence, next, last] = ['sequence', 'next_expected', 'last_received'].map((field) => {
    const text = sheet[field];
    if (text !== undefined && !/^0{0,4}\d{1,6}$/.test(text)) throw malformed(head, 0);
    return text === undefined ? undefined : Number(text);
  });
  return { sequence, nextExpected: next ?? (last === undefined ? undefined : last + 1) };
}

/** Also one filled with zeros to ten digits. */
function isCount(text: string | undefined): text is string {
  return text !== undefined && /^0{0,2}\d{1,8}$/.test(text);
}

/** Throws where it names another file than that of the batch, or other cards than were in it. */
function assertOfFile(
  head: AnswerLine,
  { file_name: name, file_digest: digest, cards }: Readonly<Record<string, string>>,
  list: AnsweredList,
): void {
  const isOther =
    (name !== undefined && !list.names.includes(name)) ||
    (digest !== undefined && digest !== list.sha256);
  if (isOther) throw new ResponsesFault('response-of-other', { what: 'file' });
  if (cards === undefined) return;
  if (!isCount(cards)) throw malformed(head, 0);
  if (Number(cards) === list.cards) return;
  throw new ResponsesFault('response-count-differs', {
    what: 'cards',
    announced: Number(cards),
    found: list.cards,
  });
}

function restOf(
  head: AnswerLine,
  word: string | undefined,
  { rest }: AnswerFormat,
): CardSayings['rest'] {
  const said = 'always' in rest ? rest.always : own(rest.words, word);
  if (said === undefined) throw malformed(head, 0);
  return said === 'none' ? undefined : said;
}

function rowOf(line: AnswerLine, format: AnswerFormat, part: AnswerPart | undefined): CardRow {
  const { record = '', code } = fieldsOf(line, format.line ?? []);
  if (!/^\d{10}$/.test(record)) throw malformed(line, 2);
  const saying = own(format.codes, code);
  // A card that was taken has no place among those that came back.
  if (saying === undefined || (part === 'rejected' && saying.state !== 'returned')) {
    throw new ResponsesFault('response-code-unknown', { line: line.number });
  }
  return { record: Number(record), saying };
}

function own<Value>(words: Readonly<Record<string, Value>>, word = ''): Value | undefined {
  return Object.hasOwn(words, word) ? words[word] : undefined;
}

function assertOfList(
  rows: readonly CardRow[],
  lines: readonly AnswerLine[],
  list: AnsweredList,
): void {
  const seen = new Set<number>();
  const counts = { duplicates: 0, unknown: 0, differing: 0 };
  let line = 0;
  for (const [at, { record }] of rows.entries()) {
    const isUnknown = !isOn(list, record);
    const isSecond = seen.has(record);
    seen.add(record);
    if (isUnknown) counts.unknown += 1;
    else if (isSecond) counts.duplicates += 1;
    if ((isUnknown || isSecond) && line === 0) line = lines[at]!.number;
  }
  if (line > 0) throw new ResponsesFault('response-contradicts', { ...counts, line });
}

function isOn({ firstReference, cards, runs }: AnsweredList, record: number): boolean {
  const place = record - firstReference;
  return place >= 0 && (runs === undefined ? place < cards : holdsPlace(runs, place));
}

function malformed(line: AnswerLine | undefined, column: number): ResponsesFault {
  return new ResponsesFault('response-malformed', { line: line?.number ?? 1, column });
}
