import type { Kysely } from 'kysely';

import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import type { ActRecord } from '../../exchange/act-record.ts';
import type { Clock } from '../../exchange/clock.ts';
import type { SignedCommand } from '../../exchange/signed-commands.ts';
import { appendAct } from './append-leaf.ts';
import type { Tables } from './tables.ts';

/** Stores a signed command with its leaf. Throws `statement-used` for a nonce that is there already. */
export async function storeSignedCommand(
  db: Kysely<Tables>,
  clock: Clock,
  signed: SignedCommand,
  act: ActRecord,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const used = await trx
      .selectFrom('signed_command')
      .select('nonce')
      .where('nonce', '=', signed.nonce)
      .executeTakeFirst();
    if (used !== undefined) throw new DecisionFault('statement-used', { command: signed.command });
    const leaf = await appendAct(trx, act, clock);
    const { sha256, nonce, officer, command, statement, signature, fingerprint } = signed;
    await trx
      .insertInto('signed_command')
      .values({
        ...{ sha256, leaf, nonce, officer, command, statement, signature, fingerprint },
        made_at: signed.madeAt.getTime(),
      })
      .execute();
  });
}
