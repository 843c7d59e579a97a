import type { Kysely, Transaction } from 'kysely';

import { isAboutIncident } from '../../domain/audit/about-incident.ts';
import { parseCommandSaid } from '../../domain/audit/command-statement.ts';
import { everyId, incidentIds } from './incident-ids.ts';
import { leafIn } from './leaves-with-texts.ts';
import { leafRows } from './log-pages.ts';
import { inStatements } from './rows-at-once.ts';
import type { Tables } from './tables.ts';

/**
 * Removes what was said with signed commands that go with an incident: those of which an entry about it tells or whose
 * arguments name it or its own. Also those that were refused and name no incident at all: nobody can tell of which they
 * were. The commands by which incidents were purged keep theirs.
 */
export async function forgetSaidAbout(trx: Transaction<Tables>, incident: string): Promise<void> {
  const own = await incidentIds(trx, incident);
  const ownIds = new Set([incident, ...own.handoffs, ...own.batches, ...own.arrivals]);
  const all = await everyId(trx, { purged: false });
  const about = new Set<string>();
  const done = new Set<string>();
  const purging = new Set<string>();
  for await (const { bytes } of leafRows(trx, 0, Infinity)) {
    const leaf = leafIn(bytes);
    const { signed } = leaf.data;
    if (typeof signed !== 'string') continue;
    if (leaf.act === 'incident-purge-start') purging.add(signed);
    if (leaf.result === 'done') done.add(signed);
    if (isAboutIncident(leaf, own)) about.add(signed);
  }
  const gone = (await saidCommands(trx)).filter(({ sha256, text }) => {
    if (purging.has(sha256)) return false;
    const named = argumentsIn(text);
    return (
      about.has(sha256) ||
      named.some((value) => ownIds.has(value)) ||
      !(done.has(sha256) || named.some((value) => all.has(value)))
    );
  });
  await forget(
    trx,
    gone.map(({ leaf }) => leaf),
  );
}

/** Removes what was said with a command that is about to run, where its arguments name what was purged. */
export async function forgetSaidToPurged(trx: Transaction<Tables>, sha256: string): Promise<void> {
  const [said] = await saidCommands(trx, sha256);
  const purged = await everyId(trx, { purged: true });
  if (argumentsIn(said!.text).some((value) => purged.has(value))) await forget(trx, [said!.leaf]);
}

/** The same where only what the command did tells that it is about an incident that was purged. */
export async function forgetSaidOfPurged(
  trx: Transaction<Tables>,
  sha256: string,
  bytes: Uint8Array,
): Promise<void> {
  const leaf = leafIn(bytes);
  if (leaf.act === 'incident-purge-start' || leaf.act === 'incident-purge') return;
  const purged = await trx.selectFrom('incident_purge').select('incident').execute();
  for (const { incident } of purged) {
    if (!isAboutIncident(leaf, await incidentIds(trx, incident))) continue;
    const said = await saidCommands(trx, sha256);
    await forget(
      trx,
      said.map(({ leaf: number }) => number),
    );
  }
}

function saidCommands(db: Kysely<Tables>, sha256?: string) {
  const query = db
    .selectFrom('signed_command')
    .innerJoin('leaf_text', 'leaf_text.leaf', 'signed_command.leaf')
    .select(['signed_command.leaf', 'signed_command.sha256', 'leaf_text.text']);
  return (sha256 === undefined ? query : query.where('sha256', '=', sha256)).execute();
}

function argumentsIn(text: string): readonly string[] {
  const said = parseCommandSaid(new TextEncoder().encode(text));
  return Object.values(said.arguments).flat().map(String);
}

async function forget(trx: Transaction<Tables>, leaves: readonly number[]): Promise<void> {
  for (const some of inStatements(leaves)) {
    await trx.deleteFrom('leaf_text').where('leaf', 'in', some).execute();
  }
}
