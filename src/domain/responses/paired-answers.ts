import { ResponsesFault } from './errors.ts';
import type { CardRow } from './standing-cards.ts';

/** Which of the two files an answer is: every card with its code, or once more those that came back. */
export const answerParts = ['all', 'rejected'] as const;
export type AnswerPart = (typeof answerParts)[number];

/** One file of a pair. */
export interface PairedAnswer {
  readonly part: AnswerPart | undefined;
  readonly rows: readonly CardRow[];
}

/**
 * How much earlier than the one that is here the other file of a pair may have been signed. Both are made at once; what
 * is older belongs to an earlier pair, and whoever can write files could bring it again.
 */
export const PAIR_WINDOW_MS = 3_600_000;

/** The last of some answers about a batch, in their order, whose other file is not here; undefined where none waits. */
export function unpaired<Answer extends Pick<PairedAnswer, 'part'>>(
  answers: readonly Answer[],
): Answer | undefined {
  let open: Answer | undefined;
  for (const answer of answers) {
    if (answer.part === undefined) continue;
    const isOther = open !== undefined && open.part !== answer.part;
    open = isOther ? undefined : answer;
  }
  return open;
}

/**
 * Two files of one pair say the same of what came back: the same cards, each for the same reason. Throws ResponsesFault
 * `response-pair-differs`.
 */
export function assertPairAgrees(batch: string, one: PairedAnswer, other: PairedAnswer): void {
  const [left, right] = [returnedIn(one.rows), returnedIn(other.rows)];
  const records = new Set([...left.keys(), ...right.keys()]);
  const differing = [...records].filter((record) => left.get(record) !== right.get(record)).length;
  if (differing > 0) throw new ResponsesFault('response-pair-differs', { batch, differing });
}

function returnedIn(rows: readonly CardRow[]): ReadonlyMap<number, string> {
  return new Map(
    rows.flatMap(({ record, saying }) =>
      saying.state === 'returned' ? [[record, saying.reason] as const] : [],
    ),
  );
}
