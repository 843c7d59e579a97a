import { TlogFault } from '../tlog/errors.ts';
import { sameBytes } from '../tlog/hashes.ts';
import { encodeVerifierKey, parseVerifierKey } from '../tlog/verifier-key.ts';
import type { VerifierKey } from '../tlog/verifier-key.ts';
import type { Leaf } from './leaf.ts';
import { isRecoveryOf, recoveryOf } from './log-recovery.ts';
import type { LogRecovery } from './log-recovery.ts';

/** A leaf by which one key of the log is followed by another, or ends. */
interface KeyLife {
  readonly index: number;
  readonly act: 'log-key-rotate' | 'log-key-retire';
  readonly vkey: string;
  /** The key before it; absent where one only ends. */
  readonly replaced?: string;
}

/** A leaf after which other keys sign for the log. */
export type KeyChange = KeyLife | LogRecovery;

/** A key and its time: it signs checkpoints of sizes above `from`, and none above `until`. */
interface KeyTerm {
  readonly key: VerifierKey;
  readonly vkey: string;
  readonly from: number;
  readonly until: number;
}

/** Checkpoints that agree with the log, of the same signers between two changes of keys: the smallest size and the largest. */
export interface SeenNotes {
  readonly size: number;
  readonly last: number;
  readonly signers: readonly VerifierKey[];
}

/** What a leaf says about the keys of the log; undefined for any other leaf. */
export function keyChangeOf(leaf: Leaf, index: number): KeyChange | undefined {
  const { act, data } = leaf;
  if (act !== 'log-key-rotate' && act !== 'log-key-retire') return recoveryOf(leaf, index);
  const { vkey, replaced } = data as { readonly vkey: string; readonly replaced?: string };
  return { index, act, vkey, ...(replaced === undefined ? {} : { replaced }) };
}

/**
 * The keys of a log, the oldest first, as its leaves tell. Where a leaf does not follow from those before it, the index
 * of that leaf. Throws nothing; `changes` are in the order of their leaves, at least one.
 */
function keyTerms(changes: readonly KeyChange[]): readonly KeyTerm[] | number {
  const terms: KeyTerm[] = [];
  for (const change of changes) {
    const { index, vkey, replaced } = change;
    const last = terms.at(-1);
    if (replaced === undefined) {
      // A key ends only once another follows it.
      const at = terms.findIndex((term) => term.vkey === vkey && term.until === Infinity);
      if (at === -1 || at === terms.length - 1) return index;
      terms[at] = { ...terms[at]!, until: index };
      continue;
    }
    const [before, next] = [parsed(replaced), parsed(vkey)];
    if (before === undefined || next === undefined) return index;
    if (!mayFollow(change, next, before)) return index;
    if (last === undefined) terms.push({ key: before, vkey: replaced, from: -1, until: Infinity });
    else if (last.vkey !== replaced) return index;
    if (terms.some((term) => term.vkey === vkey)) return index;
    if (change.act === 'log-recover') {
      if (terms.some(({ key }) => key.name === next.name)) return index;
      endAll(terms, index);
    }
    terms.push({ key: next, vkey, from: index, until: Infinity });
  }
  return terms;
}

/** A key that follows has the name of the log; only a recovery begins another one. */
function mayFollow(change: KeyChange, next: VerifierKey, before: VerifierKey): boolean {
  if (change.act !== 'log-recover') return next.name === before.name;
  const { index, size, anchored } = change;
  return isRecoveryOf(next.name, before.name) && size <= index && size < anchored;
}

/** No key from before a recovery signs for what comes after it. */
function endAll(terms: KeyTerm[], index: number): void {
  terms.forEach((term, at) => {
    if (term.until === Infinity) terms[at] = { ...term, until: index };
  });
}

/** Whether exactly those keys signed that sign for the log at these sizes: it is the same for all of them. */
function isSignedInTime({ size, signers }: SeenNotes, terms: readonly KeyTerm[]): boolean {
  const inTime = terms.filter(({ from, until }) => from < size && size <= until);
  return (
    signers.length === inTime.length &&
    inTime.every(({ key }) => signers.some((signer) => isSame(signer, key)))
  );
}

