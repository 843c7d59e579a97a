import { hash } from 'node:crypto';

/** SHA-256 throughout: the one hash of RFC 6962 and of the C2SP log formats. */
export const HASH_BYTES = 32;

/** Root of a tree without leaves: SHA-256 of nothing (RFC 6962 §2.1). */
export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array(0));
}

/**
 * Hash of one leaf's bytes: SHA-256(0x00 ‖ data).
 *
 * The prefix keeps leaves and nodes apart; without it a node could be passed off as a leaf (RFC 6962 §2.1).
 */
export function leafHash(data: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + data.length);
  input.set(data, 1);
  return sha256(input);
}

/** Hash of an inner node: SHA-256(0x01 ‖ left ‖ right), both 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + 2 * HASH_BYTES);
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 1 + HASH_BYTES);
  return sha256(input);
}

/** Whether two byte strings are equal. Not constant-time: nothing here is secret. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false;
  return true;
}

function sha256(input: Uint8Array): Uint8Array {
  const { buffer, byteOffset } = hash('sha256', input, 'buffer');
  return new Uint8Array(buffer, byteOffset, HASH_BYTES);
}
