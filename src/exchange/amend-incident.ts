import { DecisionFault } from '../domain/handoff/decision-errors.ts';
import { assertIncident } from '../domain/incident/assert-incident.ts';
import { IncidentFault } from '../domain/incident/errors.ts';
import { incidentSchema } from '../domain/incident/incident.ts';
import { compileRoutes } from '../domain/incident/routes.ts';
import { actingOfficer } from './acting-officer.ts';
import type { Clock } from './clock.ts';
import type { Configuration, TableReader } from './configuration.ts';
import { incidentDigest } from './incident-digest.ts';
import type { IncidentRegister, IncidentRow } from './incident-register.ts';

/**
 * Replaces windows, channels, routes and words of an open incident by those of a file with the same id. Cards that were
 * handed off stay handed off; the next prepare goes by the new document. Needs a reason.
 *
 * Returns the incident as it was before. Throws `reason-required`, `incident-unknown` (also for a file about another
 * incident), `incident-closed`, `handoff-undecided`, `config-*`, the incident and route faults.
 */
export async function amendIncident(
  ports: {
    readonly origin: string;
    readonly configuration: Configuration;
    readonly tables: TableReader;
    readonly incidents: IncidentRegister;
    readonly clock: Clock;
  },
  request: {
    readonly incident: string;
    readonly file: string;
    readonly officer: string | undefined;
    readonly reason: string | undefined;
  },
): Promise<IncidentRow> {
  const { officers, recipients } = await ports.configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', ports.clock.now());
  if ((request.reason ?? '') === '') throw new DecisionFault('reason-required', { act: 'amend' });
  const before = await ports.incidents.get(request.incident);
  const incident = await ports.tables.read(request.file, incidentSchema);
  if (incident.id !== request.incident) {
    throw new IncidentFault('incident-unknown', { incident: incident.id });
  }
  assertIncident(incident);
  compileRoutes(incident, recipients);
  await ports.incidents.amend(incident, {
    draft: {
      actor: officer.id,
      act: 'incident-amend',
      result: 'done',
      origin: ports.origin,
      object: `incident:${incident.id}`,
      data: {
        incident: incident.id,
        windows: incident.windows.length,
        routes: incident.routes.length,
        elements: incident.elements.map((element) => element.replaceAll('_', '-')),
        document: incidentDigest(incident),
        replaced: incidentDigest(before.incident),
      },
    },
    texts: { reason: request.reason! },
  });
  return before;
}
