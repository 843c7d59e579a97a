import type { Transaction } from 'kysely';

import { ConfigurationFault } from '../../domain/configuration/errors.ts';
import type { Tables } from './tables.ts';

/**
 * Makes room for an adopted version: one that only waited to replace the same version is dropped. Returns the number
 * of the new one. Throws `configuration-stale` when another has replaced it already.
 */
export async function clearWay(
  trx: Transaction<Tables>,
  digest: string,
  replaces: string | null,
): Promise<number> {
  const adopted = await trx
    .selectFrom('configuration_version')
    .select(['sha256', 'replaces', 'number', 'started_leaf'])
    .where('state', '=', 'adopted')
    .orderBy('number', 'desc')
    .execute();
  const rival = adopted.find((row) => row.replaces === replaces);
  if (rival !== undefined && rival.started_leaf !== null) {
    throw new ConfigurationFault('configuration-stale', { configuration: digest });
  }
  if (rival !== undefined) await setDropped(trx, rival.sha256);
  const last = adopted.find((row) => row !== rival);
  if ((last?.sha256 ?? null) !== replaces) {
    throw new ConfigurationFault('configuration-stale', { configuration: digest });
  }
  return (last?.number ?? 0) + 1;
}

/** How long whatever replaces this version waits, milliseconds; null where it replaces none. */
export async function coolingOffOf(
  trx: Transaction<Tables>,
  digest: string | undefined,
): Promise<number | null> {
  if (digest === undefined) return null;
  const row = await trx
    .selectFrom('configuration_version')
    .select('cooling_off_ms')
    .where('sha256', '=', digest)
    .executeTakeFirstOrThrow();
  return row.cooling_off_ms;
}

/** Records whom an adopted version lets be sent to. */
export async function insertRecipients(
  trx: Transaction<Tables>,
  configuration: string,
  recipients: readonly string[],
): Promise<void> {
  for (const recipient of recipients) {
    const values = { configuration, state: 'adopted', recipient } as const;
    await trx.insertInto('approved_recipient').values(values).execute();
  }
}

/** Takes a version back that is not in force, and with it what stands by its adoption. */
export async function setDropped(trx: Transaction<Tables>, digest: string): Promise<void> {
  await trx.deleteFrom('approved_recipient').where('configuration', '=', digest).execute();
  await trx
    .updateTable('configuration_version')
    .set({
      ...{ state: 'dropped', number: null, effective_from: null, adopted_by: null },
      ...{ adopted_at: null, is_emergency: null },
    })
    .where('sha256', '=', digest)
    .execute();
}
