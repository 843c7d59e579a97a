import { assertIncident } from '../../domain/incident/assert-incident.ts';
import { incidentSchema } from '../../domain/incident/incident.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { compileRoutes } from '../../domain/incident/routes.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration, TableReader } from '../configuration/configuration.ts';
import { incidentFacts } from './incident-facts.ts';
import type { IncidentRegister } from './incident-register.ts';

interface Ports {
  readonly origin: string;
  readonly configuration: Configuration;
  readonly tables: TableReader;
  readonly incidents: IncidentRegister;
  readonly clock: Clock;
}

/**
 * Opens an incident from its file. Routes must lead to recipients that exist.
 *
 * Throws `config-*` for what is wrong with the file, the incident and route faults, `incident-exists`, and what
 * `actingOfficer` throws.
 */
export async function openIncident(
  ports: Ports,
  request: { readonly file: string; readonly officer: string | undefined },
): Promise<Incident> {
  const { officers, recipients } = await ports.configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', ports.clock.now());
  const incident = await ports.tables.read(request.file, incidentSchema);
  assertIncident(incident);
  compileRoutes(incident, recipients);
  await ports.incidents.open(incident, ports.clock.now(), {
    draft: {
      actor: officer.id,
      act: 'incident-open',
      result: 'done',
      origin: ports.origin,
      object: `incident:${incident.id}`,
      data: incidentFacts(incident),
    },
    texts: {
      publicName: incident.public_name,
      ...(incident.merchant === undefined ? {} : { merchant: incident.merchant }),
    },
  });
  return incident;
}

/** Closes an incident: no further handoff can be prepared. Throws `incident-unknown`, `incident-closed`, `reason-required`. */
export async function closeIncident(
  ports: Omit<Ports, 'tables'>,
  request: {
    readonly incident: string;
    readonly officer: string | undefined;
    readonly reason: string | undefined;
  },
): Promise<void> {
  const { officers } = await ports.configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', ports.clock.now());
  if ((request.reason ?? '') === '') throw new DecisionFault('reason-required', { act: 'close' });
  await ports.incidents.get(request.incident);
  await ports.incidents.close(request.incident, {
    draft: {
      actor: officer.id,
      act: 'incident-close',
      result: 'done',
      origin: ports.origin,
      object: `incident:${request.incident}`,
      data: { incident: request.incident },
    },
    texts: { reason: request.reason! },
  });
}
