import type { Kysely } from 'kysely';

import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import type { SignableCommand } from '../../domain/audit/command-statement.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import type { SignedCommand, StoredCommand } from '../../exchange/acts/signed-commands.ts';
import { appendAct } from './append-leaf.ts';
import { assertMayWait, forgetSaidToPurged } from './said-with-commands.ts';
import type { Tables } from './tables.ts';

/**
 * Stores a signed command with its leaf. What was said with it is a text of that leaf, and is not kept where it names an
 * incident that was purged: no purge comes by any more. Throws `statement-used` for a nonce that is there already.
 */
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
    await forgetSaidToPurged(trx, sha256);
  });
}

/**
 * Has a command kept outside the database until it is signed. No purge begins meanwhile, so that it either finds what was
 * kept or keeps it from being kept; and no other command is being kept. Throws `incident-purged` where what was said names
 * an incident that was purged, and what `keep` throws.
 */
export async function keepWaiting<T>(
  db: Kysely<Tables>,
  command: SignableCommand,
  keep: () => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await assertMayWait(trx, command);
    return keep();
  });
}

/** Signed commands by the digests of their statements, in the order in which they were run. */
export async function signedCommandsBy(
  db: Kysely<Tables>,
  sha256: readonly string[],
): Promise<readonly StoredCommand[]> {
  const wanted = new Set(sha256);
  const rows = await db
    .selectFrom('signed_command')
    .leftJoin('leaf_text', (join) =>
      join.onRef('leaf_text.leaf', '=', 'signed_command.leaf').on('leaf_text.field', '=', 'said'),
    )
    .selectAll('signed_command')
    .select('leaf_text.text')
    .orderBy('signed_command.leaf')
    .execute();
  return rows
    .filter((row) => wanted.has(row.sha256))
    .map(({ statement, signature, made_at: madeAt, text, ...row }) => ({
      ...{ sha256: row.sha256, nonce: row.nonce, officer: row.officer, command: row.command },
      ...{ statement: new Uint8Array(statement), signature: new Uint8Array(signature) },
      ...{ fingerprint: row.fingerprint, madeAt: new Date(madeAt) },
      said: text === null ? undefined : new TextEncoder().encode(text),
    }));
}
