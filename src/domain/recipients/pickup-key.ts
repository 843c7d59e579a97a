import { createHash } from 'node:crypto';

import { z } from 'zod';

/** What the public keys of recipients may be, and the field of the blob that says how long an RSA key is. */
const types = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
] as const;

const RSA_BITS_MIN = 2048;
const BLOB_BYTES_MAX = 4096;

/** The line of a public key as OpenSSH writes it (`ssh-ed25519 AAAA… comment`), without its comment. */
export const pickupKeyField = z
  .string()
  .max(8192, 'the line of one public key')
  .transform((line, context) => {
    const plain = plainPublicKey(line);
    if (plain !== undefined) return plain;
    context.addIssue({
      code: 'custom',
      message: `the line of one public key as OpenSSH writes it: ${types.join(', ')} (RSA from ${RSA_BITS_MIN} bits)`,
    });
    return z.NEVER;
  });

/**
 * Type and blob of a public key line, in the one spelling that counts; nothing for anything else: another type, options
 * before it, an RSA key of less than 2,048 bits, a blob that is not of the type it says.
 */
export function plainPublicKey(line: string): string | undefined {
  const [type, text, ...comment] = line.trim().split(/[ \t]+/);
  if (!types.some((known) => known === type) || text === undefined) return undefined;
  if (comment.some((word) => /[^\x21-\x7e\p{L}\p{N}\p{P}\p{S}]/u.test(word))) return undefined;
  const blob = Buffer.from(text, 'base64');
  if (blob.toString('base64') !== text || blob.length > BLOB_BYTES_MAX) return undefined;
  const fields = fieldsOf(blob);
  if (fields === undefined || !isWhole(type!, fields)) return undefined;
  return `${type} ${text}`;
}

/** A key as OpenSSH prints it, `SHA256:` and 43 characters. `line` is of a key that was read by `plainPublicKey`. */
export function fingerprintOfLine(line: string): string {
  const blob = Buffer.from(line.split(' ')[1] ?? '', 'base64');
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

/** The length-prefixed fields of a blob (RFC 4251 §5); nothing when they do not add up. */
function fieldsOf(blob: Buffer): Buffer[] | undefined {
  const fields: Buffer[] = [];
  for (let at = 0; at < blob.length;) {
    if (at + 4 > blob.length) return undefined;
    const length = blob.readUInt32BE(at);
    const end = at + 4 + length;
    if (end > blob.length) return undefined;
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

/** RFC 8709 §4, RFC 5656 §3.1 and RFC 4253 §6.6. */
function isWhole(type: string, [name, first, second, ...more]: Buffer[]): boolean {
  if (name?.toString('latin1') !== type || first === undefined || more.length > 0) return false;
  if (type === 'ssh-ed25519') return second === undefined && first.length === 32;
  if (second === undefined) return false;
  if (type === 'ssh-rsa') return bitsOf(second) >= RSA_BITS_MIN;
  return type === `ecdsa-sha2-${first.toString('latin1')}` && second[0] === 4;
}

function bitsOf(modulus: Buffer): number {
  const first = modulus.findIndex((byte) => byte !== 0);
  if (first < 0) return 0;
  return (modulus.length - first) * 8 - Math.clz32(modulus[first]!) + 24;
}
