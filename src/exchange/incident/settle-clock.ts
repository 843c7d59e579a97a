import type { ClockId } from '../../domain/incident/clock-rules.ts';
import type { Clock } from '../../domain/incident/compute-clocks.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { IncidentFault } from '../../domain/incident/errors.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import { assertMerchantOf } from './assert-merchant-of.ts';
import { clockSubject, incidentClocks, latestEntries } from './incident-clocks.ts';
import type { IncidentClocks } from './incident-clocks.ts';
import { readTime } from './record-start-event.ts';
import type { ClockPorts } from './record-start-event.ts';

export interface SettleRequest {
  readonly incident: string;
  readonly clock: string;
  /** Of one merchant, which has clocks of its own. */
  readonly merchant?: string | undefined;
  readonly outcome: 'met' | 'set-aside' | 'reopened';
  /** When the duty was done, as typed; for `met`. */
  readonly at: string | undefined;
  readonly officer: string | undefined;
  readonly reason: string | undefined;
}

/**
 * Records that the duty of a clock was done, that it does not bind here, or that neither holds any more. All but a
 * first `met` need a reason.
 *
 * Throws `incident-unknown`, `clock-unknown` (also for a clock that the incident's file leaves out, or that a merchant does not
 * have for itself), `merchants-absent`, `merchant-unknown`, `usage` (also for a
 * time before the clock began),
 * `clock-time-ahead`, `reason-required`, `clock-entry-changed`, and what `actingOfficer` throws.
 */
export async function settleClock(ports: ClockPorts, request: SettleRequest): Promise<ClockId> {
  const now = ports.clock.now();
  const { officers } = await ports.configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', now);
  const { clock: id, merchant, outcome, reason } = request;
  const computed = await incidentClocks(ports, request.incident);
  const { incident } = computed;
  const clocks = clocksOf(computed, merchant);
  const asked = clocks.find((clock) => clock.id === id);
  if (asked === undefined) throw new IncidentFault('clock-unknown', { clock: id });
  const at =
    outcome === 'met' && request.at !== undefined
      ? readTime(request.at, { clock: id }, asked.rule.timeZone ?? incident.time_zone, now)
      : undefined;
  assertNotBefore(at, asked);
  const before = latestEntries(await ports.clockBook.entries(incident.id)).get(
    clockSubject(id, merchant),
  );
  const isFirst = before === undefined || before.outcome === 'reopened';
  if (reason === undefined && !(outcome === 'met' && isFirst)) {
    throw new DecisionFault('reason-required', { act: id });
  }
  const revision = (before?.revision ?? 0) + 1;
  await ports.clockBook.add(
    {
      ...{ incident: incident.id, subject: clockSubject(id, merchant), revision, outcome },
      at: outcome === 'met' ? (at ?? now) : undefined,
      officer: officer.id,
      recordedAt: now,
    },
    {
      draft: {
        actor: officer.id,
        act: 'clock-settle',
        result: 'done',
        origin: ports.origin,
        object: `clock:${incident.id}.${asked.id}`,
        data: {
          ...{ incident: incident.id, clock: asked.id, outcome },
          ...(merchant === undefined ? {} : { merchant }),
          at: outcome === 'met' ? (at ?? now).toISOString() : undefined,
          replaced: before?.outcome,
        },
      },
      ...(reason === undefined ? {} : { texts: { reason } }),
    },
  );
  return asked.id;
}

/** Of a merchant those that run from a start event of its own. Throws `merchants-absent`, `merchant-unknown`. */
function clocksOf(
  { incident, clocks, merchants = [] }: IncidentClocks,
  merchant: string | undefined,
): readonly Clock[] {
  if (merchant === undefined) return clocks;
  const own = merchants.find((each) => each.merchant === merchant);
  if (own !== undefined) return own.clocks;
  assertMerchantOf(
    incident.id,
    incident.merchants?.map((each) => each.id),
    merchant,
  );
  return [];
}

/** A duty cannot have been done before it began: a mistyped year would silence it. */
function assertNotBefore(at: Date | undefined, { start }: Clock): void {
  if (at === undefined || start === undefined || at.getTime() >= start.atMs) return;
  throw new WorkspaceFault('usage', {
    option: '--met',
    expected: `a time after the clock began (${new Date(start.atMs).toISOString()})`,
  });
}
