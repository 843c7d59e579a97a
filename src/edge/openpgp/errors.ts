import { Fault, type Facts, type Retry } from '../../domain/fault.ts';

/** Everything OpenPGP may refuse. A code says what to ask the other side for; the facts say about which key. */
export const openpgpCodes = {
  'certificate-unreadable': 'after-operator',
  'certificate-too-large': 'after-operator',
  'certificate-count': 'after-operator',
  'certificate-private': 'after-operator',
  'certificate-fingerprint-mismatch': 'after-operator',
  'certificate-expired': 'after-operator',
  'certificate-revoked': 'after-operator',
  'certificate-not-yet-valid': 'later',
  'certificate-cannot-encrypt': 'after-operator',
  'certificate-cannot-sign': 'after-operator',
  'certificate-weak': 'after-operator',
  'certificate-rsa-short': 'after-operator',
  'certificate-sha1': 'after-operator',
  'certificate-needs-rfc9580': 'after-operator',
  'certificate-subkey-changed': 'after-operator',
  'seal-key-unusable': 'after-operator',
  'seal-failed': 'never',
  'seal-shape-unexpected': 'never',
  'key-unreadable': 'after-operator',
  'key-unprotected': 'after-operator',
  'passphrase-wrong': 'after-operator',
  'signature-malformed': 'never',
  'signature-not-theirs': 'never',
  'signature-wrong': 'never',
  'signature-key-unusable': 'after-operator',
  'source-not-openpgp': 'after-operator',
  'source-not-for-us': 'after-operator',
  'source-passphrase-only': 'after-operator',
  'source-encryption-unsupported': 'after-operator',
  'source-malformed': 'never',
  'source-truncated': 'after-operator',
  'source-altered': 'after-operator',
  'source-unsigned': 'after-operator',
  'source-signer-unknown': 'after-operator',
  'source-signature-wrong': 'never',
  /** `signer`, `signedAt`, `notBefore`: an answer that was signed before what it answers had left */
  'source-signature-early': 'never',
  'source-too-large': 'after-operator',
  'source-unfinished': 'never',
} as const satisfies Record<string, Retry>;

export type OpenpgpCode = keyof typeof openpgpCodes;

/** A failed act of this folder. Facts hold fingerprints, key ids, algorithms, dates and sizes; never content. */
export class OpenpgpFault extends Fault<OpenpgpCode> {
  constructor(code: OpenpgpCode, facts: Facts = {}, cause?: unknown) {
    super(code, openpgpCodes[code], facts, cause);
  }
}
