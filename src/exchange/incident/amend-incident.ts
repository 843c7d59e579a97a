import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { assertIncident } from '../../domain/incident/assert-incident.ts';
import { IncidentFault } from '../../domain/incident/errors.ts';
import { incidentSchema } from '../../domain/incident/incident.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { incidentChanges, isEmpty } from '../../domain/incident/incident-changes.ts';
import type { IncidentChanges } from '../../domain/incident/incident-changes.ts';
import { compileRoutes } from '../../domain/incident/routes.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import { amendmentEffect } from './amendment-effect.ts';
import type { AmendmentEffect } from './amendment-effect.ts';
import type { Amendments } from './amendments.ts';
import type { ActRecord } from '../acts/act-record.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration, TableReader } from '../configuration/configuration.ts';
import type { WordRegister } from '../delivery/word-register.ts';
import type { CardAnswersRead } from '../responses/card-answers.ts';
import type { HandoffRegister } from '../handoff/handoff-register.ts';
import { incidentFacts } from './incident-facts.ts';
import type { IncidentRegister } from './incident-register.ts';

interface Ports {
  readonly origin: string;
  readonly configuration: Configuration;
  readonly tables: TableReader;
  readonly incidents: IncidentRegister;
  readonly amendments: Amendments;
  readonly handoffs: HandoffRegister;
  readonly cardAnswers: CardAnswersRead;
  readonly words: WordRegister;
  readonly clock: Clock;
}

export interface AmendRequest {
  readonly incident: string;
  readonly file: string;
  readonly officer: string | undefined;
  readonly reason: string | undefined;
  /** Shows what would change and changes nothing; needs no reason. */
  readonly isDryRun: boolean;
}

/** What an amendment changes, or would change. */
export interface Amended extends AmendmentEffect {
  readonly incident: Incident;
  readonly changes: IncidentChanges;
  readonly isDryRun: boolean;
}

/**
 * Replaces windows, channels, routes and words of an open incident by those of a file with the same id, and tells what
 * that means for cards that were handed off. They stay handed off: those now out are proposed for recall. Undecided
 * handoffs are cancelled, because their plans name the old document. Needs a reason. A file that says what the incident
 * says already changes nothing, and leaves no leaf.
 *
 * Throws `reason-required`, `incident-unknown` (also for a file about another incident), `incident-closed`,
 * `incident-changed` when somebody else amended it or decided a handoff meanwhile, `handoff-undecided` while a handoff is
 * being prepared or waits for the second signature of an emergency, `config-*`, the incident and route faults.
 */
export async function amendIncident(ports: Ports, request: AmendRequest): Promise<Amended> {
  const { officers, recipients } = await ports.configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', ports.clock.now());
  if (!request.isDryRun && (request.reason ?? '') === '') {
    throw new DecisionFault('reason-required', { act: 'amend' });
  }
  const before = await ports.incidents.get(request.incident);
  const incident = await ports.tables.read(request.file, incidentSchema);
  if (incident.id !== request.incident) {
    throw new IncidentFault('incident-unknown', { incident: incident.id });
  }
  if (before.state !== 'open')
    throw new IncidentFault('incident-closed', { incident: incident.id });
  assertIncident(incident);
  compileRoutes(incident, recipients);
  const { effect, proposals, counted } = await amendmentEffect(ports, before, incident);
  const changes = incidentChanges(before.incident, incident);
  const { isDryRun } = request;
  if (isEmpty(changes))
    return { ...nothing, handedOff: effect.handedOff, incident, changes, isDryRun };
  const amended = { ...effect, incident, changes, isDryRun };
  if (isDryRun) return amended;
  const base = { actor: officer.id, origin: ports.origin, result: 'done' } as const;
  const texts = { reason: request.reason! };
  const voids = await ports.amendments.amend(
    { incident, counted, at: ports.clock.now(), proposals, records: effect.records },
    { draft: { ...base, ...amendLeaf(amended, counted.incidentSha256) }, texts },
    (handoff) => ({
      draft: {
        ...{ ...base, act: 'handoff-cancel', object: `handoff:${handoff}` },
        data: { handoff, officer: officer.id },
      },
      texts,
    }),
  );
  return { ...amended, voids };
}

const nothing = { recalls: [], records: undefined, voids: [] };

/** Counts only: which cards they are stands nowhere outside the pages. */
function amendLeaf(
  { incident, changes, recalls, handedOff, records }: Amended,
  replaced: string,
): Pick<Extract<ActRecord['draft'], { act: 'incident-amend' }>, 'act' | 'object' | 'data'> {
  const sum = (of: 'cards' | 'untold'): number =>
    recalls.reduce((cards, recall) => cards + recall[of], 0);
  return {
    act: 'incident-amend',
    object: `incident:${incident.id}`,
    data: {
      ...incidentFacts(incident),
      replaced,
      changed: [...changes.fields, ...(changes.windows.length === 0 ? [] : ['windows'])],
      handedOff,
      proposedForRecall: sum('cards'),
      untold: sum('untold'),
      toRead: records,
    },
  };
}
