import type { Certificate, Certificates } from '../../exchange/keys/certificates.ts';
import { OpenpgpFault } from './errors.ts';
import { examineCertificate } from './examine-certificate.ts';
import { normalFingerprint } from './key-names.ts';

/** The certificates port, kept with openpgp.js. Needs no secret. */
export const openpgpCertificates: Certificates = {
  async inspect(bytes, request) {
    const { certificate } = await examineCertificate(bytes, request);
    return certificate;
  },

  async stillGood(certificate, subkeyFingerprint, at) {
    const { fingerprint, weaknesses, armored } = certificate;
    const purpose = certificate.encryptionSubkey === undefined ? 'sign' : 'encrypt';
    const now = await openpgpCertificates.inspect(new TextEncoder().encode(armored), {
      fingerprint,
      purpose,
      allow: weaknesses,
      at,
    });
    if (purpose === 'encrypt') {
      assertSubkey(now, subkeyFingerprint);
    }
  },
};

/** Throws `certificate-subkey-changed` when a certificate would now be used with another subkey than was pinned. */
export function assertSubkey(certificate: Certificate, pinned: string): void {
  const found = certificate.encryptionSubkey?.fingerprint ?? '';
  if (found !== normalFingerprint(pinned)) {
    throw new OpenpgpFault('certificate-subkey-changed', {
      fingerprint: certificate.fingerprint,
      pinned: normalFingerprint(pinned),
      found,
    });
  }
}
