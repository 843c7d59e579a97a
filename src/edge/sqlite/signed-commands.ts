import type { Kysely } from 'kysely';

import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import type { SignedCommand } from '../../exchange/acts/signed-commands.ts';
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

/** Signed commands by the digests of their statements, in the order in which they were run. */
export async function signedCommandsBy(
  db: Kysely<Tables>,
  sha256: readonly string[],
): Promise<readonly SignedCommand[]> {
  const wanted = new Set(sha256);
  const rows = await db.selectFrom('signed_command').selectAll().orderBy('leaf').execute();
  return rows
    .filter((row) => wanted.has(row.sha256))
    .map(({ statement, signature, made_at: madeAt, ...row }) => ({
      ...{ sha256: row.sha256, nonce: row.nonce, officer: row.officer, command: row.command },
      ...{ statement: new Uint8Array(statement), signature: new Uint8Array(signature) },
      ...{ fingerprint: row.fingerprint, madeAt: new Date(madeAt) },
    }));
}
