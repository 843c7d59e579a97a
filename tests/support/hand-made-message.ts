import { createCipheriv, createHash } from 'node:crypto';
import { encryptSessionKey, readKey } from 'openpgp';
import { noise } from './chunks.ts';

/** One packet with a header of the new format and a length of five bytes (RFC 9580 §4.2.1). */
export function packet(tag: number, body: Uint8Array): Uint8Array {
  const header = Uint8Array.of(0xc0 | tag, 255, 0, 0, 0, 0);
  new DataView(header.buffer).setUint32(2, body.length);
  return new Uint8Array(Buffer.concat([header, body]));
}

/** A literal data packet: binary, no name, dated 0 (RFC 9580 §5.9). */
export function literal(content: Uint8Array): Uint8Array {
  return packet(11, Buffer.concat([Uint8Array.of(0x62, 0, 0, 0, 0, 0), content]));
}

/**
 * Encrypts packets as they are, with a correct integrity check: what anybody can send who has our certificate, and no
 * program would make.
 */
export async function encryptedPackets(
  packets: Uint8Array,
  certificate: string,
): Promise<Uint8Array> {
  const data = noise(32, 7);
  const key = await readKey({ armoredKey: certificate });
  const sessionKey: unknown = await encryptSessionKey({
    data,
    algorithm: 'aes256',
    encryptionKeys: key.toPublic(),
    format: 'binary',
  });
  const prefix = noise(18, 11);
  prefix.copyWithin(16, 14, 16);
  const clear = Buffer.concat([prefix, packets, Uint8Array.of(0xd3, 0x14)]);
  const digest = createHash('sha1').update(clear).digest();
  const cipher = createCipheriv('aes-256-cfb', data, new Uint8Array(16));
  const body = Buffer.concat([Uint8Array.of(1), cipher.update(clear), cipher.update(digest)]);
  return new Uint8Array(Buffer.concat([sessionKey as Uint8Array, packet(18, body)]));
}
