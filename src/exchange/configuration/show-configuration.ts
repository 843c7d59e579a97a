import { configurationChanges } from '../../domain/configuration/configuration-changes.ts';
import type { ConfigurationChange } from '../../domain/configuration/configuration-changes.ts';
import { parseConfigurationDocument } from '../../domain/configuration/configuration-document.ts';
import type { ConfigurationDocument } from '../../domain/configuration/configuration-document.ts';
import type { Clock } from '../workspace/clock.ts';
import { configurationHistory } from './configuration-history.ts';
import type { StandingConfiguration } from './configuration-history.ts';
import type { ConfigurationVersions } from './configuration-versions.ts';
import { findConfiguration } from './find-configuration.ts';

/** A version, how it stands, and how it differs from the one it replaces. */
export interface ShownConfiguration extends StandingConfiguration {
  readonly changes: readonly ConfigurationChange[];
}

/**
 * What an approver would sign: the stored document, whatever the files say, against the version it names as replaced.
 * Changes nothing. Throws `configuration-unknown` and `configuration-damaged`.
 */
export async function showConfiguration(
  ports: {
    readonly configurationVersions: Pick<ConfigurationVersions, 'list' | 'document'>;
    readonly clock: Clock;
  },
  typed: string,
): Promise<ShownConfiguration> {
  const { configurationVersions: versions } = ports;
  const { digest } = await findConfiguration(versions, typed);
  const shown = (await configurationHistory(ports)).find(
    ({ version }) => version.digest === digest,
  );
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
