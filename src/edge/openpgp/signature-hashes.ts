import { enums } from 'openpgp';

/** A hash that documents are signed with. */
export interface SignatureHash {
  /** As `node:crypto` calls it. */
  readonly name: string;
  /** What PKCS #1 puts in front of the digest: the hash's number and the digest's length (RFC 9580 §5.2.3.1). */
  readonly digestInfoHead: Uint8Array;
}

const hashes: ReadonlyMap<number, SignatureHash> = new Map([
  [enums.hash.sha256, hashOf('sha256', 1, 32)],
  [enums.hash.sha384, hashOf('sha384', 2, 48)],
  [enums.hash.sha512, hashOf('sha512', 3, 64)],
  [enums.hash.sha3_256, hashOf('sha3-256', 8, 32)],
  [enums.hash.sha3_512, hashOf('sha3-512', 10, 64)],
]);

/** The hash of this number (RFC 9580 §9.5), or undefined for one that is too weak for a document. */
export function signatureHash(id: number | null): SignatureHash | undefined {
  return id === null ? undefined : hashes.get(id);
}

/** All of them have the object identifier 2.16.840.1.101.3.4.2.X. */
function hashOf(name: string, x: number, digestBytes: number): SignatureHash {
  const identifier = [0x06, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, x];
  const info = [0x30, identifier.length + 2, ...identifier, 0x05, 0, 0x04, digestBytes];
  return { name, digestInfoHead: Uint8Array.of(0x30, info.length + digestBytes, ...info) };
}
