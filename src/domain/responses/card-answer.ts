import { answerLines } from './answer-lines.ts';
import type { AnswerLine } from './answer-lines.ts';
import type { AnswerFormat } from './answer-format.ts';
import { ResponsesFault } from './errors.ts';
import type { CardRow, CardSayings } from './standing-cards.ts';

/** An answer about one batch of cards (docs/formats/card-answer.md). */
export interface CardAnswer extends CardSayings {
  readonly handoff: string;
  readonly batch: string;
  /** As its header says; undefined where the format does not tell. */
  readonly mode: 'drill' | 'live' | undefined;
}

/** What is known of the batch that is answered. */
export interface AnsweredList {
  readonly firstReference: number;
  readonly cards: number;
}

const modes: Readonly<Record<string, 'drill' | 'live'>> = { TEST: 'drill', LIVE: 'live' };

/**
 * Reads an answer about cards in the format of its recipient, under the limits of `answerLines`. Every cell has to be what
 * the format says, every code known, every record of the batch and named once: else it is an answer to something else, or
 * made wrongly.
 *
 * Throws ResponsesFault `response-too-large`, `response-holds-card`, `response-digits`, `response-malformed`,
 * `response-code-unknown`, `response-count-differs`, `response-contradicts`.
 */
export function parseCardAnswer(
  bytes: Uint8Array,
  format: AnswerFormat,
  list: AnsweredList,
): CardAnswer {
  const place = (wanted: string): number =>
    format.line.findIndex((cell) => 'field' in cell && cell.field === wanted);
  const lines = answerLines(bytes, { reference: place('record'), digits: new Map() });
  const head = lines.shift();
  const trailer = lines.pop();
  if (head === undefined || trailer === undefined) throw malformed(head, 0);
  const header = fieldsOf(head, format.header);
  const { count = '' } = fieldsOf(trailer, format.trailer);
  if (!/^\d{1,8}$/.test(count)) throw malformed(trailer, 0);
  if (Number(count) !== lines.length) {
    throw new ResponsesFault('response-count-differs', {
      announced: Number(count),
      found: lines.length,
    });
  }
  const mode = own(modes, header['mode']);
  if (header['mode'] !== undefined && mode === undefined) throw malformed(head, 0);
  const rows = lines.map((line) => rowOf(line, format));
  assertOfList(rows, lines, list);
  return {
    ...{ handoff: header['handoff'] ?? '', batch: header['batch'] ?? '', mode },
    ...{ rest: restOf(head, header['rest'], format), rows },
  };
}

type Cells = AnswerFormat['header'] | AnswerFormat['line'] | AnswerFormat['trailer'];

function fieldsOf(line: AnswerLine, cells: Cells): Record<string, string> {
  if (line.cells.length !== cells.length) throw malformed(line, 0);
  const fields: Record<string, string> = {};
  for (const [at, cell] of cells.entries()) {
    const text = line.cells[at]!;
    if ('literal' in cell && cell.literal !== text) throw malformed(line, at + 1);
    if ('field' in cell && cell.field !== 'free') fields[cell.field] = text;
  }
  return fields;
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

function rowOf(line: AnswerLine, format: AnswerFormat): CardRow {
  const { record = '', code } = fieldsOf(line, format.line);
  if (!/^\d{10}$/.test(record)) throw malformed(line, 2);
  const saying = own(format.codes, code);
  if (saying === undefined)
    throw new ResponsesFault('response-code-unknown', { line: line.number });
  return { record: Number(record), saying };
}

function own<Value>(words: Readonly<Record<string, Value>>, word = ''): Value | undefined {
  return Object.hasOwn(words, word) ? words[word] : undefined;
}

function assertOfList(
  rows: readonly CardRow[],
  lines: readonly AnswerLine[],
  { firstReference, cards }: AnsweredList,
): void {
  const seen = new Set<number>();
  const counts = { duplicates: 0, unknown: 0, differing: 0 };
  let line = 0;
  for (const [at, { record }] of rows.entries()) {
    const isUnknown = record < firstReference || record >= firstReference + cards;
    const isSecond = seen.has(record);
    seen.add(record);
    if (isUnknown) counts.unknown += 1;
    else if (isSecond) counts.duplicates += 1;
    if ((isUnknown || isSecond) && line === 0) line = lines[at]!.number;
  }
  if (line > 0) throw new ResponsesFault('response-contradicts', { ...counts, line });
}

function malformed(line: AnswerLine | undefined, column: number): ResponsesFault {
  return new ResponsesFault('response-malformed', { line: line?.number ?? 1, column });
}
