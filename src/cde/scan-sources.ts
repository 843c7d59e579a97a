import type { CardTable } from '../domain/intake/card-table.ts';
import type { SourceForm } from '../domain/intake/source-receipt.ts';
import { IntakeFault } from '../domain/intake/errors.ts';
import type { SourceLayout } from '../domain/intake/layout.ts';
import type { MerchantBook } from '../domain/intake/merchant-book.ts';
import type { PersonBook } from '../domain/intake/person-book.ts';
import type { Scope } from '../domain/intake/scope.ts';
import { readsPersons } from '../domain/intake/person-columns.ts';
import { SourceScreener, type SourceJob } from '../domain/intake/source-screener.ts';
import type { SourceTally } from '../domain/intake/tally.ts';
import type { ReferenceArena } from '../domain/intake/reference-arena.ts';
import type {
  PrepareJob,
  PrepareResult,
  SourceRequest,
  SourceResult,
} from '../exchange/handoff/card-process.ts';
import { namingSource } from './naming-source.ts';
import type { FindingBuffer } from './finding-buffer.ts';
import type { IncidentRouter } from './route-cards.ts';
import type { CardLanes } from './card-lanes.ts';
import { sourceSizes } from './source-sizes.ts';
import { LanedScreener } from './laned-screener.ts';

/** A source opened for reading: clear bytes that count only once `verdict` resolved. */
export interface OpenedSource {
  readonly clear: AsyncIterable<Uint8Array>;
  readonly totalBytes: number;
  readonly receivedBytes: () => number;
  readonly sha256: () => string;
  readonly isEncrypted: boolean;
  /** The sender whose signature was found good; undefined for a source that came in clear. */
  verdict(): Promise<string | undefined>;
  /** When that signature was made, once `verdict` resolved. */
  signedAt?(): Promise<Date | undefined>;
}

export type SourceOpener = (path: string, number: number) => Promise<OpenedSource>;

export interface ScanRoom {
  readonly job: PrepareJob;
  readonly router: IncidentRouter;
  readonly cards: CardTable;
  readonly references: ReferenceArena;
  readonly merchants?: MerchantBook | undefined;
  /** Where a source maps columns of persons, whom they lead to. */
  readonly persons?: PersonBook | undefined;
  readonly findings: FindingBuffer;
  readonly open: SourceOpener;
  /** Threads that read; without them the calling thread does. */
  readonly lanes?: CardLanes;
}

/** What all sources came to, before cards that were handed off earlier are taken out. */
export interface ScannedSources {
  readonly sources: readonly SourceResult[];
  readonly read: number;
  readonly orders: number;
  readonly excluded: Readonly<Record<string, number>>;
  readonly held: Readonly<Record<string, number>>;
  readonly warnings: PrepareResult['warnings'];
  readonly accepted: PrepareResult['accepted'];
}

/**
 * Reads the sources in the order given, folding all of them into one card table. Progress counts bytes and records of all
 * sources together; its total is 0 where the size of one is not known. Throws the faults of intake, with the number of
 * the source.
 */
export async function scanSources(
  room: ScanRoom,
  onProgress: (done: number, total: number, records: number) => Promise<void>,
): Promise<ScannedSources> {
  const sources: SourceResult[] = [];
  const tallies: SourceTally[] = [];
  const sizes = await sourceSizes(room.job.sources);
  const total = sizes.includes(0) ? 0 : sizes.reduce((sum, size) => sum + size, 0);
  let bytesBefore = 0;
  let recordsBefore = 0;
  for (const [number, request] of room.job.sources.entries()) {
    const opened = await room.open(request.path, number);
    const screener = screenerFor(room, sourceJob(number, request), opened.totalBytes);
    const makeRoom = foreseeing(room);
    const read = async (): Promise<SourceTally> => {
      for await (const chunk of opened.clear) {
        await screener.feed(chunk);
        await room.findings.flush(false);
        makeRoom(screener, opened.totalBytes);
        const done = bytesBefore + opened.receivedBytes();
        await onProgress(done, total, recordsBefore + screener.records);
      }
      return screener.finish();
    };
    // Also where the source itself breaks off, of which the screener hears nothing.
    const tally = await namingSource(number, read).finally(() => {
      screener.wipe();
    });
    const sender = await opened.verdict();
    const sha256 = opened.sha256();
    assertNew(sha256, number, sources);
    tallies.push(tally);
    bytesBefore += opened.receivedBytes();
    recordsBefore += tally.read;
    sources.push({
      kind: request.spec.kind,
      bytes: opened.receivedBytes(),
      sha256,
      records: tally.read,
      encoding: tally.encoding,
      ...(sender === undefined ? {} : { sender }),
      form: formOf(opened.isEncrypted, sender),
      ...fitOf(request, tally.layout),
    });
  }
  return { sources, ...sumTallies(tallies) };
}

