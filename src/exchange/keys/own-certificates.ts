import { isFault } from '../../domain/fault.ts';
import type { Certificates } from './certificates.ts';
import type { Clock } from '../workspace/clock.ts';
import { ourOpenpgpKeys } from './own-keys.ts';
import type { OwnKey } from './own-keys.ts';
import type { PublicKeys } from './public-keys.ts';

/** A certificate of ours as partners get it. */
export interface OwnCertificate {
  readonly key: OwnKey;
  readonly armored: string;
}

/**
 * Our certificates that partners need: that of the key in use and, while two overlap, of the retiring one. Over or not,
 * each is of the key that the database names.
 *
 * Throws `certificate-*` for a file that holds another certificate or none, and what reading it throws.
 */
export async function ownCertificates(
  ports: Parameters<typeof ourOpenpgpKeys>[0] & {
    readonly publicKeys: PublicKeys;
    readonly certificates: Certificates;
    readonly clock: Clock;
  },
): Promise<readonly OwnCertificate[]> {
  const keys = await ourOpenpgpKeys(ports);
  const shown = keys.filter(({ state }) => state !== 'retired');
  return Promise.all(
    shown.map(async (key) => {
      const armored = await ports.publicKeys.openpgp(key.number);
      await assertOf(ports, key.fingerprint, armored);
      return { key, armored };
    }),
  );
}

async function assertOf(
  { certificates, clock }: Parameters<typeof ownCertificates>[0],
  fingerprint: string,
  armored: string,
): Promise<void> {
  const request = { fingerprint, purpose: 'sign' as const, allow: [], at: clock.now() };
  try {
    await certificates.inspect(new TextEncoder().encode(armored), request);
  } catch (error) {
    if (!isFault(error) || !over.has(error.code)) throw error;
  }
}

/** Said of a certificate that was read and is ours. */
const over: ReadonlySet<string> = new Set(['certificate-expired', 'certificate-revoked']);
