import { Fault } from './fault.ts';
import type { Facts, Retry } from './fault.ts';

export const canonicalJsonCodes = {
  'json-not-encodable': 'never',
  'json-not-canonical': 'never',
} as const satisfies Record<string, Retry>;

export type CanonicalJsonCode = keyof typeof canonicalJsonCodes;

class CanonicalJsonFault extends Fault<CanonicalJsonCode> {
  constructor(code: CanonicalJsonCode, facts: Facts = {}, cause?: unknown) {
    super(code, canonicalJsonCodes[code], facts, cause);
  }
}

/** What the project signs and hashes: no `null`, no fractions, so that one value has one reading in every language. */
export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** Deeper values are refused: the encoder recurses, and a parsed document may come from a stranger. */
const MAX_JSON_DEPTH = 32;

const utf8 = new TextEncoder();
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Encodes a value as the one sequence of bytes that is hashed and signed.
 *
 * RFC 8785 over a subset: objects, arrays, strings, booleans and safe integers. Keys are sorted by UTF-16 code
 * units (§3.2.3); the result is UTF-8 without a byte order mark and without white space.
 * Throws `json-not-encodable` (fact `reason`: fraction, surrogate, depth, kind) and never drops a value silently,
 * as `JSON.stringify` does with `undefined`. The facts never name the value.
 *
 * @example encodeCanonicalJson({ b: 1, a: 'é' }) // the bytes of {"a":"é","b":1}
 */
export function encodeCanonicalJson(value: Json): Uint8Array {
  return utf8.encode(write(value, 0));
}

/**
 * Reads bytes that `encodeCanonicalJson` could have written, and only those.
 *
 * Doubled keys, white space, other number or escape spellings, a byte order mark, `null` and fractions are
 * refused with `json-not-canonical`: two readers of a signed document must never see two meanings.
 */
export function parseCanonicalJson(bytes: Uint8Array): Json {
  let text: string;
  let value: unknown;
  try {
    text = strictUtf8.decode(bytes);
    value = JSON.parse(text);
  } catch {
    // The parser's own error quotes its input, so it is not even kept as a cause.
    throw new CanonicalJsonFault('json-not-canonical', { reason: 'syntax' });
  }
  if (isCanonical(value, text)) return value as Json;
  let again: string;
  try {
    again = write(value, 0);
  } catch (cause) {
    throw new CanonicalJsonFault('json-not-canonical', { reason: 'value' }, cause);
  }
  if (again !== text) throw new CanonicalJsonFault('json-not-canonical', { reason: 'form' });
  return value as Json;
}

/**
 * Whether `text`, which was parsed to `value`, is what `write` would give, found without writing it: without escapes all
 * strings are well-formed, and what the built-in writer gives back is spelled as RFC 8785 spells it. False is no refusal:
 * texts with escapes are left to `write`.
 */
function isCanonical(value: unknown, text: string): boolean {
  return !text.includes('\\') && isPlain(value, 0) && JSON.stringify(value) === text;
}

function isPlain(value: unknown, depth: number): boolean {
  if (depth > MAX_JSON_DEPTH) return false;
  if (typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth + 1));
  let last: string | undefined;
  for (const key of Object.keys(value)) {
    if (last !== undefined && key <= last) return false;
    if (!isPlain((value as Record<string, unknown>)[key], depth + 1)) return false;
    last = key;
  }
  return true;
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_JSON_DEPTH) throw refusal('depth');
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number') return writeInteger(value);
  if (typeof value === 'string') return writeString(value);
  if (Array.isArray(value)) return writeArray(value, depth);
  if (typeof value === 'object') return writeObject(value, depth);
  throw refusal('kind');
}

function writeInteger(value: number): string {
  if (!Number.isSafeInteger(value)) throw refusal('fraction');
  // RFC 8785 §3.2.2.3 follows ECMAScript, where minus zero is written as 0.
  return String(value);
}

function writeString(value: string): string {
  if (!value.isWellFormed()) throw refusal('surrogate');
  // For well-formed strings ECMAScript's escapes are those of RFC 8785 §3.2.2.2.
  return JSON.stringify(value);
}

function writeArray(value: readonly unknown[], depth: number): string {
  // `Array.from` and not `map`: a hole in a sparse array has to be refused, not skipped.
  return `[${Array.from(value, (item) => write(item, depth + 1)).join(',')}]`;
}

function writeObject(value: object | null, depth: number): string {
  if (value === null) throw refusal('kind');
  const prototype: unknown = Object.getPrototypeOf(value);
  // A Date, Map or typed array would come out as an empty or index-keyed object.
  if (prototype !== Object.prototype && prototype !== null) throw refusal('kind');
  // Without a comparison `sort` goes by UTF-16 code units, which is the order RFC 8785 asks for.
  const members = Object.keys(value)
    .sort()
    .map(
      (key) => `${writeString(key)}:${write((value as Record<string, unknown>)[key], depth + 1)}`,
    );
  return `{${members.join(',')}}`;
}

function refusal(reason: 'fraction' | 'surrogate' | 'depth' | 'kind'): CanonicalJsonFault {
  return new CanonicalJsonFault('json-not-encodable', { reason });
}
