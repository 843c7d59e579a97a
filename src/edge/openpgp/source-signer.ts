import type { DecryptMessageResult, KeyID, PublicKey } from 'openpgp';
import type { Weakness } from '../../exchange/keys/certificates.ts';
import { OpenpgpFault } from './errors.ts';
import { examineCertificate } from './examine-certificate.ts';
import { RSA_BITS } from './frozen-config.ts';
import { normalFingerprint } from './key-names.ts';

/** A signature as the library reports it. */
type VerificationResult = DecryptMessageResult['signatures'][number];

/** A certificate whose signature on a source is accepted. */
export interface SourceSender {
  readonly certificate: string;
  readonly fingerprint: string;
  readonly allow: readonly Weakness[];
}

/** The senders, examined again: the keys to verify with, and what a configuration has to allow for them. */
export interface ReadySenders {
  readonly keys: readonly PublicKey[];
  readonly relaxations: { readonly minRSABits: number; readonly allowSha1Bindings: boolean };
}

/**
 * Examines the pinned senders at `at`. One that is no longer good is left out, and its sources are then refused as
 * from an unknown signer.
 */
export async function readySenders(
  senders: readonly SourceSender[],
  at: Date,
): Promise<ReadySenders> {
  const keys: PublicKey[] = [];
  let minRSABits: number = RSA_BITS.usual;
  let allowSha1Bindings = false;
  for (const { certificate, fingerprint, allow } of senders) {
    try {
      const bytes = new TextEncoder().encode(certificate);
      const request = { fingerprint, purpose: 'sign', allow, at } as const;
      const examined = await examineCertificate(bytes, request);
      keys.push(examined.key);
      minRSABits = Math.min(minRSABits, examined.relaxations.minRSABits);
      allowSha1Bindings ||= examined.relaxations.allowSha1Bindings;
    } catch (error) {
      if (!(error instanceof OpenpgpFault)) {
        throw error;
      }
    }
  }
  return { keys, relaxations: { minRSABits, allowSha1Bindings } };
}

/** A signature of a pinned sender, not yet verified. */
export interface ClaimedSigner {
  readonly signature: VerificationResult;
  readonly fingerprint: string;
}

/**
 * The one signature of a source and the fingerprint of the sender it claims to be from; undefined where nobody known
 * signed it and `acceptUnsigned` takes it all the same. A signature of a known sender is checked even then.
 * Throws `source-unsigned`, `source-malformed` (more than one) or `source-signer-unknown`.
 */
export function claimedSigner(
  signatures: readonly VerificationResult[],
  senders: ReadySenders,
  acceptUnsigned: boolean,
): ClaimedSigner | undefined {
  const [signature] = signatures;
  if (signature === undefined) {
    if (acceptUnsigned) return undefined;
    throw new OpenpgpFault('source-unsigned');
  }
  if (signatures.length > 1) {
    throw new OpenpgpFault('source-malformed', { signatures: signatures.length });
  }
  const signer = senders.keys.find((key) => holds(key, signature.keyID));
  if (signer === undefined) {
    if (acceptUnsigned) return undefined;
    const keyId = normalFingerprint(signature.keyID.toHex());
    throw new OpenpgpFault('source-signer-unknown', { keyId });
  }
  return { signature, fingerprint: normalFingerprint(signer.getFingerprint()) };
}

function holds(key: PublicKey, keyId: KeyID): boolean {
  return key.getKeys(keyId).length > 0;
}
