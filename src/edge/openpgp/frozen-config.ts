import { config as libraryConfig, enums, type Config } from 'openpgp';

/** Smallest RSA key that needs no recorded exception, and the smallest one there can be an exception for. */
export const RSA_BITS = { usual: 3072, excepted: 2048 } as const;

const MIB = 1024 * 1024;

/** What a single call may relax. Everything else is the same for every call. */
export interface Relaxations {
  readonly minRSABits?: number;
  /** SHA-1 in certifications and bindings; never in signatures of data. */
  readonly allowSha1Bindings?: boolean;
  readonly allowUnauthenticatedStream?: boolean;
  readonly maxDecompressedMessageSize?: number;
}

const oldHashes = [enums.hash.md5, enums.hash.ripemd];

/**
 * The configuration of every call. It is passed per call and built anew each time, because the library's global one can
 * be changed by any module; it is spread first only because the methods of keys want a complete one. Reasons where the
 * library's default differs: `maxDecompressedMessageSize` and `maxArgon2MemoryExponent` default to no limit and to 1
 * TiB; SHA-1 bindings are accepted by default.
 */
export function frozenConfig(relaxations: Relaxations = {}): Config {
  const { minRSABits, allowSha1Bindings, allowUnauthenticatedStream, maxDecompressedMessageSize } =
    relaxations;
  return {
    ...libraryConfig,
    preferredHashAlgorithm: enums.hash.sha512,
    preferredSymmetricAlgorithm: enums.symmetric.aes256,
    preferredCompressionAlgorithm: enums.compression.uncompressed,
    aeadProtect: false,
    v6Keys: false,
    enableParsingV5Entities: false,
    showVersion: false,
    showComment: false,
    enforceGrammar: true,
    ignoreMalformedPackets: false,
    additionalAllowedPackets: [],
    allowUnauthenticatedMessages: false,
    allowUnauthenticatedStream: allowUnauthenticatedStream ?? false,
    allowInsecureDecryptionWithSigningKeys: false,
    allowInsecureVerificationWithReformattedKeys: false,
    allowMissingKeyFlags: false,
    minRSABits: minRSABits ?? RSA_BITS.usual,
    rejectHashAlgorithms: new Set(
      allowSha1Bindings === true ? oldHashes : [...oldHashes, enums.hash.sha1],
    ),
    rejectMessageHashAlgorithms: new Set([...oldHashes, enums.hash.sha1]),
    rejectPublicKeyAlgorithms: new Set([enums.publicKey.elgamal, enums.publicKey.dsa]),
    rejectCurves: new Set([enums.curve.secp256k1]),
    maxDecompressedMessageSize: maxDecompressedMessageSize ?? 64 * MIB,
    maxArgon2MemoryExponent: 20,
    s2kType: enums.s2k.iterated,
    s2kIterationCountByte: 224,
    knownNotations: [],
  };
}

/**
 * A configuration that rejects no hash and no key, for one question only: *was this revoked?* Under the strict one the
 * library passes over a revocation signed with SHA-1, and the key would count as good.
 */
export function judgingConfig(): Config {
  return {
    ...frozenConfig(),
    minRSABits: 0,
    rejectHashAlgorithms: new Set(),
    rejectPublicKeyAlgorithms: new Set(),
    rejectCurves: new Set(),
    allowMissingKeyFlags: true,
  };
}
