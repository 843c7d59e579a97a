import type { Kysely, Transaction } from 'kysely';

import { isAboutIncident } from '../../domain/audit/about-incident.ts';
import { parseCommand, parseCommandSaid } from '../../domain/audit/command-statement.ts';
import type { SignableCommand } from '../../domain/audit/command-statement.ts';
import { parseLeaf } from '../../domain/audit/leaf.ts';
import { namedByCommand } from '../../domain/audit/named-by-command.ts';
import { PurgeFault } from '../../domain/handoff/purge-errors.ts';
import { everyId, incidentIds } from './incident-ids.ts';
import { inStatements } from './rows-at-once.ts';
import { signedActs } from './signed-acts.ts';
import type { SignedActs } from './signed-acts.ts';
import type { Tables } from './tables.ts';

/** How long a command may work before its first entry: one that left none by then is taken for refused. */
const WORKING_MS_MAX = 24 * 60 * 60 * 1000;

/**
 * Removes what was said with signed commands that go with an incident: those of which an entry about it tells or whose
 * arguments name it or its own. Also those that were refused and name no incident at all: nobody can tell of which they
 * were. The commands by which incidents were purged keep theirs, and so do those that may still be at work.
 * `before`: what was read of the log ahead of the transaction. Throws AuditFault `log-altered`.
 */
export async function forgetSaidAbout(
  trx: Transaction<Tables>,
  incident: string,
  now: Date,
  before: SignedActs,
): Promise<void> {
  const { own, about, done, refused, purging } = await signedActs(trx, incident, before);
  const ownIds = new Set([incident, ...own.handoffs, ...own.batches, ...own.arrivals]);
  const all = await everyId(trx, { purged: false });
  const purges = await purgesOf(trx);
  const gone = (await saidCommands(trx)).filter((said) => {
    const { sha256 } = said;
    if (purging.has(sha256) || resumes(said, purges)) return false;
    const named = namedIn(said);
    if (about.has(sha256) || named.some((id) => ownIds.has(id))) return true;
    if (done.has(sha256) || named.some((id) => all.has(id))) return false;
    // What names only what is not there was refused, and may have been meant for this incident.
    const isOver = named.length > 0 || refused.has(sha256);
    return isOver || now.getTime() - said.made_at >= WORKING_MS_MAX;
  });
  await forget(
    trx,
    gone.map(({ leaf }) => leaf),
  );
}

/**
 * Removes what was said with a command that is about to run, where its arguments name what was purged; not with one that
 * goes on with the purge.
 */
export async function forgetSaidToPurged(trx: Transaction<Tables>, sha256: string): Promise<void> {
  const [said] = await saidCommands(trx, sha256);
  if (resumes(said!, await purgesOf(trx))) return;
  const purged = await everyId(trx, { purged: true });
  if (namedIn(said!).some((id) => purged.has(id))) await forget(trx, [said!.leaf]);
}

/** The same where only what the command did tells that it is about an incident that was purged. */
export async function forgetSaidOfPurged(
  trx: Transaction<Tables>,
  sha256: string,
  bytes: Uint8Array,
): Promise<void> {
  const leaf = parseLeaf(bytes);
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

/**
 * Throws PurgeFault `incident-purged` where what was said with a command names what was purged: it may not lie on a disk until
 * somebody signs it. Two commands go on with such an incident: the one that finishes its purge, whose text stays anyway,
 * and its export, as long as no reason is given with it.
 */
export async function assertMayWait(
  trx: Transaction<Tables>,
  { statement, said }: SignableCommand,
): Promise<void> {
  const { command } = parseCommand(statement);
  const { arguments: typed, reason } = parseCommandSaid(said);
  if (command === 'incident export' && reason === '') return;
  const named = new Set(namedByCommand(command, typed));
  for (const { incident, finished_leaf: end } of await purgesOf(trx)) {
    if (command === 'purge incident' && end === null) continue;
    const { handoffs, batches, arrivals } = await incidentIds(trx, incident);
    const own = [incident, ...handoffs, ...batches, ...arrivals];
    if (own.some((id) => named.has(id))) throw new PurgeFault('incident-purged', { incident });
  }
}

function saidCommands(db: Kysely<Tables>, sha256?: string) {
  const query = db
    .selectFrom('signed_command')
    .innerJoin('leaf_text', 'leaf_text.leaf', 'signed_command.leaf')
    .select(['signed_command.leaf', 'sha256', 'command', 'made_at', 'leaf_text.text']);
  return (sha256 === undefined ? query : query.where('sha256', '=', sha256)).execute();
}

type Said = Awaited<ReturnType<typeof saidCommands>>[number];

function purgesOf(db: Kysely<Tables>) {
  return db.selectFrom('incident_purge').select(['incident', 'leaf', 'finished_leaf']).execute();
}

/** Whether it is the command that goes on with a purge which had begun before it and had not ended. */
function resumes(said: Said, purges: Awaited<ReturnType<typeof purgesOf>>): boolean {
  if (said.command !== 'purge incident') return false;
  const named = namedIn(said);
  return purges.some(
    ({ incident, leaf, finished_leaf: end }) =>
      named.includes(incident) && leaf < said.leaf && (end === null || said.leaf < end),
  );
}

function namedIn({ command, text }: Pick<Said, 'command' | 'text'>): readonly string[] {
  return namedByCommand(command, parseCommandSaid(new TextEncoder().encode(text)).arguments);
}

async function forget(trx: Transaction<Tables>, leaves: readonly number[]): Promise<void> {
  for (const some of inStatements(leaves)) {
    await trx.deleteFrom('leaf_text').where('leaf', 'in', some).execute();
  }
}
