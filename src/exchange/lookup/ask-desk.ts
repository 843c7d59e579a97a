import type { LeafDraft } from '../../domain/audit/leaf.ts';
import { isFault } from '../../domain/fault.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { assertMayAsk, QUESTION_SPAN_MS } from '../../domain/lookup/question-rate.ts';
import { searchedIncidents } from '../../domain/lookup/searched-incidents.ts';
import { decodePlan } from '../../domain/handoff/plan.ts';
import type { Officer } from '../../domain/workspace/officer.ts';
import { enabledOfficer } from '../acts/acting-officer.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { HandoffRow } from '../handoff/handoff-register.ts';
import type { IncidentRegister, IncidentRow } from '../incident/incident-register.ts';
import type { AskedBy, LookUpAnswer, LookUpHit } from './look-up-answer.ts';
import type { LogBook } from '../audit/log-book.ts';
import type { LookUps } from './look-ups.ts';
import { recordRefusal } from '../acts/record-refusal.ts';

export interface AskPorts {
  readonly origin: string;
  readonly configuration: Configuration;
  readonly incidents: IncidentRegister;
  readonly lookUps: LookUps;
  readonly log: Pick<LogBook, 'append'>;
  readonly clock: Clock;
}

export interface AskRequest {
  /** Only this incident; undefined: every one that was not purged. */
  readonly incident: string | undefined;
  readonly officer: string | undefined;
  readonly reason: string | undefined;
}

/**
 * One question of a caller: who may ask, how often, and the leaf that says that it was asked, which is written before
 * anybody sees the answer. `find` looks through the incidents it is given: those that were not purged and `isAskable`.
 *
 * Throws `officer-*`, `role-missing` (neither desk nor officer), `reason-required`, `incident-unknown`,
 * `lookup-too-many`, and what `find` throws; then nothing was answered. Who may not ask leaves a leaf.
 */
export async function askDesk(
  ports: AskPorts,
  by: AskedBy,
  request: AskRequest,
  find: (incidents: readonly IncidentRow[]) => Promise<readonly LookUpHit[]>,
  isAskable: (row: IncidentRow) => boolean = () => true,
): Promise<LookUpAnswer> {
  const { incidents: register, lookUps, clock, origin } = ports;
  const actor = (await permitted(ports, request, by)).id;
  if ((request.reason ?? '') === '') throw new DecisionFault('reason-required', { act: 'lookup' });
  const { incident } = request;
  const rows = incident === undefined ? await register.list() : [await register.get(incident)];
  const kept = rows.filter(({ purge }) => purge === undefined);
  const live = kept.filter(isAskable);
  const skipped = kept.filter((row) => !isAskable(row)).map((row) => row.incident.id);
  const hits = await find(live);
  // A caller may be asked for minutes: the question counts when it is answered.
  const at = clock.now();
  const searched = live.map((row) => row.incident.id);
  const draft: LeafDraft = {
    ...{ actor, act: 'look-up', result: 'done', origin, object: `desk:${by}` },
    data: { by, ...searchedIncidents(searched), found: hits.length },
  };
  const span = new Date(at.getTime() - QUESTION_SPAN_MS);
  await lookUps.add(at, span, searched, { draft, texts: { reason: request.reason! } });
  return {
    ...{ by, at, hits, skipped, incidents: live.map((row) => row.incident) },
    purged: rows.filter(({ purge }) => purge !== undefined).map((row) => row.incident.id),
  };
}

/** Somebody who may ask, and may ask now; who may not leaves a leaf, since it may be an attempt to try numbers out. */
async function permitted(ports: AskPorts, request: AskRequest, by: AskedBy): Promise<Officer> {
  const { configuration, lookUps, clock, origin } = ports;
  const now = clock.now();
  const { officers } = await configuration.load();
  try {
    const officer = enabledOfficer(officers, request.officer, 'desk', now);
    if (!officer.roles.includes('desk') && !officer.roles.includes('officer')) {
      throw new DecisionFault('role-missing', { officer: officer.id, role: 'desk' });
    }
    const since = new Date(now.getTime() - QUESTION_SPAN_MS);
    assertMayAsk(await lookUps.askedSince({ actor: officer.id, origin }, since));
    return officer;
  } catch (error) {
    if (isFault(error)) {
      const attempt = { officers, officer: request.officer, asked: 'look-up' };
      await recordRefusal(ports, { ...attempt, object: `desk:${by}` }, error);
    }
    throw error;
  }
}

/** Whether a handoff was prepared of the incident as it stands now. */
export function isOfDocument({ plan }: Pick<HandoffRow, 'plan'>, documentSha256: string): boolean {
  return plan !== undefined && decodePlan(plan).incidentSha256 === documentSha256;
}
