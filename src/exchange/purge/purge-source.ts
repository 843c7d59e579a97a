import { isFault } from '../../domain/fault.ts';
import type { Facts } from '../../domain/fault.ts';
import { PurgeFault } from '../../domain/handoff/purge-errors.ts';
import { holdingUse, standingOfSource, usesInNeed } from '../../domain/handoff/source-use.ts';
import type { SourceUse } from '../../domain/handoff/source-use.ts';
import type { Arrival } from '../arrivals/arrival-book.ts';
import type { ActRecord } from '../acts/act-record.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { LogBook } from '../audit/log-book.ts';
import type { Place, Places } from '../delivery/places.ts';
import type { ExaminedSource, SourcePurger } from './source-purger.ts';
import type { SourceRemovals } from './source-removals.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';

interface Ports {
  readonly origin: string;
  readonly facts: WorkspaceFacts;
  readonly configuration: Configuration;
  readonly log: LogBook;
  readonly places: Places;
  readonly cardProcess: SourcePurger;
  readonly removals: SourceRemovals;
  readonly clock: Clock;
}

export interface PurgeRequest {
  readonly path: string;
  /** The file's own name, for refusals. */
  readonly name: string;
  readonly officer: string | undefined;
  /** Why it goes although it may still be needed. */
  readonly forceReason: string | undefined;
  /** One that was brought into a box: its row is cleared with it. */
  readonly brought?: Pick<Arrival, 'id' | 'sha256' | 'bytes'>;
}

/** What was done to the file, in its order. */
export type PurgeStep = 'overwritten' | 'flushed' | 'unlinked';
/** Where its bytes may still be; nothing here looks there. */
export type Unproven =
  | 'other-copies'
  | 'backups'
  | 'snapshots'
  | 'journal'
  | 'flash'
  | 'swap'
  | 'copy-on-write'
  | 'other-machine'
  | 'synchronised'
  | 'unknown-file-system';

export interface PurgedSource {
  readonly source: ExaminedSource;
  readonly handoffs: readonly string[];
  readonly isForced: boolean;
  readonly fileSystem: string | undefined;
  readonly done: readonly PurgeStep[];
  readonly unproven: readonly Unproven[];
}

/**
 * Removes a source whose cards were handed over, and says exactly what was done and what nobody can prove. Its bytes are
 * read by the process that may. Overwriting is left out where the file system writes elsewhere anyway. A leaf goes ahead
 * of it and one follows: the first alone says that nobody knows how far it came.
 *
 * Throws `purge-source-unknown` and `purge-undelivered` (each leaves a leaf) unless a reason is given, what
 * `SourcePurger.purge` throws, and what `actingOfficer` throws.
 */
export async function purgeSource(ports: Ports, request: PurgeRequest): Promise<PurgedSource> {
  const { configuration, clock, places, cardProcess, removals } = ports;
  const { officers } = await configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', clock.now());
  const { path, brought } = request;
  const { source, isGone } = await examined(cardProcess, path, brought);
  const uses = await removals.usesOf(source.sha256);
  const handoffs = uses.map(({ handoff }) => handoff);
  const standing = standingOfSource(uses);
  const isForced = standing !== 'done';
  const forceReason = await reasonToKeep(removals, source.sha256, request.forceReason);
  if (isForced && request.forceReason === undefined) {
    const fault =
      standing === 'unknown'
        ? new PurgeFault('purge-source-unknown', { file: request.name })
        : new PurgeFault('purge-undelivered', { file: request.name, ...needOf(uses) });
    await ports.log.append(refusal(ports, officer.id, source, handoffs, fault.code));
    throw fault;
  }
  const place = await places.examine(path);
  const overwrite = place?.fileSystem?.writes !== 'copy-on-write';
  const fileSystem = place?.fileSystem?.name;
  const done = isGone ? [] : overwrite ? overwritten : unlinked;
  const purged = { source, handoffs, isForced, fileSystem, done, unproven: unprovenAt(place) };
  const { sha256, changedMs } = source;
  if (!isGone) {
    // Overwriting may take minutes: others write meanwhile. The first leaf is there whatever becomes of the file.
    await ports.log.append(startAct(ports, officer.id, purged, forceReason));
    await cardProcess.purge({ path, overwrite, expected: { sha256, changedMs } });
  }
  const act = purgeAct(ports, officer.id, purged, forceReason, brought?.id);
  await removals.add(sha256, clock.now(), act, brought?.id);
  return purged;
}

