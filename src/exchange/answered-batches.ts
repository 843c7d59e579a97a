import type { AnswerRow } from '../domain/responses/resolved-answer.ts';
import type { BatchRow } from './handoff-register.ts';
import type { ResponseRegister, Settlement } from './response-register.ts';

/** References of one brand and issuer, as the recipient resolved them. */
export interface ResolvedCount {
  readonly brand: string;
  /** '' where the answer says none. */
  readonly issuer: string;
  readonly references: number;
}

/** How far a batch of references is answered. */
export interface AnsweredBatch {
  readonly batch: string;
  readonly recipient: string;
  readonly references: number;
  readonly resolved: number;
  readonly notFound: number;
  /** What nobody has settled yet: references without an answer, and those that were not found. */
  readonly open: { readonly unanswered: number; readonly notFound: number };
  readonly settlement: Settlement | undefined;
  /** Largest first. */
  readonly issuers: readonly ResolvedCount[];
}

/** The batches of references among these, with what counts of their answers; none for batches of cards. */
export async function answeredBatches(
  responses: Pick<ResponseRegister, 'answersOf' | 'settled'>,
  batches: readonly BatchRow[],
): Promise<readonly AnsweredBatch[]> {
  const ofReferences = batches.filter(({ subject }) => subject === 'references');
  return Promise.all(
    ofReferences.map(async ({ id, recipient, cards }) => {
      const rows = await responses.answersOf(id);
      const resolved = rows.filter(({ card }) => card !== undefined).length;
      const notFound = rows.length - resolved;
      const settled = await responses.settled(id);
      return {
        ...{ batch: id, recipient, references: cards, resolved },
        notFound,
        open: {
          unanswered: settled === undefined ? cards - rows.length : 0,
          notFound: settled?.notFoundSince ?? notFound,
        },
        settlement: settled?.settlement,
        issuers: countByIssuer(rows),
      };
    }),
  );
}

function countByIssuer(rows: readonly AnswerRow[]): readonly ResolvedCount[] {
  const counts = new Map<string, ResolvedCount>();
  for (const { card } of rows) {
    if (card === undefined) continue;
    const { brand, issuer } = card;
    const key = `${brand}\n${issuer}`;
    counts.set(key, { brand, issuer, references: (counts.get(key)?.references ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.references - a.references);
}
