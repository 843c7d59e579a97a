import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { IncidentFault } from '../../domain/incident/errors.ts';
import { startsForMerchant } from '../../domain/incident/compute-clocks.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { isStartEvent, startEvents } from '../../domain/incident/start-events.ts';
import type { StartEvent } from '../../domain/incident/start-events.ts';
import { parseMoment } from '../../domain/incident/parse-moment.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { Clock } from '../workspace/clock.ts';
import type { ClockBook, ClockEntry } from './clock-book.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { assertMerchantOf } from './assert-merchant-of.ts';
import { clockSubject, knownStarts, latestEntries } from './incident-clocks.ts';
import type { KnownStart } from './incident-clocks.ts';
import type { IncidentRegister } from './incident-register.ts';

export interface ClockPorts {
  readonly origin: string;
  readonly configuration: Configuration;
  readonly incidents: IncidentRegister;
  readonly clockBook: ClockBook;
  readonly clock: Clock;
}

export interface StartRequest {
  readonly incident: string;
  readonly event: string;
  /** Of one merchant of the incident, which then has clocks of its own. */
  readonly merchant?: string | undefined;
  /** As typed; undefined withdraws what was recorded. */
  readonly at: string | undefined;
  readonly officer: string | undefined;
  readonly reason: string | undefined;
}

/**
 * Records when a start event happened, or withdraws it. A first record needs no reason; to change what is known, also
 * what the incident's file says of awareness, one is needed. Closed incidents are recorded too: their clocks run on.
 *
 * Throws `incident-unknown`, `start-event-unknown`, `start-event-unrecorded`, `usage` (a time that cannot be read, or an event
 * that starts nothing of a merchant's own), `merchants-absent`, `merchant-unknown`,
 * `clock-time-ahead`, `reason-required`, `clock-entry-changed`, and what `actingOfficer` throws.
 */
export async function recordStartEvent(
  ports: ClockPorts,
  request: StartRequest,
): Promise<StartEvent> {
  const now = ports.clock.now();
  const { officers } = await ports.configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', now);
  const { event, merchant, reason } = request;
  const { incident } = await ports.incidents.get(request.incident);
  if (!isStartEvent(event)) throw new IncidentFault('start-event-unknown', { event });
  if (merchant !== undefined) assertOfMerchant(incident, event, merchant);
  const at =
    request.at === undefined ? undefined : readTime(request.at, { event }, incident.time_zone, now);
  const latest = latestEntries(await ports.clockBook.entries(incident.id));
  const subject = clockSubject(event, merchant);
  const known = knownOf(incident, latest, event, merchant);
  if (at === undefined && known?.recorded === undefined) {
    throw new IncidentFault('start-event-unrecorded', { event });
  }
  const isChange = known !== undefined && known.at.getTime() !== at?.getTime();
  if (isChange && reason === undefined) throw new DecisionFault('reason-required', { act: event });
  const outcome = at === undefined ? 'withdrawn' : 'happened';
  const revision = (latest.get(subject)?.revision ?? 0) + 1;
  const entry = { incident: incident.id, subject, revision, outcome, at } as const;
  await ports.clockBook.add(
    { ...entry, officer: officer.id, recordedAt: now },
    {
      draft: {
        actor: officer.id,
        act: 'incident-record',
        result: 'done',
        origin: ports.origin,
        object: `clock:${incident.id}.${event}`,
        data: {
          ...{ incident: incident.id, event, outcome },
          ...(merchant === undefined ? {} : { merchant }),
          at: at?.toISOString(),
          replaced: known?.at.toISOString(),
        },
      },
      ...(reason === undefined ? {} : { texts: { reason } }),
    },
  );
  return event;
}

/** Throws `usage`, `merchants-absent`, `merchant-unknown`. */
function assertOfMerchant(
  { id, merchants }: Pick<Incident, 'id' | 'merchants'>,
  event: StartEvent,
  merchant: string,
): void {
  assertMerchantOf(
    id,
    merchants?.map((each) => each.id),
    merchant,
  );
  if (startsForMerchant(event)) return;
  const expected = `an event that starts clocks of a merchant's own: ${startEvents.filter(startsForMerchant).join(', ')}`;
  throw new WorkspaceFault('usage', { option: '--merchant', expected });
}

function knownOf(
  incident: Incident,
  latest: ReadonlyMap<string, ClockEntry>,
  event: StartEvent,
  merchant: string | undefined,
): KnownStart | undefined {
  if (merchant === undefined) {
    return knownStarts(incident, latest).find((start) => start.event === event);
  }
  const own = latest.get(clockSubject(event, merchant));
  return own && knownStarts(undefined, new Map([[event, own]]))[0];
}

/**
 * Reads a time of the past on the clock of a zone. Throws `usage`, `clock-time-ahead`.
 *
 * @param about what it is the time of, for the refusal
 */
export function readTime(
  text: string,
  about: { readonly event: string } | { readonly clock: string },
  timeZone: string,
  now: Date,
): Date {
  const ms = parseMoment(text, timeZone);
  if (ms === undefined) {
    throw new WorkspaceFault('usage', {
      option: '--at',
      expected: `a time such as 2026-05-01T22:30 (${timeZone}) or 2026-05-01T22:30:00+09:00`,
    });
  }
  if (ms > now.getTime()) {
    throw new IncidentFault('clock-time-ahead', { ...about, at: text, timeZone });
  }
  return new Date(ms);
}
