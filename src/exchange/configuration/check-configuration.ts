import { isFault } from '../../domain/fault.ts';
import type { Facts } from '../../domain/fault.ts';
import { assertConfigurationSigned } from './assert-configuration-signed.ts';
import type { ConfigurationProofPorts } from './assert-configuration-signed.ts';
import { isByEmergency } from './configuration-history.ts';
import { configurationStatus } from './configuration-status.ts';

interface ConfigurationCheck {
  readonly check: 'configuration-approved' | 'configuration-files';
  readonly verdict: 'ok' | 'warning' | 'failed';
  readonly facts: Facts;
}

/** What the doctor says about the configuration; nothing of a drill that never approved one. */
export async function configurationChecks(
  ports: Parameters<typeof configurationStatus>[0] & ConfigurationProofPorts,
): Promise<ConfigurationCheck[]> {
  const code = await unprovenCode(ports);
  if (code !== undefined) {
    const facts = { problem: 'unproven', code };
    return [{ check: 'configuration-approved', verdict: 'failed', facts }];
  }
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

/** Code of what is wrong with the signatures of what is in force, asked anew each time. */
async function unprovenCode(ports: ConfigurationProofPorts): Promise<string | undefined> {
  try {
    await assertConfigurationSigned(ports);
    return undefined;
  } catch (error) {
    if (isFault(error)) return error.code;
    throw error;
  }
}

/** Where people edit a part. */
function fileOf(part: string): string {
  if (part === 'profiles' || part === 'answers') return `config/${part}`;
  return part === 'settings' ? 'config/mimamori.toml' : `config/${part}.toml`;
}
