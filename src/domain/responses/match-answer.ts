import type { AnswerRow } from './resolved-answer.ts';
import { ResponsesFault } from './errors.ts';

/** What was handed over under a record reference, as far as the shop knew it. */
export interface SentReference {
  /** '' where none was said. */
  readonly brand: string;
  readonly lastFour: string;
}

/** What an answer comes to, in references. */
export interface MatchedAnswer {
  readonly resolved: number;
  readonly notFound: number;
  /** Said otherwise by an earlier answer; this one counts from now on. */
  readonly changed: number;
  /** Brand or last four digits are others than the shop's own, which a person accepted. */
  readonly differing: number;
}

/** The references of one batch: the first record reference, and each in its order. */
export interface SentBatch {
  readonly firstReference: number;
  readonly references: readonly SentReference[];
}

/**
 * Matches the rows of an answer with the references of its batch. An answer may be partial. A row for a reference that was
 * not sent, a second row for one, and one that contradicts what the shop knows (unless `acceptDiffering`) refuse all of it:
 * then it is an answer to something else, or made wrongly.
 *
 * Throws ResponsesFault `response-contradicts`.
 */
export function matchAnswer(
  rows: readonly AnswerRow[],
  sent: SentBatch,
  earlier: ReadonlyMap<number, AnswerRow>,
  acceptDiffering: boolean,
): MatchedAnswer {
  const seen = new Set<number>();
  const counts = { duplicates: 0, unknown: 0, differing: 0, changed: 0, resolved: 0, notFound: 0 };
  let firstWrong = 0;
  for (const [at, row] of rows.entries()) {
    const reference = sent.references[row.record - sent.firstReference];
    const isSecond = seen.has(row.record);
    const differs = reference !== undefined && contradicts(row, reference);
    seen.add(row.record);
    if (row.card === undefined) counts.notFound += 1;
    else counts.resolved += 1;
    if (reference === undefined) counts.unknown += 1;
    else if (isSecond) counts.duplicates += 1;
    else if (differs) counts.differing += 1;
    const before = earlier.get(row.record);
    if (before !== undefined && !isSame(before, row)) counts.changed += 1;
    const isWrong = reference === undefined || isSecond || (differs && !acceptDiffering);
    // Rows stand behind the header.
    if (isWrong && firstWrong === 0) firstWrong = at + 2;
  }
  const { duplicates, unknown, differing } = counts;
  if (firstWrong > 0) {
    throw new ResponsesFault('response-contradicts', {
      ...{ duplicates, unknown, differing, line: firstWrong },
    });
  }
  const { resolved, notFound, changed } = counts;
  return { resolved, notFound, changed, differing };
}

/** Whoever can write a file must not change what was signed. Throws ResponsesFault `response-over-signed`. */
export function assertNotOverSigned(
  batch: string,
  answer: { readonly isSigned: boolean; readonly changed: number },
  standing: { readonly isSigned: boolean },
): void {
  const { isSigned, changed } = answer;
  if (isSigned || changed === 0 || !standing.isSigned) return;
  throw new ResponsesFault('response-over-signed', { batch, differing: changed });
}

function contradicts({ card }: AnswerRow, { brand, lastFour }: SentReference): boolean {
  if (card === undefined) return false;
  return (brand !== '' && brand !== card.brand) || (lastFour !== '' && lastFour !== card.lastFour);
}

function isSame(one: AnswerRow, other: AnswerRow): boolean {
  return (
    one.reason === other.reason &&
    one.card?.brand === other.card?.brand &&
    one.card?.issuer === other.card?.issuer &&
    one.card?.lastFour === other.card?.lastFour
  );
}
