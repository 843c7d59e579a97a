import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from './configuration.ts';
import type { ConfigurationVersion, ConfigurationVersions } from './configuration-versions.ts';
import { findConfiguration } from './find-configuration.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';

/**
 * Drops a proposal, or an adopted version that still waits for its time: one approver is enough to keep things as
 * they are. Throws `configuration-unknown`, `configuration-settled`, `configuration-started`, `reason-required` and what
 * `actingOfficer` throws.
 */
export async function dropConfiguration(
  ports: {
    readonly configuration: Configuration;
    readonly configurationVersions: ConfigurationVersions;
    readonly clock: Clock;
    readonly facts: WorkspaceFacts;
    readonly origin: string;
  },
  request: {
    readonly configuration: string;
    readonly officer: string | undefined;
    readonly reason: string | undefined;
  },
): Promise<ConfigurationVersion> {
  const { officers } = await ports.configuration.load();
  const officer = actingOfficer(officers, request.officer, 'approver', ports.clock.now());
  if (request.reason === undefined) throw new DecisionFault('reason-required', { act: 'drop' });
  const version = await findConfiguration(ports.configurationVersions, request.configuration);
  await ports.configurationVersions.drop(version.digest, {
    draft: {
      actor: officer.id,
      act: 'configuration-drop',
      result: 'done',
      origin: ports.origin,
      object: `workspace:${ports.facts.id}`,
      data: { configuration: version.digest, officer: officer.id },
    },
    texts: { reason: request.reason },
  });
  return version;
}
