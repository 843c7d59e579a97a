import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { PurgeFault } from '../../domain/handoff/purge-errors.ts';
import type { Officer } from '../../domain/workspace/officer.ts';
import type { ActRecord } from '../acts/act-record.ts';
import type { ArrivalBook } from '../arrivals/arrival-book.ts';
import type { ArrivalFiles } from '../arrivals/arrival-files.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { secondOfficersWord } from './early-purge.ts';
import type { IncidentPurges, PurgeCounts, PurgeFolder, PurgeStanding } from './incident-purges.ts';
import type { ReadinessPorts } from '../incident/incident-readiness.ts';
import type { LogBook } from '../audit/log-book.ts';
import type { Places } from '../delivery/places.ts';
import { unprovenAt } from './purge-source.ts';
import { retainedUntil } from './retention-ends.ts';
import type { Unproven } from './purge-source.ts';
import type { Signatures } from '../acts/signatures.ts';
import type { SignedCommands } from '../acts/signed-commands.ts';
import { sweepAbandoned } from '../handoff/sweep-abandoned.ts';
import { assertFinished } from './unfinished.ts';
import { waitedFor } from './waited-for.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';

interface Ports extends ReadinessPorts {
  readonly origin: string;
  readonly facts: WorkspaceFacts;
  readonly configuration: Configuration;
  readonly purges: IncidentPurges;
  readonly signatures: Signatures;
  readonly signedCommands: Pick<SignedCommands, 'forgetWaiting'>;
  readonly arrivals: Pick<ArrivalBook, 'inState'>;
  readonly arrivalFiles: Pick<ArrivalFiles, 'remove'>;
  readonly folder: WorkspaceFolder & PurgeFolder;
  readonly places: Places;
  readonly log: LogBook;
}

export interface PurgeIncidentRequest {
  readonly incident: string;
  readonly officer: string | undefined;
  readonly reason: string | undefined;
  /** Although the retention has not ended, or none is set. */
  readonly isEarly: boolean;
  /** In live mode an early purge needs another officer, who signs. */
  readonly second: string | undefined;
  /** Detached, over the statement that a first try wrote. */
  readonly secondSignature: Uint8Array | undefined;
}

export interface PurgedIncident {
  readonly incident: string;
  /** What there was when the purge began. */
  readonly counts: PurgeCounts;
  readonly fileSystem: string | undefined;
  readonly unproven: readonly Unproven[];
  /** Files in quarantine, of which nobody knows whether they are of this incident: they stay. */
  readonly unknown: number;
  /** It had begun before and was not finished. */
  readonly isResumed: boolean;
}

/**
 * Removes what an incident left here: sealed files, pages, answers, files in quarantine that speak of it, references, notices, texts
 * beside the log, evidence, and last its keyed-hash key. Log, plans, approvals and counts stay. Each step may be done again, so that a purge that
 * was interrupted goes on when it is asked for once more; nothing is added to the incident from its first step on.
 *
 * Throws `incident-unknown`, `incident-unfinished`, `incident-retained`, `incident-purged`, `purge-second-required`,
 * `reason-required`, `log-altered`, and as `actingOfficer` and `secondOfficersWord`. A refusal leaves a leaf.
 */
export async function purgeIncident(
  ports: Ports,
  request: PurgeIncidentRequest,
): Promise<PurgedIncident> {
  const { configuration, clock, purges, incidents } = ports;
  const { officers } = await configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', clock.now());
  const reason = request.reason ?? '';
  if (reason === '') throw new DecisionFault('reason-required', { act: 'purge' });
  await incidents.get(request.incident);
  // Nothing else may come by any more that would clear what a prepare left which died.
  await sweepAbandoned(ports);
  const standing = await purges.standing(request.incident);
  const begun = standing.purge;
  if (begun?.finishedAt !== undefined) {
    throw new PurgeFault('incident-purged', { incident: request.incident });
  }
  const counts = begun?.counts ?? (await begin(ports, request, officer, reason, standing));
  await removeFiles(ports, request.incident, standing);
  // What comes into quarantine while the rows go is settled with them, or stays whole.
  for (const id of await purges.removeRows(request.incident)) await ports.arrivalFiles.remove(id);
  // Last, since what waits may be about the incident without naming it, and could be asked for all along.
  await ports.signedCommands.forgetWaiting();
  await purges.rewrite();
  const place = await ports.places.examine(ports.folder.root);
  const fileSystem = place?.fileSystem?.name;
  const purged = { incident: request.incident, counts, fileSystem, unproven: unprovenAt(place) };
  await purges.finish(request.incident, clock.now(), endAct(ports, officer.id, purged));
  const aside = await ports.arrivals.inState('quarantined');
  const unknown = aside.filter(({ batch }) => batch === undefined).length;
  return { ...purged, unknown, isResumed: begun !== undefined };
}