/** Whatever handoff still needs it, and how many records of it are held where that is all. */
function needOf(uses: readonly SourceUse[]): Facts {
  const handoffs = usesInNeed(uses).map(({ handoff }) => handoff);
  const holding = holdingUse(uses);
  return holding === undefined ? { handoffs } : { handoffs, held: holding.held };
}

const unlinked: readonly PurgeStep[] = ['unlinked'];
const overwritten: readonly PurgeStep[] = ['overwritten', 'flushed', ...unlinked];

/** One that was brought and whose file is gone, as after a restore or a removal that was cut short, is what its row says. */
async function examined(
  cardProcess: SourcePurger,
  path: string,
  brought: PurgeRequest['brought'],
): Promise<{ readonly source: ExaminedSource; readonly isGone: boolean }> {
  try {
    return { source: await cardProcess.purge({ path, overwrite: false }), isGone: false };
  } catch (error) {
    const isGone = isFault(error) && error.code === 'source-missing';
    if (brought === undefined || !isGone) throw error;
    const { sha256, bytes } = brought;
    return { source: { sha256, bytes, changedMs: 0, copies: [], uncompared: 0 }, isGone };
  }
}

/** What a person says of a purged incident would be the one text of it that stays. */
async function reasonToKeep(
  removals: SourceRemovals,
  sha256: string,
  reason: string | undefined,
): Promise<string | undefined> {
  return reason !== undefined && (await removals.isOfPurged(sha256)) ? undefined : reason;
}

/** Nobody can look for other copies from here; the rest depends on what the file lay on. Throws nothing. */
export function unprovenAt(place: Place | undefined): Unproven[] {
  const always: Unproven[] = ['other-copies', 'backups'];
  const writes = place?.fileSystem?.writes;
  const below: Unproven[] =
    writes === 'memory'
      ? ['swap']
      : writes === 'copy-on-write'
        ? ['copy-on-write', 'snapshots', 'flash']
        : place?.network !== undefined
          ? ['other-machine', 'snapshots']
          : writes === undefined
            ? ['unknown-file-system', 'snapshots', 'journal', 'flash']
            : ['snapshots', 'journal', 'flash'];
  return [...(place?.syncedBy === undefined ? [] : ['synchronised' as const]), ...below, ...always];
}

function startAct(
  { origin, facts }: Ports,
  actor: string,
  { source: { sha256, bytes }, handoffs }: PurgedSource,
  reason: string | undefined,
): ActRecord {
  return {
    draft: {
      ...{ actor, act: 'source-purge-start', result: 'done', origin },
      object: `workspace:${facts.id}`,
      data: { sha256, bytes, handoffs },
    },
    ...(reason === undefined ? {} : { texts: { reason } }),
  };
}

function purgeAct(
  { origin, facts }: Ports,
  actor: string,
  { source, handoffs, done, unproven, fileSystem }: PurgedSource,
  reason: string | undefined,
  arrival: string | undefined,
): ActRecord {
  const { sha256, bytes, copies } = source;
  return {
    draft: {
      ...{ actor, act: 'source-purge', result: 'done', origin, object: `workspace:${facts.id}` },
      data: {
        ...{ sha256, bytes, handoffs, done, unproven, copies: copies.length },
        ...(arrival === undefined ? {} : { arrival }),
        ...(fileSystem === undefined ? {} : { fileSystem }),
      },
    },
    ...(reason === undefined ? {} : { texts: { reason } }),
  };
}

function refusal(
  { origin, facts }: Ports,
  actor: string,
  { sha256, bytes }: ExaminedSource,
  handoffs: readonly string[],
  code: string,
): ActRecord {
  return {
    draft: {
      ...{ actor, act: 'source-purge', result: 'refused', origin },
      object: `workspace:${facts.id}`,
      data: { sha256, bytes, handoffs, done: [], unproven: [], copies: 0, code },
    },
  };
}
