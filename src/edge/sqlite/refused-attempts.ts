import type { Transaction } from 'kysely';

import { hourOf, isRefusalTold, REFUSALS_TOLD_EACH } from '../../domain/audit/refusal-rate.ts';
import type { LeafDraft } from '../../domain/audit/leaf.ts';
import type { Tables } from './tables.ts';

/**
 * Counts an attempt that was refused, with those before it that were the same. Returns its draft, with the count where
 * it stands for several; undefined where the count alone is kept.
 */
export async function countedRefusal(
  trx: Transaction<Tables>,
  draft: LeafDraft,
  at: Date,
): Promise<LeafDraft | undefined> {
  const hour = hourOf(at);
  await trx.deleteFrom('refused_attempt').where('hour', '!=', hour).execute();
  const { attempts } = await trx
    .insertInto('refused_attempt')
    .values({ ...sameAttempt(draft), hour, attempts: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['origin', 'actor', 'asked', 'code', 'hour'])
        .doUpdateSet((eb) => ({ attempts: eb('refused_attempt.attempts', '+', 1) })),
    )
    .returning('attempts')
    .executeTakeFirstOrThrow();
  if (!isRefusalTold(attempts)) return undefined;
  if (attempts <= REFUSALS_TOLD_EACH) return draft;
  return { ...draft, data: { ...draft.data, attempts } } as LeafDraft;
}

/** What makes two attempts the same: who, from where, asked what, and why not. None hides one of another kind. */
function sameAttempt({ origin, actor, data }: LeafDraft): {
  readonly origin: string;
  readonly actor: string;
  readonly asked: string;
  readonly code: string;
} {
  const { asked, code } = data as { readonly asked: string; readonly code?: string };
  return { origin, actor, asked, code: code ?? '' };
}
