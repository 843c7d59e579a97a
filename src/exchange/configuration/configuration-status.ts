import type { Clock } from '../workspace/clock.ts';
import { configurationHistory } from './configuration-history.ts';
import type { StandingConfiguration } from './configuration-history.ts';
import { configurationDrift } from './configuration-proposal.ts';
import type { ProposalPorts } from './configuration-proposal.ts';
import type { ConfigurationVersions } from './configuration-versions.ts';

/** What a person should know of the configuration; nothing of a drill that never approved one. */
export interface ConfigurationStatus {
  /** Live, and nobody approved it yet: nothing can be handed over. */
  readonly isMissing: boolean;
  /** Those that are in force, wait for approvals or wait for their time. */
  readonly versions: readonly StandingConfiguration[];
  /** Parts of the files that differ from what is in force. */
  readonly differing: readonly string[];
  /** Code of why the files cannot be read, while something approved is in force. */
  readonly unreadable: string | undefined;
}

export async function configurationStatus(
  ports: ProposalPorts & {
    readonly configurationVersions: Pick<ConfigurationVersions, 'list'>;
    readonly clock: Clock;
  },
): Promise<ConfigurationStatus> {
  const history = await configurationHistory(ports);
  const drift = await configurationDrift(ports);
  return {
    isMissing:
      ports.facts.mode === 'live' && !history.some(({ standing }) => standing === 'in-force'),
    versions: history.filter(({ standing }) => ['open', 'waiting', 'in-force'].includes(standing)),
    differing: drift?.parts ?? [],
    unreadable: drift?.fault?.code,
  };
}
