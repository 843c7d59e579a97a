import { generateKey, type PrivateKey } from 'openpgp';
import { OpenpgpFault } from './errors.ts';
import { frozenConfig } from './frozen-config.ts';
import { normalFingerprint } from './key-names.ts';
import { unlockKey } from './unlock-key.ts';

const DAY_S = 86_400;
const VALID_DAYS = 730;

/** `rsa4096` is read by every OpenPGP program; `ed25519` (the form of GnuPG 2.1 and later) is smaller and faster. */
export type OurKeyKind = 'rsa4096' | 'ed25519';

/** A key of ours as it is kept: nothing in it is secret without the passphrase. */
export interface GeneratedKey {
  readonly fingerprint: string;
  /** Armored certificate, for the recipients. */
  readonly certificate: string;
  /** Armored private key under the passphrase (iterated and salted S2K, so that GnuPG can read it as well). */
  readonly privateKey: string;
  /** Armored; to be kept apart, and published if the key is lost. */
  readonly revocationCertificate: string;
}

/**
 * Makes our key: a primary key, one subkey to sign with and another one to decrypt with, good for two years from
 * `at`. It announces no AEAD: a file that GnuPG 2.4 encrypts to a key that does could not be read here.
 */
export async function generateOurKey(request: {
  readonly organisation: string;
  readonly kind: OurKeyKind;
  /** UTF-8, not empty. */
  readonly passphrase: Uint8Array;
  readonly at: Date;
}): Promise<GeneratedKey> {
  const { organisation, kind, passphrase, at } = request;
  if (passphrase.length === 0) {
    throw new OpenpgpFault('key-unprotected', { found: 'an empty passphrase' });
  }
  const algorithm =
    kind === 'rsa4096'
      ? ({ type: 'rsa', rsaBits: 4096 } as const)
      : ({ type: 'ecc', curve: 'ed25519Legacy' } as const);
  const { publicKey, privateKey, revocationCertificate } = await generateKey({
    ...algorithm,
    userIDs: [{ name: organisation }],
    passphrase: new TextDecoder('utf-8', { fatal: true }).decode(passphrase),
    date: at,
    keyExpirationTime: VALID_DAYS * DAY_S,
    subkeys: [{ sign: true }, { sign: false }],
    format: 'object',
    config: frozenConfig(),
  });
  const config = frozenConfig();
  return {
    fingerprint: normalFingerprint(publicKey.getFingerprint()),
    certificate: publicKey.armor(config),
    privateKey: privateKey.armor(config),
    revocationCertificate,
  };
}

/** Our key, unlocked: only the process that seals and opens holds one. */
export interface OurKey {
  readonly fingerprint: string;
  /** Armored certificate. */
  readonly certificate: string;
  /** For this folder only. */
  readonly unlocked: PrivateKey;
  /** Keys that this one followed: what was sealed to them is still opened. None of them signs. */
  readonly retiring?: readonly PrivateKey[];
}

/** Unlocks our key. Throws `key-unreadable`, `key-unprotected` or `passphrase-wrong`. */
export async function unlockOurKey(bytes: Uint8Array, passphrase: Uint8Array): Promise<OurKey> {
  if (passphrase.length === 0) {
    throw new OpenpgpFault('key-unprotected', { found: 'an empty passphrase' });
  }
  const unlocked = await unlockKey(bytes, passphrase);
  return {
    fingerprint: normalFingerprint(unlocked.getFingerprint()),
    certificate: unlocked.toPublic().armor(frozenConfig()),
    unlocked,
  };
}
