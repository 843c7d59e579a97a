import { DecisionFault } from '../domain/handoff/decision-errors.ts';
import { IncidentFault } from '../domain/incident/errors.ts';
import { isStartEvent } from '../domain/incident/start-events.ts';
import type { StartEvent } from '../domain/incident/start-events.ts';
import { parseMoment } from '../domain/incident/parse-moment.ts';
import { WorkspaceFault } from '../domain/workspace/errors.ts';
import { actingOfficer } from './acting-officer.ts';
import type { Clock } from './clock.ts';
import type { ClockBook } from './clock-book.ts';
import type { Configuration } from './configuration.ts';
import { knownStarts, latestEntries } from './incident-clocks.ts';
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
  /** As typed; undefined withdraws what was recorded. */
  readonly at: string | undefined;
  readonly officer: string | undefined;
  readonly reason: string | undefined;
}

/**
 * Records when a start event happened, or withdraws it. A first record needs no reason; to change what is known, also
 * what the incident's file says of awareness, one is needed. Closed incidents are recorded too: their clocks run on.
 *
 * Throws `incident-unknown`, `start-event-unknown`, `start-event-unrecorded`, `usage` (a time that cannot be read),
 * `clock-time-ahead`, `reason-required`, `clock-entry-changed`, and what `actingOfficer` throws.
 */
export async function recordStartEvent(
  ports: ClockPorts,
  request: StartRequest,
): Promise<StartEvent> {
  const now = ports.clock.now();
  const { officers } = await ports.configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', now);
  const { event, reason } = request;
  const { incident } = await ports.incidents.get(request.incident);
  if (!isStartEvent(event)) throw new IncidentFault('start-event-unknown', { event });
  const at =
    request.at === undefined ? undefined : readTime(request.at, { event }, incident.time_zone, now);
  const latest = latestEntries(await ports.clockBook.entries(incident.id));
  const known = knownStarts(incident, latest).find((start) => start.event === event);
  if (at === undefined && known?.recorded === undefined) {
    throw new IncidentFault('start-event-unrecorded', { event });
  }
  const isChange = known !== undefined && known.at.getTime() !== at?.getTime();
  if (isChange && reason === undefined) throw new DecisionFault('reason-required', { act: event });
  const outcome = at === undefined ? 'withdrawn' : 'happened';
  const revision = (latest.get(event)?.revision ?? 0) + 1;
  const entry = { incident: incident.id, subject: event, revision, outcome, at } as const;
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
          at: at?.toISOString(),
          replaced: known?.at.toISOString(),
        },
      },
      ...(reason === undefined ? {} : { texts: { reason } }),
    },
  );
  return event;
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
