import { ConfigurationFault } from '../domain/configuration/errors.ts';
import type { LoadedConfiguration } from './configuration.ts';
import type { WorkspaceFacts } from './workspace-facts.ts';

/**
 * Live cards go out only by a configuration that two people stand behind. A drill may do without for ever. Throws
 * `configuration-unapproved`.
 */
export function assertConfigurationApproved(
  { facts }: { readonly facts: WorkspaceFacts },
  { isApproved }: LoadedConfiguration,
): void {
  if (facts.mode === 'live' && !isApproved)
    throw new ConfigurationFault('configuration-unapproved');
}
