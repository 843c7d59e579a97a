import { isExampleKey } from '../../domain/workspace/example-keys.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import type { LoadedConfiguration } from '../configuration/configuration.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';

/**
 * The settings are a file that people edit; what a workspace is was written into the database once and for all. Whoever
 * composes a configuration asks this too: one that no command can open must not come into force.
 *
 * Throws `mode-changed`, and in a live workspace `example-key`, also where somebody wrote the entry by hand.
 */
export function assertRecordedFacts(
  facts: WorkspaceFacts,
  loaded: Pick<LoadedConfiguration, 'settings' | 'officers' | 'recipients' | 'senders'>,
): void {
  const { id, mode } = loaded.settings.workspace;
  if (facts.mode !== mode || facts.id !== id) {
    throw new WorkspaceFault('mode-changed', { recorded: facts.mode, found: mode });
  }
  const everyone = [...loaded.officers, ...loaded.recipients, ...loaded.senders];
  const example = everyone.find(({ fingerprint }) => isExampleKey(fingerprint));
  if (facts.mode === 'live' && example !== undefined) {
    throw new WorkspaceFault('example-key', { id: example.id });
  }
}
