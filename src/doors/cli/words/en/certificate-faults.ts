import type { Facts } from '../../../../domain/fault.ts';
import { fingerprintGroups, shortDigest } from '../../figures.ts';
import { about, fact } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const whose = (f: Facts): string =>
  about(f, 'recipient', (id) => `the certificate of ${id}`) ||
  about(f, 'fingerprint', (hex) => `the certificate ${shortDigest(hex)}`) ||
  'the certificate';
const nothingPinned = 'It is not used. Nothing was changed.';
const askNewer =
  'ask the partner for their current OpenPGP certificate: RSA of 3072 bits or more, or Curve25519, with a key for encryption';
const showFingerprint = {
  command: 'gpg --show-keys --with-subkey-fingerprints FILE',
  label: 'shows what is in it',
};

export const certificateFaults = {
  'certificate-unreadable': {
    what: () => 'the file holds no OpenPGP certificate that can be read',
    means: () => nothingPinned,
    next: () => [
      'ask the partner for the public key as one file (gpg --armor --export)',
      showFingerprint,
    ],
  },
  'certificate-too-large': {
    what: () => 'the certificate file is larger than any certificate',
    means: () => nothingPinned,
    next: () => [
      "ask the partner to export it without other people's signatures (gpg --export-options export-minimal)",
    ],
  },
  'certificate-count': {
    what: (f) =>
      `the file holds ${fact(f, 'count', 'more than one')} certificates; exactly one is needed`,
    means: () => `Which of them is meant must not be guessed. ${nothingPinned}`,
    next: () => [
      'ask the partner which fingerprint is theirs, and for that certificate alone',
      showFingerprint,
    ],
  },
  'certificate-private': {
    what: () => 'the file holds a private key',
    means: () =>
      'Whoever has it can read everything sent to its owner. It was not stored; treat it as lost to strangers.',
    next: () => [
      'delete the file and tell the partner at once: they must revoke that key and make a new one',
      'ask them for the new public certificate only (gpg --armor --export)',
    ],
  },
  'certificate-fingerprint-mismatch': {
    what: () => 'the certificate does not have the fingerprint that was confirmed',
    means: (f) =>
      `${about(f, 'found', (hex) => `It has     ${fingerprintGroups(hex)}\n`)}${about(f, 'expected', (hex) => `Confirmed  ${fingerprintGroups(hex)}\n`)}Somebody may have put another key in its place. ${nothingPinned}`,
    next: () => [
      'call the partner on a number you already have, and let them read their fingerprint out',
      'if it is the one above, correct --fingerprint; if not, keep the file and do not use it',
    ],
  },
  'certificate-expired': {
    what: (f) => `${whose(f)} has expired${about(f, 'expiredAt', (at) => ` (${at.slice(0, 10)})`)}`,
    means: () =>
      'Files are only encrypted to a certificate that is valid on that day. Nothing was sent.',
    next: () => [
      'ask the partner for the prolonged or the new certificate, and confirm its fingerprint by phone',
      {
        command:
          'mimamori recipient update ID --certificate FILE --fingerprint … --confirmed-by "…"',
      },
    ],
  },
  'certificate-revoked': {
    what: (f) => `${whose(f)} was revoked by its owner`,
    means: () => 'Its private key may be in other hands. Nothing was sent to it.',
    next: () => [
      'call the partner on a number you already have, and ask for their new certificate and its fingerprint',
    ],
  },
  'certificate-not-yet-valid': {
    what: (f) =>
      `${whose(f)} is not valid yet${about(f, 'validFrom', (at) => ` (from ${at.slice(0, 10)})`)}`,
    means: () => 'Either it is meant for later, or the clock of this machine is wrong.',
    next: () => [
      { command: 'date -u', label: 'compare with a clock you trust' },
      'else wait until it is valid',
    ],
  },
  'certificate-cannot-encrypt': {
    what: (f) => `${whose(f)} has no key for encryption`,
    means: () => `It can sign only. ${nothingPinned}`,
    next: () => [askNewer],
  },
  'certificate-cannot-sign': {
    what: (f) => `${whose(f)} has no key that can sign`,
    means: () => nothingPinned,
    next: () => ['ask its owner for a certificate with a valid signing key'],
  },
  'certificate-weak': {
    what: (f) => `${whose(f)} is too weak${about(f, 'algorithm', (a) => ` (${a})`)}`,
    means: () =>
      `Such keys can be broken, or their signatures forged, and no exception is made. ${nothingPinned}`,
    next: () => [askNewer],
  },
  'certificate-rsa-short': {
    what: (f) =>
      `${whose(f)} is RSA with fewer than 3072 bits${about(f, 'algorithm', (a) => ` (${a})`)}`,
    means: () => nothingPinned,
    next: () => [
      askNewer,
      {
        command: 'mimamori recipient add … --allow rsa-2048 --reason "…"',
        label: 'if they have no other; recorded',
      },
    ],
  },
  'certificate-sha1': {
    what: (f) => `${whose(f)} is held together by SHA-1 signatures only`,
    means: () =>
      `SHA-1 can be forged with effort, so another key could be slipped in. ${nothingPinned}`,
    next: () => [
      'ask the partner to renew their self-signatures (gpg --edit-key ID expire, with any recent GnuPG) and to export again',
      {
        command: 'mimamori recipient add … --allow sha1-self-signature --reason "…"',
        label: 'if they cannot; recorded',
      },
    ],
  },
  'certificate-needs-rfc9580': {
    what: () => 'the certificate is of a newer kind than this version writes (RFC 9580)',
    means: () => nothingPinned,
    next: () => ['ask the partner for a version 4 certificate, as GnuPG 2 makes them'],
  },
  'certificate-subkey-changed': {
    what: (f) => `${whose(f)} now encrypts to another subkey than the one that was pinned`,
    means: () =>
      'A new subkey is normal when keys are rotated, and also what an attacker would add.',
    next: () => [
      'call the partner on a number you already have, and confirm the change',
      {
        command:
          'mimamori recipient update ID --certificate FILE --fingerprint … --confirmed-by "…"',
      },
    ],
  },
} as const satisfies Record<string, FaultWords>;
