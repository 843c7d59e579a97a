import type { Clock } from '../workspace/clock.ts';
import { versionInForce, versionWaiting } from './configuration-in-force.ts';
import type { ConfigurationVersion, ConfigurationVersions } from './configuration-versions.ts';

/**
 * How a version stands now. `open` waits for approvals, `stale` was proposed to replace a version that is no longer in
 * force, `waiting` is adopted and its time has not come.
 */
export type ConfigurationStanding =
  'open' | 'stale' | 'waiting' | 'in-force' | 'replaced' | 'dropped';

export interface StandingConfiguration {
  readonly version: ConfigurationVersion;
  readonly standing: ConfigurationStanding;
}

/** Every version that was ever proposed, in order, and how it stands. */
export async function configurationHistory(ports: {
  readonly configurationVersions: Pick<ConfigurationVersions, 'list'>;
  readonly clock: Clock;
}): Promise<readonly StandingConfiguration[]> {
  const versions = await ports.configurationVersions.list();
  const now = ports.clock.now();
  const current = versionInForce(versions, now);
  const waiting = versionWaiting(versions, now);
  return versions.map((version): StandingConfiguration => {
    if (version.state === 'dropped') return { version, standing: 'dropped' };
    if (version.state === 'proposed') {
      return { version, standing: version.replaces === current?.digest ? 'open' : 'stale' };
    }
    if (version === current) return { version, standing: 'in-force' };
    return { version, standing: version === waiting ? 'waiting' : 'replaced' };
  });
}

/** Whether it came into force without its cooling-off time, because every approval asked for that. */
export function isByEmergency({ approvals }: ConfigurationVersion): boolean {
  return approvals.length > 0 && approvals.every(({ isEmergency }) => isEmergency);
}
