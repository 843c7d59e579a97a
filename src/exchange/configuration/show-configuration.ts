import { configurationChanges } from '../../domain/configuration/configuration-changes.ts';
import type { ConfigurationChange } from '../../domain/configuration/configuration-changes.ts';
import { parseConfigurationDocument } from '../../domain/configuration/configuration-document.ts';
import type { ConfigurationDocument } from '../../domain/configuration/configuration-document.ts';
import type { HashedLog } from '../audit/hashed-leaves.ts';
import type { Clock } from '../workspace/clock.ts';
import type { ConfigurationVersions } from './configuration-versions.ts';
import { findConfiguration } from './find-configuration.ts';
import { signedHistory } from './signed-history.ts';
import type { SignedConfiguration } from './signed-history.ts';

/** A version, how it stands, and how it differs from the one it replaces. */
export interface ShownConfiguration extends SignedConfiguration {
  readonly changes: readonly ConfigurationChange[];
}

/**
 * What an approver would sign: the stored document, whatever the files say, against the version it names as replaced.
 * Changes nothing. Throws `configuration-unknown`, `configuration-damaged` and as `signedHistory`.
 */
export async function showConfiguration(
  ports: {
    readonly configurationVersions: Pick<ConfigurationVersions, 'list' | 'document'>;
    readonly clock: Clock;
    readonly log: HashedLog;
  },
  typed: string,
): Promise<ShownConfiguration> {
  const { configurationVersions: versions } = ports;
  const { digest } = await findConfiguration(versions, typed);
  const shown = (await signedHistory(ports)).find(({ version }) => version.digest === digest);
  const after = await documentOf(versions, digest);
  const { replaces } = after;
  const before = replaces === undefined ? undefined : await documentOf(versions, replaces);
  return { ...shown!, changes: configurationChanges(before, after) };
}

async function documentOf(
  versions: Pick<ConfigurationVersions, 'document'>,
  digest: string,
): Promise<ConfigurationDocument> {
  return parseConfigurationDocument(await versions.document(digest), digest);
}