async function begin(
  ports: Ports,
  request: PurgeIncidentRequest,
  officer: Officer,
  reason: string,
  standing: PurgeStanding,
): Promise<PurgeCounts> {
  const { incident, isEarly } = request;
  const { settings } = await ports.configuration.load();
  const now = ports.clock.now();
  const unfinished = [
    ...standing.unfinished,
    ...(await waitedFor(ports, incident, standing.handoffs)),
  ];
  const until = retainedUntil(standing.lastUsedAt, settings.retention?.incident_days);
  try {
    assertFinished(incident, unfinished);
    const isOver = until !== undefined && until <= now;
    if (!isOver && !isEarly) {
      const told = until === undefined ? {} : { until: until.toISOString() };
      throw new PurgeFault('incident-retained', { incident, ...told });
    }
    const counts = { ...standing.rows, ...(await fileCounts(ports, standing)) };
    const early = { incident, requester: officer, reason, standing, retainedUntil: until, counts };
    const needsSecond = !isOver && ports.facts.mode === 'live';
    const second = needsSecond
      ? await secondOfficersWord(ports, early, {
          second: request.second,
          signature: request.secondSignature,
        })
      : undefined;
    await ports.purges.begin(incident, now, counts, {
      draft: {
        ...{ actor: officer.id, act: 'incident-purge-start', result: 'done' },
        ...{ origin: ports.origin, object: `incident:${incident}` },
        data: { incident, early: !isOver, ...second },
      },
      texts: { reason },
    });
    return counts;
  } catch (error) {
    if (error instanceof PurgeFault)
      await ports.log.append(refusal(ports, officer.id, incident, error));
    throw error;
  }
}

function refusal(
  { origin }: Ports,
  actor: string,
  incident: string,
  { code }: PurgeFault,
): ActRecord {
  return {
    draft: {
      ...{ actor, act: 'incident-purge', result: 'refused' },
      ...{ origin, object: `incident:${incident}`, data: { incident, code } },
    },
  };
}

async function fileCounts(
  { folder }: Ports,
  { sealedFiles, handoffs }: PurgeStanding,
): Promise<PurgeCounts> {
  const there = new Set(await folder.outboxFiles());
  const details = await Promise.all(handoffs.map((id) => folder.detailsOf(id)));
  return {
    sealed: sealedFiles.filter((name) => there.has(name)).length,
    documents: details.flat().length,
  };
}

async function removeFiles(
  { folder }: Ports,
  incident: string,
  { sealedFiles, handoffs }: PurgeStanding,
): Promise<void> {
  for (const name of sealedFiles) await folder.removeFromOutbox(name);
  for (const handoff of handoffs) await folder.removeDetails(handoff);
  await folder.removeIncidentDocuments(incident);
}

function endAct(
  { origin }: Ports,
  actor: string,
  { incident, counts, unproven, fileSystem }: Omit<PurgedIncident, 'isResumed' | 'unknown'>,
): ActRecord {
  return {
    draft: {
      ...{ actor, act: 'incident-purge', result: 'done', origin, object: `incident:${incident}` },
      data: {
        ...{ incident, counts, unproven },
        ...(fileSystem === undefined ? {} : { fileSystem }),
      },
    },
  };
}
