import type { Key, Subkey } from 'openpgp';
import { OpenpgpFault } from './errors.ts';
import { judgingConfig } from './frozen-config.ts';
import { normalFingerprint } from './key-names.ts';

/**
 * Refuses a key that was revoked, is not valid yet, or has expired at `at`, as a whole.
 *
 * Every signature that can speak against the key is heard here, also one made with SHA-1.
 * Throws `certificate-revoked`, `certificate-not-yet-valid`, `certificate-expired` or `certificate-unreadable`.
 */
export async function refuseUnusable(key: Key, at: Date): Promise<void> {
  const config = judgingConfig();
  const fingerprint = normalFingerprint(key.getFingerprint());
  if (await key.isRevoked(undefined, undefined, at, config)) {
    throw new OpenpgpFault('certificate-revoked', { fingerprint });
  }
  const from = validFrom(key);
  if (from > at) {
    throw new OpenpgpFault('certificate-not-yet-valid', {
      fingerprint,
      validFrom: from.toISOString(),
    });
  }
  const end = await key.getExpirationTime(undefined, config);
  if (end instanceof Date && end <= at) {
    throw new OpenpgpFault('certificate-expired', { fingerprint, expiredAt: end.toISOString() });
  }
  try {
    await key.verifyPrimaryKey(at, undefined, config);
  } catch (error) {
    throw new OpenpgpFault('certificate-unreadable', { fingerprint, part: 'user ids' }, error);
  }
}

/**
 * The part of a key that encrypts or signs at `at`: the newest valid subkey for it, or the primary key.
 *
 * Throws `certificate-expired`, `certificate-revoked`, `certificate-cannot-encrypt` or `certificate-cannot-sign`.
 */
export async function chosenKey(
  key: Key,
  purpose: 'encrypt' | 'sign',
  at: Date,
): Promise<Key | Subkey> {
  const found = await find(key, purpose, at);
  if (found !== undefined) {
    return found;
  }
  const fingerprint = normalFingerprint(key.getFingerprint());
  // Without a date, expired parts are found as well: then the certificate once could, and needs renewal.
  const expired = await find(key, purpose, null);
  if (expired !== undefined) {
    const subkey = normalFingerprint(expired.getFingerprint());
    throw new OpenpgpFault('certificate-expired', { fingerprint, subkey });
  }
  if (key.subkeys.some((subkey) => subkey.revocationSignatures.length > 0)) {
    throw new OpenpgpFault('certificate-revoked', { fingerprint, part: `subkey to ${purpose}` });
  }
  const code = purpose === 'encrypt' ? 'certificate-cannot-encrypt' : 'certificate-cannot-sign';
  throw new OpenpgpFault(code, { fingerprint });
}

async function find(
  key: Key,
  purpose: 'encrypt' | 'sign',
  at: Date | null,
): Promise<Key | Subkey | undefined> {
  const config = { ...judgingConfig(), allowMissingKeyFlags: false };
  try {
    return purpose === 'encrypt'
      ? await key.getEncryptionKey(undefined, at, undefined, config)
      : await key.getSigningKey(undefined, at, undefined, config);
  } catch {
    return undefined;
  }
}

/** The earliest instant at which the key and one of its self-signatures both exist. */
function validFrom(key: Key): Date {
  const signatures = key.users.flatMap((user) => user.selfCertifications);
  const times = signatures.flatMap(({ created }) => (created === null ? [] : [created.getTime()]));
  const created = key.getCreationTime().getTime();
  return new Date(times.length === 0 ? created : Math.max(created, Math.min(...times)));
}
