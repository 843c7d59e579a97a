import { brands } from '../cards/brands.ts';
import { brandIndexOfWord } from '../bins/brand-words.ts';
import { answerLines, type AnswerLine } from './answer-lines.ts';
import { ResponsesFault } from './errors.ts';

/** What a recipient says of one reference: the card behind it, or why there is none. */
export interface AnswerRow {
  /** Its record reference, as a number. */
  readonly record: number;
  /** Brand by its id, issuer ('' where not said) and last four digits; undefined where none was found. */
  readonly card?: { readonly brand: string; readonly issuer: string; readonly lastFour: string };
  /** Why none was found; '' where a card was. */
  readonly reason: string;
}

/** An answer about one batch of references (docs/formats/resolved-answer-v1.md). */
export interface ResolvedAnswer {
  readonly handoff: string;
  readonly batch: string;
  /** '' where it names none. */
  readonly nonce: string;
  readonly rows: readonly AnswerRow[];
}

const format = 'mimamori-resolved-answer';
const version = '1';
/** Without the nonce, which files of some profiles do not hold. */
const headCells = 5;
const rowCells = 7;
const issuerCharactersMax = 100;
const reasonCharactersMax = 200;

/**
 * Reads a resolved answer. It comes from outside: at most `ANSWER_BYTES_MAX`, lines of at most `LINE_BYTES_MAX`, no
 * control character, and no card number anywhere, which is looked for in the bytes before any of them becomes text.
 *
 * Throws ResponsesFault `response-too-large`, `response-holds-card`, `response-digits`, `response-malformed`,
 * `response-count-differs`.
 */
export function parseResolvedAnswer(bytes: Uint8Array): ResolvedAnswer {
  const lines = answerLines(bytes);
  const head = lines.shift();
  const [kind, name, numbered, handoff, batch, nonce = ''] = head?.cells ?? [];
  const isHead = kind === 'H' && name === format && numbered === version;
  const extra = (head?.cells.length ?? 0) - headCells;
  if (head === undefined || !isHead || extra < 0 || extra > 1) throw malformed(head, 0);
  const trailer = lines.pop();
  const [end, announced = ''] = trailer?.cells ?? [];
  if (trailer === undefined || end !== 'T' || !/^\d{1,8}$/.test(announced)) {
    throw malformed(trailer ?? head, 0);
  }
  const rows = lines.map(rowOf);
  if (Number(announced) !== rows.length) {
    throw new ResponsesFault('response-count-differs', {
      announced: Number(announced),
      found: rows.length,
    });
  }
  return { handoff: idOf(head, handoff, 4), batch: idOf(head, batch, 5), nonce, rows };
}

function idOf(head: AnswerLine, text: string | undefined, column: number): string {
  if (text === undefined || !/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text)) {
    throw malformed(head, column);
  }
  return text;
}

function rowOf(line: AnswerLine): AnswerRow {
  const { cells } = line;
  const [kind, reference = '', status, brand = '', issuer = '', lastFour = '', reason = ''] = cells;
  if (kind !== 'D' || cells.length !== rowCells) throw malformed(line, 0);
  if (!/^\d{10}$/.test(reference)) throw malformed(line, 2);
  const record = Number(reference);
  if (status === 'resolved') {
    const index = brandIndexOfWord(brand) ?? 0;
    if (index === 0) throw malformed(line, 4);
    if (issuer.length > issuerCharactersMax) throw malformed(line, 5);
    if (!/^\d{4}$/.test(lastFour)) throw malformed(line, 6);
    if (reason !== '') throw malformed(line, 7);
    return { record, card: { brand: brands[index]!.id, issuer, lastFour }, reason: '' };
  }
  if (status !== 'not-found') throw malformed(line, 3);
  const stray = [brand, issuer, lastFour].findIndex((cell) => cell !== '');
  if (stray >= 0) throw malformed(line, 4 + stray);
  if (reason === '' || reason.length > reasonCharactersMax) throw malformed(line, 7);
  return { record, reason };
}

function malformed(line: AnswerLine | undefined, column: number): ResponsesFault {
  return new ResponsesFault('response-malformed', { line: line?.number ?? 1, column });
}
