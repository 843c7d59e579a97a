import type { AnswerRow } from './resolved-answer.ts';

/** References of one brand and issuer, as the recipient resolved them. */
export interface ResolvedCount {
  readonly brand: string;
  /** '' where the answer says none. */
  readonly issuer: string;
  readonly references: number;
}

/** What counts of the answers about one batch. */
export interface AnswerCounts {
  readonly resolved: number;
  readonly notFound: number;
  /** Largest first. */
  readonly issuers: readonly ResolvedCount[];
}

/** Of the row that counts of each reference. */
export function countAnswers(rows: readonly AnswerRow[]): AnswerCounts {
  const counts = new Map<string, ResolvedCount>();
  let resolved = 0;
  for (const { card } of rows) {
    if (card === undefined) continue;
    resolved += 1;
    const { brand, issuer } = card;
    const key = `${brand}\n${issuer}`;
    counts.set(key, { brand, issuer, references: (counts.get(key)?.references ?? 0) + 1 });
  }
  return {
    ...{ resolved, notFound: rows.length - resolved },
    issuers: [...counts.values()].sort((a, b) => b.references - a.references),
  };
}
