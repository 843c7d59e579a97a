import {
  constants,
  createPrivateKey,
  createPublicKey,
  privateEncrypt,
  publicDecrypt,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { enums, type SecretKeyPacket, type SecretSubkeyPacket } from 'openpgp';
import { OpenpgpFault } from './errors.ts';
import { normalFingerprint } from './key-names.ts';
import { mpi } from './mpi.ts';
import type { SignatureHash } from './signature-hashes.ts';

/** The part of our key that signs, for `node:crypto`: a digest at a time, in milliseconds. */
export interface SigningKey {
  readonly fingerprint: string;
  /**
   * What a signature packet ends with: the signature over a digest, in the form of the key's algorithm. Throws
   * `seal-failed` when it does not verify with the public half.
   */
  sign(hash: SignatureHash, digest: Uint8Array): Uint8Array;
}

interface RsaParams {
  readonly public: { readonly n: Uint8Array; readonly e: Uint8Array };
  readonly private: Readonly<Record<'d' | 'p' | 'q' | 'u', Uint8Array>>;
}

/** PKCS #8 and SubjectPublicKeyInfo of Ed25519 up to the 32 bytes of the key (RFC 8410 §7, §4). */
const ED25519_PRIVATE_HEAD = Uint8Array.of(
  ...[0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20],
);
const ED25519_PUBLIC_HEAD = Uint8Array.of(0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0);

/**
 * Takes over an unlocked key packet. Every signature is checked with the public half before anybody sees it: the
 * passphrase protects the private numbers of a key file but not the public ones beside them, and a signature made with
 * numbers that do not belong together can give the private key away. The library looks at the primary key only.
 *
 * Throws `seal-key-unusable` for algorithms that `init` does not make: other than RSA and Ed25519.
 */
export function signingKeyOf(packet: SecretKeyPacket | SecretSubkeyPacket): SigningKey {
  const fingerprint = normalFingerprint(packet.getFingerprint());
  const { algorithm, publicParams, privateParams } = packet;
  try {
    if (algorithm === enums.publicKey.rsaEncryptSign || algorithm === enums.publicKey.rsaSign) {
      return rsaKey(fingerprint, { public: publicParams, private: privateParams } as RsaParams);
    }
    if (algorithm === enums.publicKey.eddsaLegacy) {
      const { Q } = publicParams as { readonly Q: Uint8Array };
      const signing = ed25519Key(Q.subarray(1), privateParams as { readonly seed: Uint8Array });
      const split = (both: Uint8Array) => [mpi(both.subarray(0, 32)), mpi(both.subarray(32))];
      return { fingerprint, sign: (_, digest) => Buffer.concat(split(signing(digest))) };
    }
    if (algorithm === enums.publicKey.ed25519) {
      const { A } = publicParams as { readonly A: Uint8Array };
      const signing = ed25519Key(A, privateParams as { readonly seed: Uint8Array });
      return { fingerprint, sign: (_, digest) => signing(digest) };
    }
  } catch (error) {
    throw new OpenpgpFault('seal-key-unusable', { fingerprint }, error);
  }
  throw new OpenpgpFault('seal-key-unusable', { fingerprint, algorithm });
}

/** RFC 9580 §5.2.3.1: PKCS #1 v1.5 (RFC 8017 §9.2) around a digest that was made elsewhere. */
function rsaKey(fingerprint: string, params: RsaParams): SigningKey {
  const jwk = rsaJwk(params);
  const padding = constants.RSA_PKCS1_PADDING;
  const privateKey = { key: createPrivateKey({ key: jwk, format: 'jwk' }), padding };
  const { kty, n, e } = jwk;
  const publicKey = { key: createPublicKey({ key: { kty, n, e }, format: 'jwk' }), padding };
  return {
    fingerprint,
    sign: (hash, digest) => {
      const info = Buffer.concat([hash.digestInfoHead, digest]);
      const signature = privateEncrypt(privateKey, info);
      assertVerified(publicDecrypt(publicKey, signature).equals(info));
      return mpi(signature);
    },
  };
}

/** OpenPGP's `u` is the inverse of p modulo q, JWK's `qi` that of q modulo p: the primes change places. */
function rsaJwk({ public: { n, e }, private: { d, p, q, u } }: RsaParams) {
  const [exponent, first, second] = [numberOf(d), numberOf(q), numberOf(p)];
  return {
    kty: 'RSA',
    ...{ n: base64url(n), e: base64url(e), d: base64url(d) },
    ...{ p: base64url(q), q: base64url(p), qi: base64url(u) },
    dp: base64url(bytesOf(exponent % (first - 1n))),
    dq: base64url(bytesOf(exponent % (second - 1n))),
  };
}

function ed25519Key(point: Uint8Array, { seed }: { readonly seed: Uint8Array }) {
  const publicKey = keyFrom(ED25519_PUBLIC_HEAD, point, (key) =>
    createPublicKey({ key, format: 'der', type: 'spki' }),
  );
  const privateKey = keyFrom(ED25519_PRIVATE_HEAD, seed, (key) =>
    createPrivateKey({ key, format: 'der', type: 'pkcs8' }),
  );
  return (digest: Uint8Array): Uint8Array => {
    const signature = sign(null, digest, privateKey);
    assertVerified(verify(null, digest, publicKey, signature));
    return signature;
  };
}

function keyFrom(head: Uint8Array, key: Uint8Array, make: (der: Buffer) => KeyObject): KeyObject {
  const der = Buffer.concat([head, key]);
  try {
    return make(der);
  } finally {
    der.fill(0);
  }
}

function assertVerified(isVerified: boolean): void {
  if (!isVerified) {
    throw new OpenpgpFault('seal-failed', { found: 'a signature of ours that does not verify' });
  }
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function bytesOf(value: bigint): Uint8Array {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
