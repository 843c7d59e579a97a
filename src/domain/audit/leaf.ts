import { hash } from 'node:crypto';

import { encodeCanonicalJson, parseCanonicalJson } from '../canonical-json.ts';
import type { Json } from '../canonical-json.ts';
import { scrub } from '../cards/scrubber.ts';
import { AuditFault } from './errors.ts';
import { fieldsOf, isAct, requiredFieldsOf } from './events.ts';
import type { Act, DataOf } from './events.ts';
import { chosenStrings, isOfKind } from './field-kinds.ts';
import { fromHex, toHex } from './hex.ts';

/** Longest leaf: entry tiles carry a 16-bit length (C2SP tlog-tiles). */
const LEAF_BYTES_MAX = 65_535;
export const SALT_BYTES = 16;

export type Result = 'done' | 'refused' | 'failed';

/** What a use case says about its act; salt and time are added when it is composed. */
export type LeafDraft<A extends Act = Act> = A extends Act
  ? {
      /** Id of the officer, or `system` for what the machine does by itself. */
      readonly actor: string;
      readonly act: A;
      readonly result: Result;
      /** The door it came through, and from where: `cli:host-7:sato`, `http:192.0.2.1`. */
      readonly origin: string;
      /** What was touched: `handoff:3f9c…`, `incident:shop-a-2020`. */
      readonly object: string;
      readonly data: DataOf<A>;
    }
  : never;

/** A leaf that was read back. `data` has passed the checks of its act. */
export interface Leaf {
  readonly v: 1;
  /** 32 lower-case hex digits. */
  readonly salt: string;
  /** RFC 3339, UTC, milliseconds. Text for people: the order of the log is its index, clocks may step back. */
  readonly at: string;
  readonly actor: string;
  readonly act: Act;
  readonly result: Result;
  readonly origin: string;
  readonly object: string;
  readonly data: Readonly<Record<string, Json>>;
}

