import type {
  Algorithms,
  CipherAlgorithm,
  KexAlgorithm,
  MacAlgorithm,
  ServerHostKeyAlgorithm,
} from 'ssh2';

import { weakAlgorithmNames, weakAlgorithms } from '../../domain/recipients/weak-algorithms.ts';
import type { AlgorithmKind, WeakAlgorithm } from '../../domain/recipients/weak-algorithms.ts';
import type { ServerOffer } from './key-exchange-offer.ts';

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
 * What we offer, most wanted first, without compression, SHA-1, CBC or DSA. What the recipient's endpoint allows besides
 * comes last, so that it is used only with a server that has nothing better.
 *
 * `refusedKeyTypes` are host key types the server already answered with a key that is not pinned: it may hold several
 * keys, and a fingerprint does not tell its type. Returns `undefined` when no type is left to ask for.
 */
export function offeredAlgorithms(
  allowed: readonly WeakAlgorithm[],
  refusedKeyTypes: readonly string[],
): Algorithms | undefined {
  const weak = (kind: AlgorithmKind): readonly string[] =>
    allowed.filter((algorithm) => weakAlgorithms[algorithm] === kind);
  const hostKeys = [...hostKey, ...weak('host-key')].filter(
    (algorithm) => !refusedKeyTypes.includes(keyTypeFor(algorithm)),
  );
  if (hostKeys.length === 0) return undefined;
  return {
    kex: [...keyExchange, ...(weak('key-exchange') as KexAlgorithm[])],
    serverHostKey: hostKeys as ServerHostKeyAlgorithm[],
    cipher: [...cipher, ...(weak('cipher') as CipherAlgorithm[])],
    hmac: [...mac, ...(weak('mac') as MacAlgorithm[])],
    compress: ['none'],
  };
}

const accepted: Readonly<Record<AlgorithmKind, readonly string[]>> = {
  'key-exchange': keyExchange,
  'host-key': hostKey,
  cipher,
  mac,
};

/** AES-GCM authenticates by itself, so with it no MAC has to be agreed on. */
const isAuthenticated = (name: string): boolean => name.includes('-gcm@');

/**
 * What keeps us and a server apart: its offer of the kinds that have nothing in common with ours, and which of the weak
 * ones would help. `allow` is empty when none of them would.
 */
export function explainRefusal(
  offer: ServerOffer,
  allowed: readonly WeakAlgorithm[],
): { readonly missing: readonly AlgorithmKind[]; readonly allow: readonly WeakAlgorithm[] } {
  const agreedCipher = cipher.find((name) => offer.cipher.includes(name));
  const missing = (['key-exchange', 'host-key', 'cipher', 'mac'] as const).filter((kind) => {
    if (kind === 'mac' && agreedCipher !== undefined && isAuthenticated(agreedCipher)) return false;
    const ours = [...accepted[kind], ...allowed.filter((name) => weakAlgorithms[name] === kind)];
    return !offer[kind].some((name) => ours.includes(name));
  });
  const helping = missing.map((kind) =>
    weakAlgorithmNames.find((name) => weakAlgorithms[name] === kind && offer[kind].includes(name)),
  );
  const allow = helping.filter((name) => name !== undefined);
  return { missing, allow: allow.length === missing.length ? allow : [] };
}
