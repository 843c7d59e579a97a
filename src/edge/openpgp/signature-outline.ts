import {
  createMessage,
  enums,
  sign,
  SignaturePacket,
  type LiteralDataPacket,
  type PrivateKey,
  type PublicKey,
} from 'openpgp';
import { OpenpgpFault } from './errors.ts';
import { frozenConfig } from './frozen-config.ts';
import { lengthOctets } from './partial-body.ts';
import { signatureHash, type SignatureHash } from './signature-hashes.ts';
import type { SigningKey } from './signing-key.ts';

const SIGNATURE = 2;
/**
 * What documents are hashed with unless our key asks for more: every OpenPGP program reads it (RFC 9580 §9.5), it is as
 * strong as keys of 3072 bits and more than SHA-1 ever was, and processors have instructions for it.
 */
const DOCUMENT_HASH = enums.hash.sha256;
const LITERAL_HEAD = [0x62, 0, 0, 0, 0, 0];

/** What the library writes around a document that it has not seen. */
export interface SignatureOutline {
  readonly onePassPacket: Uint8Array;
  readonly literalHead: Uint8Array;
  readonly hash: SignatureHash;
  /** The signature packet's body as far as it is hashed. */
  readonly prefix: Uint8Array;
}

/**
 * Lets the library sign an empty document for this recipient, and keeps what does not depend on the document: which
 * hash the recipient reads, the subpackets, the packet in front. The signature itself is thrown away.
 *
 * Throws `seal-shape-unexpected` when that is not what `Sealer` promises.
 */
export async function outlineOf(
  signingKeys: PrivateKey,
  recipientKeys: PublicKey,
  date: Date,
): Promise<SignatureOutline> {
  const binary = new Uint8Array(0);
  const message = await createMessage({
    ...{ binary, filename: '', format: 'binary', date: new Date(0) },
  });
  // Named apart, because the library's types do not know that `sign` takes recipients.
  const config = { ...frozenConfig(), preferredHashAlgorithm: DOCUMENT_HASH };
  const request = { message, signingKeys, recipientKeys, date, config };
  const { packets } = await sign({ ...request, format: 'object' });
  const [, literal, signature] = packets;
  const hash = signature instanceof SignaturePacket ? signatureHash(signature.hashAlgorithm) : null;
  const prefix = signature instanceof SignaturePacket ? signature.signatureData : null;
  const literalHead = (literal as LiteralDataPacket).write();
  const isExpected =
    packets.length === 3 && LITERAL_HEAD.every((byte, at) => literalHead[at] === byte);
  if (!isExpected || hash == null || prefix == null) {
    throw new OpenpgpFault('seal-shape-unexpected', { packets: packets.length });
  }
  const onePassPacket = packets.filterByTag(enums.packet.onePassSignature).write();
  return { onePassPacket, literalHead, hash, prefix };
}

/** The signature packet for a document with this digest. RFC 9580 §5.2.3. */
export function signaturePacket(
  { hash, prefix }: SignatureOutline,
  key: SigningKey,
  digest: Uint8Array,
): Uint8Array {
  const signature = key.sign(hash, digest);
  const noUnhashedSubpackets = Uint8Array.of(0, 0);
  const body = [prefix, noUnhashedSubpackets, digest.subarray(0, 2), signature];
  const length = body.reduce((total, part) => total + part.length, 0);
  const head = Uint8Array.of(0xc0 | SIGNATURE, ...lengthOctets(length));
  return new Uint8Array(Buffer.concat([head, ...body]));
}
