import { ConfigurationFault } from '../../domain/configuration/errors.ts';
import { assertConfigurationSigned } from './assert-configuration-signed.ts';
import type { ConfigurationProofPorts } from './assert-configuration-signed.ts';
import type { LoadedConfiguration } from './configuration.ts';

/**
 * Live cards go out only by a configuration that two people stand behind: their signatures are checked each time, since
 * whoever can write the database can write a row that says so. A drill may do without for ever.
 *
 * Throws `configuration-unapproved` and what `assertConfigurationSigned` throws.
 */
export async function assertConfigurationApproved(
  ports: ConfigurationProofPorts,
  { isApproved }: LoadedConfiguration,
): Promise<void> {
  if (ports.facts.mode !== 'live') return;
  if (!isApproved) throw new ConfigurationFault('configuration-unapproved');
  await assertConfigurationSigned(ports);
}
