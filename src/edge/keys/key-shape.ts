import { createHash } from 'node:crypto';

import { encodeCanonicalJson, parseCanonicalJson } from '../../domain/canonical-json.ts';
import type { Json } from '../../domain/canonical-json.ts';
import { KeyFault } from './errors.ts';

/** What each member of an object must be. By hand and not by a schema: a library would be loaded for it at each start. */
export type Shape = Readonly<Record<string, (value: Json) => boolean>>;

/**
 * Reads a file of ours that carries a checksum: canonical JSON with just the members of `shape`, among them `sum`.
 * Returns the members without `sum`. Throws `key-file-altered`, which names the `file`.
 */
export function parseSummed(file: string, bytes: Uint8Array, shape: Shape): Record<string, Json> {
  let value: Json;
  try {
    value = parseCanonicalJson(bytes);
  } catch (cause) {
    throw new KeyFault('key-file-altered', { file }, cause);
  }
  if (!hasShape(value, { ...shape, sum: hex(32) })) {
    throw new KeyFault('key-file-altered', { file });
  }
  const { sum, ...content } = value as Record<string, Json>;
  if (sumOf(content) !== sum) throw new KeyFault('key-file-altered', { file });
  return content;
}

/** The bytes that `parseSummed` reads. */
export function encodeSummed(content: Record<string, Json>): Uint8Array {
  return encodeCanonicalJson({ ...content, sum: sumOf(content) });
}

/** Whether a value is an object with just these members, each as it must be. */
export function hasShape(value: Json, shape: Shape): boolean {
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  const members = Object.entries(value);
  return (
    members.length === Object.keys(shape).length &&
    members.every(([name, member]) => Object.hasOwn(shape, name) && shape[name]!(member))
  );
}

/** So many bytes in lower-case hexadecimal. */
export function hex(bytes: number): (value: Json) => boolean {
  const pattern = new RegExp(`^[0-9a-f]{${bytes * 2}}$`);
  return (value) => typeof value === 'string' && pattern.test(value);
}

/** 1 to 64 characters. */
export function isWorkspaceId(value: Json): boolean {
  return typeof value === 'string' && value.length >= 1 && value.length <= 64;
}

function sumOf(content: Json): string {
  return toHex(createHash('sha256').update(encodeCanonicalJson(content)).digest());
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}