/** What of the keys of a log does not hold. */
type KeyFinding<S> =
  | { readonly kind: 'bad-signature'; readonly signed: S }
  | { readonly kind: 'key-unproven' | 'recovery-unconfirmed'; readonly index: number }
  | { readonly kind: 'keys-differ' };

/**
 * Whether every checkpoint was signed by a key that is believed, in its time; what does not hold, or undefined. `signed`
 * are checkpoints that agree with the leaves; `said` are the keys that the log is said to have had, the oldest first.
 */
export function judgeKeys<S extends SeenNotes>(log: {
  readonly pinned: readonly string[];
  readonly said: readonly string[] | undefined;
  readonly changes: readonly KeyChange[];
  readonly signed: readonly S[];
}): KeyFinding<S> | undefined {
  const { pinned, said, changes, signed } = log;
  if (changes.length === 0) {
    const isBelieved = (key: VerifierKey): boolean => pinned.includes(encodeVerifierKey(key));
    const stranger = signed.find(({ signers }) => !signers.some(isBelieved));
    if (stranger !== undefined) return { kind: 'bad-signature', signed: stranger };
    const isSaid = said === undefined || (said.length === 1 && pinned.includes(said[0]!));
    return isSaid ? undefined : { kind: 'keys-differ' };
  }
  const terms = keyTerms(changes);
  if (typeof terms === 'number') return { kind: 'key-unproven', index: terms };
  const late = signed.find((one) => !isSignedInTime(one, terms));
  if (late !== undefined) return { kind: 'bad-signature', signed: late };
  const index = unprovenChange(terms, pinned, signed);
  if (index !== undefined) return { kind: kindOfUnproven(changes, index), index };
  const isSaid = said === undefined || terms.map(({ vkey }) => vkey).join() === said.join();
  return isSaid ? undefined : { kind: 'keys-differ' };
}

/** Over a recovery no signature leads: only the officers' word, which is checked outside the log. */
function kindOfUnproven(
  changes: readonly KeyChange[],
  index: number,
): 'key-unproven' | 'recovery-unconfirmed' {
  const change = changes.find((one) => one.index === index);
  return change?.act === 'log-recover' ? 'recovery-unconfirmed' : 'key-unproven';
}

/**
 * The first leaf of a change of keys that nobody vouches for who is trusted; undefined where all are.
 *
 * A key is followed by another only under a checkpoint that the first of them signed and that speaks for the leaf: who
 * has only the second cannot make it. The other way round, a trusted key speaks for all leaves below it.
 */
function unprovenChange(
  terms: readonly KeyTerm[],
  pinned: readonly string[],
  notes: readonly SeenNotes[],
): number | undefined {
  const trusted = terms.map(({ vkey }) => pinned.includes(vkey));
  const isVouched = (by: number, leaf: number): boolean =>
    trusted[by] === true &&
    notes.some(({ last, signers }) => {
      return last > leaf && signers.some((key) => isSame(key, terms[by]!.key));
    });
  for (let at = 1; at < terms.length; at += 1) {
    trusted[at] ||= isVouched(at - 1, terms[at]!.from);
  }
  for (let at = terms.length - 1; at > 0; at -= 1) {
    const leaf = terms[at]!.from;
    trusted[at - 1] ||= terms.some((_, by) => by >= at && isVouched(by, leaf));
  }
  const doubted = trusted.indexOf(false);
  // Between a key that is trusted and one that is not stands the leaf of the later one.
  return doubted === -1 ? undefined : terms[Math.max(doubted, 1)]!.from;
}

function isSame(one: VerifierKey, other: VerifierKey): boolean {
  return one.name === other.name && sameBytes(one.publicKey, other.publicKey);
}

function parsed(vkey: string): VerifierKey | undefined {
  try {
    return parseVerifierKey(vkey);
  } catch (error) {
    if (!(error instanceof TlogFault)) throw error;
    return undefined;
  }
}
