import { ConfigurationFault } from '../../domain/configuration/errors.ts';
import type { ConfigurationVersion, ConfigurationVersions } from './configuration-versions.ts';

/** Shorter beginnings of a digest are refused: people would take the first that fits. */
const PREFIX_MIN = 12;

/** The version whose digest begins as typed. Throws `configuration-unknown` unless it is exactly one. */
export async function findConfiguration(
  versions: Pick<ConfigurationVersions, 'list'>,
  typed: string,
): Promise<ConfigurationVersion> {
  const found = /^[0-9a-f]+$/.test(typed)
    ? (await versions.list()).filter(({ digest }) => digest.startsWith(typed))
    : [];
  const [version] = found;
  if (version === undefined || found.length > 1 || typed.length < PREFIX_MIN) {
    throw new ConfigurationFault('configuration-unknown', { configuration: typed });
  }
  return version;
}
