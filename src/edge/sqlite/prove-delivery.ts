import type { Transaction } from 'kysely';

import type { LeafDraft } from '../../domain/audit/leaf.ts';
import { advance, mayAdvance } from '../../domain/handoff/delivery-states.ts';
import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import type { DeliveryEvidence } from '../../exchange/delivery/delivery-journal.ts';
import { appendAct } from './append-leaf.ts';
import type { LeafClock } from './append-leaf.ts';
import type { Tables } from './tables.ts';

const proofs = ['prove', 'prove-read'] as const;

/**
 * Events `prove` and `prove-read`, with their leaf: who answered about what a batch holds has it. Nothing happens in any
 * other state, and without an answer of the recipient that was signed and says something of its cards or references. Nor
 * by one that an officer accepted with another nonce than that of the file, or without it: whoever wrote it need not have
 * opened the file. A delivery that looks after the batch at this moment loses its claim.
 */
export async function proveDelivery(
  trx: Transaction<Tables>,
  clock: LeafClock,
  batch: string,
  { actor, origin }: Pick<LeafDraft, 'actor' | 'origin'>,
): Promise<void> {
  const row = await trx
    .selectFrom('batch')
    .selectAll()
    .where('id', '=', batch)
    .executeTakeFirstOrThrow();
  const from = row.state as DeliveryState;
  const event = proofs.find((each) => mayAdvance(from, each));
  if (event === undefined) return;
  const answer = await signedAnswer(trx, batch);
  if (answer === undefined) return;
  const to = advance(from, { event });
  const seen = JSON.parse(row.evidence ?? '{}') as DeliveryEvidence;
  await trx
    .updateTable('batch')
    .set({
      ...{ state: to, fault: null, fence: row.fence + 1, lease_until: null },
      evidence: JSON.stringify({ ...seen, by: 'answer' }),
      ...{ changed_at: clock.now().getTime(), available_at: row.available_at ?? row.changed_at },
    })
    .where('id', '=', batch)
    .execute();
  const { handoff, recipient, file, bytes, sha256 } = row;
  const data = { batch, handoff, recipient, name: file, bytes, sha256, by: 'answer', answer };
  const draft: LeafDraft = {
    ...{ actor, act: 'delivery-proved', result: 'done', origin, object: `batch:${batch}`, data },
  };
  await appendAct(trx, { draft }, clock);
}

/** SHA-256 of the newest; undefined where there is none. */
async function signedAnswer(trx: Transaction<Tables>, batch: string): Promise<string | undefined> {
  const ofCards = await trx
    .selectFrom('card_answer')
    .select(['leaf', 'sha256'])
    .where('batch', '=', batch)
    .where('fingerprint', 'is not', null)
    .where('nonce_differs', 'is', null)
    .where((eb) => eb.or([eb('rest', 'is not', null), eb('named', '>', 0)]))
    .orderBy('leaf', 'desc')
    .executeTakeFirst();
  const ofReferences = await trx
    .selectFrom('response')
    .select(['leaf', 'sha256'])
    .where('batch', '=', batch)
    .where('fingerprint', 'is not', null)
    .where('nonce_differs', 'is', null)
    .where((eb) => eb.or([eb('resolved', '>', 0), eb('not_found', '>', 0)]))
    .orderBy('leaf', 'desc')
    .executeTakeFirst();
  return (ofCards ?? ofReferences)?.sha256;
}
