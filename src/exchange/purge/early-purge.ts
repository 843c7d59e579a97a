import {
  encodePurgeStatement,
  isStillSaid,
  parsePurgeStatement,
  PURGE_STATEMENT_MS,
} from '../../domain/handoff/incident-purge.ts';
import type { PurgeStatement } from '../../domain/handoff/incident-purge.ts';
import { digestOf } from '../../domain/handoff/plan.ts';
import { PurgeFault } from '../../domain/handoff/purge-errors.ts';
import type { Officer } from '../../domain/workspace/officer.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { PurgeCounts, PurgeFolder, PurgeStanding } from './incident-purges.ts';
import type { IncidentRegister } from '../incident/incident-register.ts';
import { signStatement } from '../acts/sign-statement.ts';
import type { Signatures } from '../acts/signatures.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';

/** The statement's name among the documents of its incident; its signature has `.sig` behind it. */
export const PURGE_STATEMENT = 'purge.json';

interface Ports {
  readonly facts: WorkspaceFacts;
  readonly configuration: Configuration;
  readonly incidents: Pick<IncidentRegister, 'get'>;
  readonly signatures: Signatures;
  readonly folder: PurgeFolder;
  readonly clock: Clock;
}

/** What is to be purged before its time, as it stands now. */
export interface EarlyPurge {
  readonly incident: string;
  readonly requester: Officer;
  readonly reason: string;
  readonly standing: PurgeStanding;
  readonly retainedUntil: Date | undefined;
  readonly counts: PurgeCounts;
}

/**
 * The other officer's signature over what is to be removed and why, verified; what the leaf binds of it. Without a
 * signature, or where what was signed is not what stands now, the statement is written for them to sign.
 *
 * Throws `purge-second-required` without another officer or a signature, `purge-statement-old`, `statement-invalid`, and
 * as `actingOfficer` and `signStatement`.
 */
export async function secondOfficersWord(
  ports: Ports,
  purge: EarlyPurge,
  { second: id, signature }: { second: string | undefined; signature: Uint8Array | undefined },
): Promise<{ second: string; fingerprint: string; statement: string; signature: string }> {
  const { incident, requester } = purge;
  const now = ports.clock.now();
  const { officers } = await ports.configuration.load();
  if (id === undefined) throw new PurgeFault('purge-second-required', { incident });
  const second = actingOfficer(officers, id, 'approver', now);
  const isSame = second.id === requester.id || second.fingerprint === requester.fingerprint;
  if (isSame) throw new PurgeFault('purge-second-required', { incident });
  const current = await statementOf(ports, purge, second, now);
  const bytes = await ports.folder.readIncidentDocument(incident, PURGE_STATEMENT);
  if (bytes === undefined || signature === undefined) {
    const path = await write(ports, incident, current);
    throw new PurgeFault('purge-second-required', { incident, path });
  }
  if (!isStillSaid(parsePurgeStatement(bytes), current, now)) {
    const path = await write(ports, incident, current);
    throw new PurgeFault('purge-statement-old', { incident, path });
  }
  const verified = await signStatement(ports, second, bytes, { by: 'signature', signature });
  await ports.folder.putIncidentDocument(incident, `${PURGE_STATEMENT}.sig`, verified);
  return {
    ...{ second: second.id, fingerprint: second.fingerprint },
    ...{ statement: digestOf(bytes), signature: digestOf(verified) },
  };
}

function write({ folder }: Ports, incident: string, statement: PurgeStatement): Promise<string> {
  return folder.putIncidentDocument(incident, PURGE_STATEMENT, encodePurgeStatement(statement));
}

async function statementOf(
  { facts, incidents }: Ports,
  { incident, requester, reason, standing, retainedUntil, counts }: EarlyPurge,
  second: Officer,
  now: Date,
): Promise<PurgeStatement> {
  const { documentSha256: incidentSha256 } = await incidents.get(incident);
  return {
    type: 'mimamori/incident-purge/v1',
    ...{ workspace: facts.id, mode: facts.mode, incident, incidentSha256 },
    ...{ handoffs: [...standing.handoffs], lastUsedAt: standing.lastUsedAt.toISOString() },
    ...(retainedUntil === undefined ? {} : { retainedUntil: retainedUntil.toISOString() }),
    ...{ counts: { ...counts }, requester: requester.id, officer: second.id, reason },
    at: now.toISOString(),
    validUntil: new Date(now.getTime() + PURGE_STATEMENT_MS).toISOString(),
  };
}
