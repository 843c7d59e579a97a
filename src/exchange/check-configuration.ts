import type { Facts } from '../domain/fault.ts';
import { isByEmergency } from './configuration-history.ts';
import { configurationStatus } from './configuration-status.ts';

interface ConfigurationCheck {
  readonly check: 'configuration-approved' | 'configuration-files';
  readonly verdict: 'ok' | 'warning' | 'failed';
  readonly facts: Facts;
}

/** What the doctor says about the configuration; nothing of a drill that never approved one. */
export async function configurationChecks(
  ports: Parameters<typeof configurationStatus>[0],
): Promise<ConfigurationCheck[]> {
  const { isMissing, versions, differing, unreadable } = await configurationStatus(ports);
  if (isMissing) {
    return [{ check: 'configuration-approved', verdict: 'warning', facts: { problem: 'missing' } }];
  }
  const current = versions.find(({ standing }) => standing === 'in-force');
  if (current === undefined) return [];
  const configuration = current.version.digest.slice(0, 12);
  const isHasty = isByEmergency(current.version);
  const isAsFiles = differing.length === 0 && unreadable === undefined;
  return [
    {
      check: 'configuration-approved',
      verdict: isHasty ? 'warning' : 'ok',
      facts: { configuration, ...(isHasty ? { problem: 'emergency' } : {}) },
    },
    {
      check: 'configuration-files',
      verdict: isAsFiles ? 'ok' : 'warning',
      facts: {
        ...(differing.length === 0 ? {} : { files: differing.map(fileOf) }),
        ...(unreadable === undefined ? {} : { code: unreadable }),
      },
    },
  ];
}

/** Where people edit a part. */
function fileOf(part: string): string {
  if (part === 'profiles') return 'config/profiles';
  return part === 'settings' ? 'config/mimamori.toml' : `config/${part}.toml`;
}
