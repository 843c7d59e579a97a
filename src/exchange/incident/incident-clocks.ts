import {
  computeClocks,
  computeMerchantClocks,
  owedClocks,
} from '../../domain/incident/compute-clocks.ts';
import type { Clock as IncidentClock, Settlement } from '../../domain/incident/compute-clocks.ts';
import type { ClockId } from '../../domain/incident/clock-rules.ts';
import { isClockId } from '../../domain/incident/clock-rules.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { startEvents } from '../../domain/incident/start-events.ts';
import type { StartEvent } from '../../domain/incident/start-events.ts';
import type { Clock } from '../workspace/clock.ts';
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
  /** Of merchants of which something of their own was recorded, by id; left out where there is none. */
  readonly merchants?: readonly MerchantClocks[];
}

/** What one merchant owes for itself. */
export interface MerchantClocks extends Pick<IncidentClocks, 'starts' | 'clocks' | 'settled'> {
  readonly merchant: string;
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
  /** Whose it is, where it is one merchant's. */
  readonly merchant?: string;
  readonly clock: IncidentClock & { readonly times: NonNullable<IncidentClock['times']> };
}

/** Every time limit of an open incident that has an end and is still owed, the first to end in front. */
export async function owedByAll(ports: Ports): Promise<readonly OwedClock[]> {
  const owed: OwedClock[] = [];
  for (const { incident, state } of await ports.incidents.list()) {
    if (state !== 'open') continue;
    const { clocks, merchants = [] } = await incidentClocks(ports, incident.id);
    owed.push(...owedClocks(clocks).map((clock) => ({ incident: incident.id, clock })));
    for (const { merchant, clocks: own } of merchants) {
      owed.push(...owedClocks(own).map((clock) => ({ incident: incident.id, merchant, clock })));
    }
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
  const computed = { incident, at: now, starts, clocks, settled: settledBy(latest) };
  const merchants = [...latestByMerchant(latest)].map(([merchant, own]) =>
    merchantClocks(incident, merchant, own, now),
  );
  return merchants.length === 0 ? computed : { ...computed, merchants };
}

const whose = '@';

/** What an entry is about: something of the incident, or of one of its merchants. */
export function clockSubject(subject: string, merchant: string | undefined): string {
  return merchant === undefined ? subject : `${subject}${whose}${merchant}`;
}

function latestByMerchant(
  latest: ReadonlyMap<string, ClockEntry>,
): ReadonlyMap<string, ReadonlyMap<string, ClockEntry>> {
  const found = new Map<string, Map<string, ClockEntry>>();
  for (const entry of latest.values()) {
    const [subject = '', merchant] = entry.subject.split(whose);
    if (merchant === undefined) continue;
    const own = found.get(merchant) ?? new Map<string, ClockEntry>();
    found.set(merchant, own.set(subject, { ...entry, subject }));
  }
  return found;
}

/** The clocks of one merchant, from the entries that count of its own; none of the incident's start it. */
function merchantClocks(
  incident: Incident,
  merchant: string,
  own: ReadonlyMap<string, ClockEntry>,
  now: Date,
): MerchantClocks {
  const starts = knownStarts(undefined, own);
  const clocks = computeMerchantClocks({
    incident,
    starts: Object.fromEntries(starts.map(({ event, at }) => [event, at.getTime()])),
    settlements: settlementsOf(own),
    nowMs: now.getTime(),
  });
  return { merchant, starts, clocks, settled: settledBy(own) };
}

/**
 * What the file says of awareness counts until somebody records it otherwise: clocks run from the first minute. Without a
 * file, for what is one merchant's, only what was recorded.
 */
export function knownStarts(
  incident: Pick<Incident, 'discovered_at'> | undefined,
  latest: ReadonlyMap<string, ClockEntry>,
): readonly KnownStart[] {
  return startEvents.flatMap((event): KnownStart[] => {
    const entry = latest.get(event);
    if (entry?.at !== undefined) {
      const { officer, recordedAt, revision } = entry;
      return [{ event, at: entry.at, recorded: { officer, at: recordedAt, revision } }];
    }
    return event === 'awareness' && incident !== undefined
      ? [{ event, at: new Date(incident.discovered_at) }]
      : [];
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
