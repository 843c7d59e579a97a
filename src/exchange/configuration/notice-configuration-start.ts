import type { Clock } from '../workspace/clock.ts';
import { versionInForce } from './configuration-in-force.ts';
import type { ConfigurationVersions } from './configuration-versions.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';

/**
 * The first command after the cooling-off time records that the new version has started, so that a clock that goes
 * back cannot make the earlier one count again.
 */
export async function noticeConfigurationStart(ports: {
  readonly configurationVersions: ConfigurationVersions;
  readonly clock: Clock;
  readonly facts: WorkspaceFacts;
  readonly origin: string;
}): Promise<void> {
  const { configurationVersions: versions, clock, facts, origin } = ports;
  const current = versionInForce(await versions.list(), clock.now());
  if (current === undefined || current.hasStarted) return;
  const { digest } = current;
  await versions.start(digest, {
    draft: {
      actor: 'system',
      act: 'configuration-start',
      result: 'done',
      origin,
      object: `workspace:${facts.id}`,
      data: { configuration: digest },
    },
  });
}
