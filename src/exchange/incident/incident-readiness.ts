import { ZoneDays } from '../../domain/incident/zone-days.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { computeReadiness } from '../../domain/readiness/compute-readiness.ts';
import type { IncidentFacts, Readiness } from '../../domain/readiness/readiness.ts';
import type { Amendments } from './amendments.ts';
import type { Clock } from '../workspace/clock.ts';
import { unresolvedLists } from '../handoff/unresolved-lists.ts';
import type { RecallBatch } from '../recall/incident-recalls.ts';
import type { HandoffRow } from '../handoff/handoff-register.ts';
import type { IncidentRegister } from './incident-register.ts';
import { heldBy } from './held-records.ts';
import { issuersOf } from './issuer-readiness.ts';
import type { IssuerPorts, IssuerReadiness } from './issuer-readiness.ts';
import { latestOf, standingOf, statementKey } from './latest-statements.ts';
import type { Statement, ToldRegister } from './told-register.ts';

export interface ReadinessPorts extends IssuerPorts {
  readonly incidents: IncidentRegister;
  readonly amendments: Amendments;
  readonly told: ToldRegister;
  readonly clock: Clock;
}

export interface IncidentReadiness extends Readiness {
  readonly incident: Incident;
  readonly mode: 'drill' | 'live' | undefined;
  readonly at: Date;
  readonly issuers: readonly IssuerReadiness[];
  /** Recalls that stand and are with their recipients: what they name is not among the cards of an issuer. */
  readonly recalls: readonly RecallBatch[];
  readonly desk: Statement | undefined;
  /** How many statements were replaced by later ones. */
  readonly replaced: number;
}

/** Whether the company can publish its notice and take calls. Changes nothing. Throws `incident-unknown`. */
export async function incidentReadiness(
  ports: ReadinessPorts,
  id: string,
): Promise<IncidentReadiness> {
  const { incident } = await ports.incidents.get(id);
  const at = ports.clock.now();
  const all = await ports.handoffs.list(id);
  const handoffs = all.filter(stands);
  const statements = await ports.told.ofIncident(id);
  const latest = latestOf(statements);
  const { issuers, recalls, answers } = await issuersOf(ports, handoffs, latest);
  const desk = latest({ kind: 'desk', name: '' }, 'desk');
  const facts: IncidentFacts = {
    ...(await incidentFacts(ports, id, handoffs)),
    held: await heldBy(ports.handoffs, all),
    unresolved: await unresolvedLists(
      ports.responses,
      issuers.flatMap(({ batches }) => batches),
    ),
    ...{ answers, nowMs: at.getTime() },
    today: ZoneDays.of(incident.time_zone).dateOf(at.getTime()),
    ...(desk === undefined ? {} : { desk: standingOf(desk) }),
  };
  const counted = new Set(statements.map(statementKey)).size;
  return {
    ...computeReadiness(facts, issuers),
    ...{ incident, at, issuers, recalls, desk, mode: handoffs[0]?.mode },
    replaced: statements.length - counted,
  };
}

/** What was declined, withdrawn or came to nothing hands nothing over. */
function stands({ state, outcome }: HandoffRow): boolean {
  if (state === 'undecided') return true;
  return state === 'decided' && outcome === 'approve';
}

async function incidentFacts(
  { handoffs: register, amendments }: ReadinessPorts,
  id: string,
  handoffs: readonly HandoffRow[],
): Promise<Omit<IncidentFacts, 'nowMs' | 'today' | 'desk' | 'held' | 'unresolved' | 'answers'>> {
  const uncovered = (await register.uncovered()).filter(({ incident }) => incident === id);
  const recalls = await amendments.recalls(id);
  return {
    undecided: handoffs.filter(({ state }) => state === 'undecided').map((row) => row.id),
    uncovered: uncovered.map(({ handoff, cards }) => ({ handoff, cards })),
    isToRead: (await amendments.toRead(id)).length > 0,
    recalls: recalls.map(({ batch }) => batch),
  };
}
