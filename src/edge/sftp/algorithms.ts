import type {
  Algorithms,
  CipherAlgorithm,
  KexAlgorithm,
  MacAlgorithm,
  ServerHostKeyAlgorithm,
} from 'ssh2';

import type { AlgorithmOverrides } from '../../exchange/courier.ts';

const keyExchange: readonly KexAlgorithm[] = [
  'curve25519-sha256',
  'curve25519-sha256@libssh.org',
  'ecdh-sha2-nistp256',
  'ecdh-sha2-nistp384',
  'ecdh-sha2-nistp521',
  'diffie-hellman-group16-sha512',
  'diffie-hellman-group18-sha512',
  'diffie-hellman-group-exchange-sha256',
  'diffie-hellman-group14-sha256',
];

const hostKey: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
];

/**
 * ChaCha20-Poly1305 is left out: without strict key exchange on both sides a message can be cut out of its stream
 * unnoticed (CVE-2023-48795, "Terrapin"), and old servers have no strict key exchange. So are CBC modes.
 */
const cipher: readonly CipherAlgorithm[] = [
  'aes256-gcm@openssh.com',
  'aes128-gcm@openssh.com',
  'aes256-ctr',
  'aes192-ctr',
  'aes128-ctr',
];

const mac: readonly MacAlgorithm[] = [
  'hmac-sha2-256-etm@openssh.com',
  'hmac-sha2-512-etm@openssh.com',
  'hmac-sha2-256',
  'hmac-sha2-512',
];

/** Key types a host key algorithm stands for: the two RSA algorithms share one key. */
function keyTypeFor(algorithm: string): string {
  return algorithm.startsWith('rsa-sha2-') ? 'ssh-rsa' : algorithm;
}

/**
 * What we offer, most wanted first, without compression, SHA-1 or DSA unless the recipient's recorded overrides say so.
 *
 * `refusedKeyTypes` are host key types the server already answered with a key that is not pinned: it may hold several
 * keys, and a fingerprint does not tell its type. Returns `undefined` when no type is left to ask for.
 */
export function offeredAlgorithms(
  overrides: AlgorithmOverrides,
  refusedKeyTypes: readonly string[],
): Algorithms | undefined {
  const hostKeys = (overrides.hostKey ?? hostKey).filter(
    (algorithm) => !refusedKeyTypes.includes(keyTypeFor(algorithm)),
  );
  if (hostKeys.length === 0) return undefined;
  return {
    kex: [...((overrides.keyExchange as KexAlgorithm[] | undefined) ?? keyExchange)],
    serverHostKey: hostKeys as ServerHostKeyAlgorithm[],
    cipher: [...((overrides.cipher as CipherAlgorithm[] | undefined) ?? cipher)],
    hmac: [...((overrides.mac as MacAlgorithm[] | undefined) ?? mac)],
    compress: ['none'],
  };
}
