import type { CardTable } from '../domain/intake/card-table.ts';
import type { Scope } from '../domain/intake/scope.ts';
import { SourceScreener } from '../domain/intake/source-screener.ts';
import type { SourceTally } from '../domain/intake/tally.ts';
import type { ReferenceArena } from '../domain/intake/reference-arena.ts';
import type { PrepareJob, PrepareResult, SourceResult } from '../exchange/card-process.ts';
import type { FindingBuffer } from './finding-buffer.ts';
import type { IncidentRouter } from './route-cards.ts';

/** A source opened for reading: clear bytes that count only once `verdict` resolved. */
export interface OpenedSource {
  readonly clear: AsyncIterable<Uint8Array>;
  readonly totalBytes: number;
  readonly receivedBytes: () => number;
  readonly sha256: () => string;
  /** The sender whose signature was found good; undefined for a source that came in clear. */
  verdict(): Promise<string | undefined>;
}

export type SourceOpener = (path: string, number: number) => Promise<OpenedSource>;

export interface ScanRoom {
  readonly job: PrepareJob;
  readonly router: IncidentRouter;
  readonly cards: CardTable;
  readonly references: ReferenceArena;
  readonly findings: FindingBuffer;
  readonly open: SourceOpener;
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

/** Reads the sources in the order given, folding all of them into one card table. Throws the faults of intake. */
export async function scanSources(
  room: ScanRoom,
  onProgress: (done: number, total: number, records: number) => Promise<void>,
): Promise<ScannedSources> {
  const sources: SourceResult[] = [];
  const tallies: SourceTally[] = [];
  for (const [number, request] of room.job.sources.entries()) {
    const opened = await room.open(request.path, number);
    const screener = new SourceScreener(
      { number, spec: request.spec },
      scopeOf(room.job),
      room.router,
      room.cards,
      room.references,
      room.findings,
    );
    for await (const chunk of opened.clear) {
      screener.feed(chunk);
      await room.findings.flush(false);
      await onProgress(opened.receivedBytes(), opened.totalBytes, screener.records);
    }
    const tally = screener.finish();
    const sender = await opened.verdict();
    tallies.push(tally);
    sources.push({
      kind: request.spec.kind,
      bytes: opened.receivedBytes(),
      sha256: opened.sha256(),
      records: tally.read,
      encoding: tally.encoding,
      ...(sender === undefined ? {} : { sender }),
    });
  }
  return { sources, ...sumTallies(tallies) };
}

function scopeOf(job: PrepareJob): Scope {
  const { incident } = job;
  const created = new Date(job.createdAt);
  return {
    mode: job.mode,
    timeZone: incident.timeZone,
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
