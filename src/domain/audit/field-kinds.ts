/**
 * What a field of a leaf may hold. There is no kind for free text, on purpose: a leaf is kept for ever and shown to
 * strangers, so text stands outside and the leaf holds its `commitment`.
 */
export interface KindValues {
  /** Something this program or an officer named: incident, handoff, batch, recipient, file. */
  readonly id: string;
  readonly ids: readonly string[];
  /** A word of a closed list: a state, a reason, a fault code. */
  readonly code: string;
  readonly codes: readonly string[];
  /** 0 to 999,999,999,999: shorter than any card number. */
  readonly count: number;
  /** How many of each code. */
  readonly counts: Readonly<Record<string, number>>;
  readonly flag: boolean;
  /** SHA-256 in lower-case hex. */
  readonly digest: string;
  readonly digests: readonly string[];
  /** `commitText` of a text that is kept outside the leaf and may be purged. */
  readonly commitment: string;
  /** OpenPGP fingerprint, 40 or 64 upper-case hex digits. */
  readonly fingerprint: string;
  /** Host key as OpenSSH prints it, `SHA256:…`. */
  readonly pin: string;
  readonly pins: readonly string[];
  /** C2SP verifier key. */
  readonly vkey: string;
  /** RFC 3339, UTC or with offset. */
  readonly instant: string;
}

export type Kind = keyof KindValues;

/** Each list in a leaf is bounded, so that a leaf of many lists still says by size which one grew. */
export const LIST_ITEMS_MAX = 2_000;

const COUNT_MAX = 999_999_999_999;

const patterns = {
  id: /^[A-Za-z0-9.][A-Za-z0-9._-]{0,127}$/,
  code: /^[a-z0-9][a-z0-9_-]{0,63}$/,
  digest: /^[0-9a-f]{64}$/,
  commitment: /^[0-9a-f]{64}$/,
  fingerprint: /^(?:[0-9A-F]{40}|[0-9A-F]{64})$/,
  pin: /^SHA256:[A-Za-z0-9+/]{43}$/,
  vkey: /^[^+\s]{1,200}\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{4,4000}$/u,
  instant: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/,
} as const;

type Single = keyof typeof patterns;

const listOf = { ids: 'id', codes: 'code', digests: 'digest', pins: 'pin' } as const;

/** Whether a value is of this kind; nothing is converted. */
export function isOfKind(kind: Kind, value: unknown): boolean {
  if (kind === 'count') return isCount(value);
  if (kind === 'counts') return isCounts(value);
  if (kind === 'flag') return typeof value === 'boolean';
  return kind in listOf
    ? isList(value, patterns[listOf[kind as keyof typeof listOf]])
    : typeof value === 'string' && patterns[kind as Single].test(value);
}

/**
 * The strings of a value that people or configuration chose, where a card number could therefore have slipped in.
 * Digests, fingerprints, pins, keys and times have a form of their own and are left out: random digests would raise
 * false alarms.
 */
export function chosenStrings(kind: Kind, value: unknown): readonly string[] {
  if (kind === 'id' || kind === 'code') return [value as string];
  if (kind === 'ids' || kind === 'codes') return value as readonly string[];
  return kind === 'counts' ? Object.keys(value as object) : [];
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= COUNT_MAX;
}

function isCounts(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value as Record<string, unknown>);
  return (
    entries.length <= LIST_ITEMS_MAX &&
    entries.every(([code, count]) => patterns.code.test(code) && isCount(count))
  );
}

function isList(value: unknown, pattern: RegExp): boolean {
  return (
    Array.isArray(value) &&
    value.length <= LIST_ITEMS_MAX &&
    value.every((item) => typeof item === 'string' && pattern.test(item))
  );
}
