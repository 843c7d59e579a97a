import type { Selectable } from 'kysely';

import type { CardCounts, CardRow, CardSayings } from '../../domain/responses/standing-cards.ts';
import type {
  CardAnswerRow,
  CardSettlement,
  NewCardAnswer,
} from '../../exchange/responses/card-answers.ts';
import type { Tables } from './tables.ts';

export type Answer = Selectable<Tables['card_answer']>;
export type Settled = Selectable<Tables['card_answer_settled']> & { text: string | null };

export function storedAnswer(leaf: number, answer: NewCardAnswer): Answer {
  const { batch, format, sha256, contentSha256, bytes, fingerprint, signedAt } = answer;
  const { importedAt, officer, rest, named, changed, contradicted, standing } = answer;
  return {
    ...{ leaf, batch, format, sha256, content_sha256: contentSha256, bytes, officer },
    ...{ fingerprint: fingerprint ?? null, signed_at: signedAt?.getTime() ?? null },
    ...{ imported_at: importedAt.getTime(), rest: rest ?? null, named, changed, contradicted },
    ...{ part: answer.part ?? null, sequence: answer.sequence ?? null },
    ...{ starts_again: answer.startsAgain === true ? 1 : 0 },
    ...{ next_expected: answer.nextExpected ?? null, nonce_differs: answer.nonceDiffers ?? null },
    standing: JSON.stringify(standing),
  };
}

export function storedRow(
  answer: number,
  batch: string,
  { record, saying }: CardRow,
): Tables['card_answer_row'] {
  const reason = saying.state === 'returned' ? saying.reason : null;
  return { answer, batch, record, state: saying.state, reason };
}

export function answerOf(
  row: Answer,
): Omit<CardAnswerRow, 'handoff' | 'incident' | 'recipient' | 'answeredBy'> {
  const { batch, format, sha256, bytes, officer, named, changed, contradicted } = row;
  return {
    ...{ batch, format, sha256, contentSha256: row.content_sha256, bytes, officer },
    fingerprint: row.fingerprint ?? undefined,
    signedAt: row.signed_at === null ? undefined : new Date(row.signed_at),
    importedAt: new Date(row.imported_at),
    rest: (row.rest ?? undefined) as CardSayings['rest'],
    ...{ named, changed, contradicted },
    ...{ part: row.part ?? undefined, sequence: row.sequence ?? undefined },
    ...{ startsAgain: row.starts_again === 1, nextExpected: row.next_expected ?? undefined },
    standing: JSON.parse(row.standing) as CardCounts,
  };
}

export function settlementOf(row: Settled): CardSettlement {
  const { unanswered, returned, refused, officer, settled_at: settledAt, text } = row;
  return {
    ...{ unanswered, returned, refused, officer, settledAt: new Date(settledAt) },
    reason: text ?? undefined,
  };
}