const patterns = {
  salt: /^[0-9a-f]{32}$/,
  at: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
  actor: /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
  result: /^(?:done|refused|failed)$/,
  origin: /^[a-z][a-z0-9-]{0,31}(?::[A-Za-z0-9[\]:._-]{1,128})?$/,
  object: /^[a-z][a-z0-9-]{0,31}:[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/,
} as const;

const patternList = Object.entries(patterns);

const members = [...Object.keys(patterns), 'act', 'data', 'v'].sort();

/**
 * Writes leaf v1 (docs/formats/leaf-v1.md): the bytes that are stored, hashed and proven, never changed afterwards.
 *
 * `salt` is 16 random bytes of this leaf alone: without it, whoever sees only hashes could guess a short leaf.
 * The fields are those of PCI DSS v4.0.1 req. 10.2.2. Throws `leaf-field-refused` with the `field` for a value that is
 * not of the kind the act declares, `leaf-card-number` when an id or code looks like a card number, `leaf-too-large`
 * above 65,535 bytes. Each of them is a bug of the caller, and the act must not happen without its leaf.
 */
export function composeLeaf(draft: LeafDraft, salt: Uint8Array, at: Date): Uint8Array {
  if (salt.length !== SALT_BYTES) throw refusedField('salt');
  const { actor, act, result, origin, object } = draft;
  const isTime = at.getTime() >= 0 && at.getUTCFullYear() <= 9999;
  const head = {
    salt: toHex(salt),
    at: isTime ? at.toISOString() : '',
    actor,
    result,
    origin,
    object,
  };
  for (const [name, pattern] of patternList) {
    if (!pattern.test(head[name as keyof typeof head])) throw refusedField(name);
  }
  if (!isAct(act)) throw refusedField('act');
  const data = withoutAbsent(draft.data);
  const bad = wrongField(act, data);
  if (bad !== undefined) throw refusedField(bad);
  assertNoCardNumber(act, { actor, origin, object }, data);
  const bytes = encodeCanonicalJson({ v: 1, ...head, act, data: data as Record<string, Json> });
  if (bytes.length > LEAF_BYTES_MAX)
    throw new AuditFault('leaf-too-large', { bytes: bytes.length });
  return bytes;
}

/**
 * Reads a leaf, refusing whatever `composeLeaf` could not have written: another spelling, another version, an act or
 * field outside the vocabulary. Throws `leaf-malformed` with the `part` (json, size, members, v, act, data or a member).
 */
export function parseLeaf(bytes: Uint8Array): Leaf {
  if (bytes.length > LEAF_BYTES_MAX) throw malformed('size');
  let value: Json;
  try {
    value = parseCanonicalJson(bytes);
  } catch (cause) {
    throw malformed('json', cause);
  }
  if (!isObject(value) || !hasMembers(value)) throw malformed('members');
  if (value['v'] !== 1) throw malformed('v');
  for (const [name, pattern] of patternList) {
    const member = value[name];
    if (typeof member !== 'string' || !pattern.test(member)) throw malformed(name);
  }
  const { act, data, at } = value;
  if (!isRealTime(at as string)) throw malformed('at');
  if (typeof act !== 'string' || !isAct(act)) throw malformed('act');
  if (!isObject(data!) || wrongField(act, data) !== undefined) throw malformed('data');
  return value as unknown as Leaf;
}

/**
 * Binds a text that is kept outside the leaf: SHA-256(salt ‖ UTF-8 text) in lower-case hex, with the salt of the leaf.
 *
 * Purging the text leaves the log whole. It does not make a short text secret: who holds the leaf can still confirm a
 * guess. Throws `leaf-field-refused` for a salt of another length and for lone surrogates.
 */
export function commitText(salt: Uint8Array, text: string): string {
  if (salt.length !== SALT_BYTES) throw refusedField('salt');
  if (!text.isWellFormed()) throw refusedField('text');
  const utf8 = new TextEncoder().encode(text);
  const input = new Uint8Array(salt.length + utf8.length);
  input.set(salt);
  input.set(utf8, salt.length);
  return hash('sha256', input, 'hex');
}

/** The salt of a leaf as bytes, for `commitText`. */
export function saltOf(leaf: Leaf): Uint8Array {
  return fromHex(leaf.salt);
}

/** Of canonical JSON, whose names are sorted. */
function hasMembers(value: object): boolean {
  const names = Object.keys(value);
  return names.length === members.length && names.every((name, at) => name === members[at]);
}

function withoutAbsent(data: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}

/** Name of the first field that is missing, unknown (then just "data": the name may be anything) or of a wrong kind. */
function wrongField(act: Act, data: Readonly<Record<string, unknown>>): string | undefined {
  const fields = fieldsOf(act);
  let required = 0;
  for (const name of Object.keys(data)) {
    const field = fields.get(name);
    if (field === undefined) return 'data';
    if (!isOfKind(field.kind, data[name])) return `data.${name}`;
    if (!field.isOptional) required += 1;
  }
  // Counted and not looked up one by one: a log is read entry by entry.
  if (required === requiredFieldsOf(act)) return undefined;
  const isMissing = (name: string): boolean => !Object.hasOwn(data, name);
  const missing = [...fields].find(([name, { isOptional }]) => !isOptional && isMissing(name));
  return `data.${missing![0]}`;
}

function assertNoCardNumber(
  act: Act,
  head: Readonly<Record<string, string>>,
  data: Readonly<Record<string, unknown>>,
): void {
  const fields = fieldsOf(act);
  const strings = [
    ...Object.entries(head),
    ...Object.entries(data).flatMap(([name, value]) =>
      chosenStrings(fields.get(name)!.kind, value).map((text) => [`data.${name}`, text] as const),
    ),
  ];
  for (const [field, text] of strings) {
    if (scrub(text).hits > 0) throw new AuditFault('leaf-card-number', { field });
  }
}

/** Whether a text of the form of `patterns.at` names a moment that the calendar and the clock have. */
function isRealTime(at: string): boolean {
  const [year, month, day] = [digits(at, 0, 4), digits(at, 5, 7), digits(at, 8, 10)];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && isLeap ? 29 : (daysOf[month - 1] ?? 0);
  const isTime = digits(at, 11, 13) < 24 && digits(at, 14, 16) < 60 && digits(at, 17, 19) < 60;
  return day >= 1 && day <= days && isTime;
}

const daysOf = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at += 1) number = number * 10 + text.charCodeAt(at) - 48;
  return number;
}

function isObject(value: Json): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && !Array.isArray(value);
}

function refusedField(field: string): AuditFault {
  return new AuditFault('leaf-field-refused', { field });
}

function malformed(part: string, cause?: unknown): AuditFault {
  return new AuditFault('leaf-malformed', { part }, cause);
}