function formOf(isEncrypted: boolean, sender: string | undefined): SourceForm {
  if (!isEncrypted) return 'clear';
  return sender === undefined ? 'encrypted-unsigned' : 'encrypted-signed';
}

/** A file named twice would pass as a list of duplicates, and the list that should stand there be missing. */
function assertNew(sha256: string, number: number, before: readonly SourceResult[]): void {
  const same = before.findIndex((source) => source.sha256 === sha256);
  if (same < 0) return;
  throw new IntakeFault('source-repeated', { source: number + 1, same_as: same + 1 });
}

/** From so many cards of a source on, those still to come are foreseen by the bytes still to be read. */
const foreseenFrom = 8_192;
/** Some more, so that a guess that is off by little does not move everything again. */
const margin = 1.05;

/**
 * Makes room once for what the rest of a source will bring, at the rate of what was read of it: growing again and again
 * costs as much as folding. What earlier sources brought stays as it is. A pipe's size is not known: there tables grow
 * by doubling.
 */
function foreseeing({
  cards,
  references,
}: Pick<ScanRoom, 'cards' | 'references'>): (screener: Screener, totalBytes: number) => void {
  const cardsBefore = cards.count;
  const referencesBefore = references.count;
  return (screener, totalBytes) => {
    const { readBytes, readRecords, records } = screener;
    const own = cards.count - cardsBefore;
    if (own < foreseenFrom || totalBytes === 0 || readBytes === 0) return;
    const foreseenRecords = Math.max(records, (readRecords / readBytes) * totalBytes);
    const scale = foreseenRecords / records;
    const wanted = cardsBefore + own * scale;
    if (cards.capacity < wanted) {
      cards.reserve(Math.ceil(wanted * margin));
      screener.foresee(foreseenRecords * margin);
    }
    const ownReferences = references.count - referencesBefore;
    const wantedReferences = referencesBefore + ownReferences * scale;
    if (references.capacity < wantedReferences) {
      references.reserve(Math.ceil(wantedReferences * margin));
    }
  };
}

type Screener = LanedScreener | SourceScreener;

/** Threads cost more than they save for what is read in a blink. */
const lanedBytesMin = 2 * 1024 * 1024;

/** Whether a source is large enough for threads; one of unknown size (a pipe: 0) may be. */
export function isWorthLanes(totalBytes: number): boolean {
  return totalBytes === 0 || totalBytes >= lanedBytesMin;
}

/** In threads where there are any and the source is worth it; persons are read in one. */
function screenerFor(
  room: ScanRoom,
  job: SourceJob,
  totalBytes: number,
): LanedScreener | SourceScreener {
  const scope = scopeOf(room.job);
  const hasLanes = room.lanes !== undefined && !readsPersons(job.spec);
  if (hasLanes && isWorthLanes(totalBytes)) return new LanedScreener(job, scope, room, room.lanes);
  const { router, cards, references, findings, merchants, persons } = room;
  return new SourceScreener(job, scope, router, cards, references, findings, merchants, persons);
}

/** What the screener of a source is told about it. */
export function sourceJob(number: number, { spec, known }: SourceRequest): SourceJob {
  return { number, spec, ...(known === undefined ? {} : { known }) };
}

/** The one spec that would fit a source for which none was named. */
function fitOf(
  { specName }: SourceRequest,
  { fits }: Pick<SourceLayout, 'fits'>,
): Pick<SourceResult, 'fits'> {
  const [fit, ...others] = fits;
  return specName !== undefined || fit === undefined || others.length > 0 ? {} : { fits: fit };
}

/** What of a job's incident decides about records. */
export function scopeOf(job: PrepareJob): Scope {
  const { incident } = job;
  const created = new Date(job.createdAt);
  return {
    mode: job.mode,
    timeZone: incident.timeZone,
    ...(incident.merchants === undefined ? {} : { merchants: incident.merchants }),
    windows: incident.windows,
    excludedChannels: incident.excludedChannels,
    acceptHeld: job.acceptHeld,
    today: { year: created.getUTCFullYear(), month: created.getUTCMonth() + 1 },
  };
}

function sumTallies(tallies: readonly SourceTally[]): Omit<ScannedSources, 'sources'> {
  return {
    read: tallies.reduce((sum, tally) => sum + tally.read, 0),
    orders: tallies.reduce((sum, tally) => sum + tally.orders, 0),
    excluded: addUp(tallies.map((tally) => tally.excluded)),
    held: addUp(tallies.map((tally) => tally.held)),
    warnings: addUp(tallies.map((tally) => tally.warnings)),
    accepted: addUp(tallies.map((tally) => tally.accepted)),
  };
}

function addUp(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const counts of all) {
    for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
  }
  return sum;
}
