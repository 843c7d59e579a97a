import { computeClocks, owedClocks } from '../domain/incident/compute-clocks.ts';
import type { Clock as IncidentClock, Settlement } from '../domain/incident/compute-clocks.ts';
import type { ClockId } from '../domain/incident/clock-rules.ts';
import { isClockId } from '../domain/incident/clock-rules.ts';
import type { Incident } from '../domain/incident/incident.ts';
import { startEvents } from '../domain/incident/start-events.ts';
import type { StartEvent } from '../domain/incident/start-events.ts';
import type { Clock } from './clock.ts';
import type { ClockBook, ClockEntry } from './clock-book.ts';
import type { IncidentRegister } from './incident-register.ts';

/** A start event as it is known: recorded by a person, or told by the incident's file. */
export interface KnownStart {
  readonly event: StartEvent;
  readonly at: Date;
  /** Absent for what the file tells. */
  readonly recorded?: { readonly officer: string; readonly at: Date; readonly revision: number };
}

/** Who said that a clock is met or set aside. */
export interface KnownSettlement {
  readonly clock: ClockId;
  readonly officer: string;
  readonly recordedAt: Date;
}

/** The clocks of one incident, computed at `at`. */
export interface IncidentClocks {
  readonly settled: readonly KnownSettlement[];
  readonly incident: Incident;
  readonly at: Date;
  readonly starts: readonly KnownStart[];
  readonly clocks: readonly IncidentClock[];
}

interface Ports {
  readonly incidents: IncidentRegister;
  readonly clockBook: ClockBook;
  readonly clock: Clock;
}

/** Computes every clock of an incident as it stands now. Changes nothing. Throws `incident-unknown`. */
export async function incidentClocks(ports: Ports, id: string): Promise<IncidentClocks> {
  const { incident } = await ports.incidents.get(id);
  return clocksOf(incident, latestEntries(await ports.clockBook.entries(id)), ports.clock.now());
}

/** One time limit that is still owed, for lists that show the next ones. */
export interface OwedClock {
  readonly incident: string;
  readonly clock: IncidentClock & { readonly times: NonNullable<IncidentClock['times']> };
}

/** Every time limit of an open incident that has an end and is still owed, the first to end in front. */
export async function owedByAll(ports: Ports): Promise<readonly OwedClock[]> {
  const owed: OwedClock[] = [];
  for (const { incident, state } of await ports.incidents.list()) {
    if (state !== 'open') continue;
    const { clocks } = await incidentClocks(ports, incident.id);
    owed.push(...owedClocks(clocks).map((clock) => ({ incident: incident.id, clock })));
  }
  return owed.sort((one, other) => one.clock.times.dueMs - other.clock.times.dueMs);
}

/** The entries that count: the newest of each subject. */
export function latestEntries(entries: readonly ClockEntry[]): ReadonlyMap<string, ClockEntry> {
  return new Map(entries.map((entry) => [entry.subject, entry]));
}

function clocksOf(
  incident: Incident,
  latest: ReadonlyMap<string, ClockEntry>,
  now: Date,
): IncidentClocks {
  const starts = knownStarts(incident, latest);
  const clocks = computeClocks({
    incident,
    starts: Object.fromEntries(starts.map(({ event, at }) => [event, at.getTime()])),
    settlements: settlementsOf(latest),
    nowMs: now.getTime(),
  });
  return { incident, at: now, starts, clocks, settled: settledBy(latest) };
}

/** What the file says of awareness counts until somebody records it otherwise: clocks run from the first minute. */
export function knownStarts(
  incident: Pick<Incident, 'discovered_at'>,
  latest: ReadonlyMap<string, ClockEntry>,
): readonly KnownStart[] {
  return startEvents.flatMap((event): KnownStart[] => {
    const entry = latest.get(event);
    if (entry?.at !== undefined) {
      const { officer, recordedAt, revision } = entry;
      return [{ event, at: entry.at, recorded: { officer, at: recordedAt, revision } }];
    }
    return event === 'awareness' ? [{ event, at: new Date(incident.discovered_at) }] : [];
  });
}

function settlementsOf(
  latest: ReadonlyMap<string, ClockEntry>,
): Partial<Record<ClockId, Settlement>> {
  const settled: Partial<Record<ClockId, Settlement>> = {};
  for (const { subject, outcome, at } of latest.values()) {
    if (!isClockId(subject)) continue;
    if (outcome === 'set-aside') settled[subject] = { outcome };
    if (outcome === 'met' && at !== undefined) settled[subject] = { outcome, atMs: at.getTime() };
  }
  return settled;
}

function settledBy(latest: ReadonlyMap<string, ClockEntry>): KnownSettlement[] {
  return [...latest.values()].flatMap(({ subject, outcome, officer, recordedAt }) =>
    isClockId(subject) && outcome !== 'reopened' ? [{ clock: subject, officer, recordedAt }] : [],
  );
}
