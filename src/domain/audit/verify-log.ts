import { Frontier } from '../tlog/frontier.ts';
import { leafHash, sameBytes } from '../tlog/hashes.ts';
import type { TreeNode } from '../tlog/tree.ts';
import { parseVerifierKey } from '../tlog/verifier-key.ts';
import { AuditFault } from './errors.ts';
import { fieldsOf } from './events.ts';
import {
  breachOfLosses,
  breachOfRecoveries,
  breachOfRoot,
  breachOfStrays,
  expectedRoots,
} from './expected-roots.ts';
import type { ExpectedRoot } from './expected-roots.ts';
import { commitText, parseLeaf, saltOf } from './leaf.ts';
import type { Leaf } from './leaf.ts';
import { breach } from './log-verdict.ts';
import type { LogBreach, LogVerdict } from './log-verdict.ts';
import { judgeKeys, keyChangeOf } from './log-keys.ts';
import type { KeyChange } from './log-keys.ts';
import type { LogRecovery } from './log-recovery.ts';

export interface StoredLeaf {
  readonly index: number;
  readonly bytes: Uint8Array;
  /** As stored beside the bytes; it is derived anew and compared. */
  readonly hash: Uint8Array;
}

export interface StoredCheckpoint {
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: Uint8Array;
}

/** A text that stands outside a leaf: the leaf's index, the field that binds it, and the text. */
export interface TextRecord {
  readonly leaf: number;
  readonly field: string;
  readonly text: string;
}

/** A node as stored; `undefined` where there is none. Asked once for each, level by level from the left. */
export type ReadStored = (
  level: number,
  index: number,
) => Uint8Array | undefined | Promise<Uint8Array | undefined>;

/** A log as some store holds it. Nothing in it is trusted but the keys and, where given, `anchors`. */
export interface LogToVerify {
  /** In order of their index, from 0. Where one cannot be read at all, what is wrong instead. */
  readonly leaves: Iterable<StoredLeaf | LogBreach> | AsyncIterable<StoredLeaf | LogBreach>;
  readonly readNode: ReadStored;
  /** Whether nodes of a level are stored at all; all are, where this is left out. */
  readonly hasLevel?: (level: number) => boolean;
  /** In any order. */
  readonly checkpoints: Iterable<StoredCheckpoint>;
  /** The key to believe, or several. */
  readonly vkey: string | readonly string[];
  /** Every key that the log is said to have had, the oldest first: believed as far as the log shows how one followed another. */
  readonly saidKeys?: readonly string[];
  /** Signed checkpoints that were kept outside the store: anchor files, printouts, a reviewer's copy. */
  readonly anchors?: Iterable<Uint8Array>;
  /** What the anchor holds from before a recovery: those that speak for lost entries have to be as the log names them. */
  readonly formerAnchors?: Iterable<Uint8Array>;
  readonly texts?: Iterable<TextRecord>;
}

/**
 * Derives the whole log anew from the bytes of its leaves and compares everything that is stored or was signed:
 * leaf hashes, complete nodes, the root at every signed size, anchored checkpoints, texts outside the leaves.
 *
 * Memory: constant in the leaves and nodes; checkpoints, anchors and texts are held. A finding is a value; only an unreadable
 * store or a `vkey` that is none throws (`verifier-key-malformed`).
 */
export async function verifyLog(log: LogToVerify): Promise<LogVerdict> {
  const keys = [...new Set([log.vkey, log.saidKeys ?? []].flat())].map(parseVerifierKey);
  const expected = expectedRoots(log, keys);
  if ('kind' in expected) return expected;
  const texts = Map.groupBy(log.texts ?? [], (record) => record.leaf);
  const frontier = new Frontier();
  const changes: KeyChange[] = [];
  const strays: ExpectedRoot[] = [];
  const first = (found: LogBreach): LogBreach =>
    breachOfStrays(strays, recoveriesIn(changes)) ?? found;
  let found = breachOfRoot(frontier, expected, strays);
  if (found !== undefined) return found;
  for await (const leaf of log.leaves) {
    if ('holds' in leaf) return first(leaf);
    const checked = checkLeaf(leaf, frontier, log, changes, texts.get(leaf.index) ?? noTexts);
    found =
      (checked instanceof Promise ? await checked : checked) ??
      breachOfRoot(frontier, expected, strays);
    if (found !== undefined) return first(found);
    texts.delete(leaf.index);
  }
  return checkEnd(log, frontier, [...expected.values()].flat(), { changes, texts, strays });
}

/** What is judged once all leaves were read. */
interface Left {
  readonly changes: readonly KeyChange[];
  readonly texts: ReadonlyMap<number, readonly TextRecord[]>;
  readonly strays: readonly ExpectedRoot[];
}

const noTexts: readonly TextRecord[] = [];

function recoveriesIn(changes: readonly KeyChange[]): readonly LogRecovery[] {
  return changes.filter((change) => change.act === 'log-recover');
}

async function checkEnd(
  log: LogToVerify,
  frontier: Frontier,
  all: readonly ExpectedRoot[],
  { changes, texts, strays }: Left,
): Promise<LogVerdict> {
  const entries = frontier.size;
  const recoveries = recoveriesIn(changes);
  const forked = breachOfStrays(strays, recoveries);
  if (forked !== undefined) return forked;
  const isNodeLeft = log.hasLevel?.(0) !== false && (await log.readNode(0, entries)) !== undefined;
  if (isNodeLeft) return breach('leaf-missing', { index: entries });
  const signedTo = largest(all.filter(({ from }) => from === 'store'));
  // Our own checkpoint says that there were more leaves: they are gone from this store.
  if (signedTo > entries) {
    return breach('leaf-missing', { index: entries, size: signedTo }, { entries });
  }
  const beyond = all
    .filter(({ checkpoint }) => checkpoint.size > entries)
    .sort((one, other) => other.checkpoint.size - one.checkpoint.size);
  const ahead = breachOfStrays(beyond, recoveries);
  if (ahead !== undefined) return { ...ahead, kind: 'anchor-ahead', detail: { entries } };
  for (const index of texts.keys()) return breach('text-unbound', { index }, { entries });
  const lost = [...strays, ...beyond];
  const found = all.filter((one) => !lost.includes(one));
  const broken =
    breachOfRecoveries(found, recoveries) ??
    breachOfKeys(log, found, changes) ??
    breachOfLosses(lost, recoveries);
  if (broken !== undefined) return broken;
  const anchoredTo = largest(found.filter(({ from }) => from !== 'store'));
  const holds = { holds: true, entries, root: frontier.root(), signedTo, anchoredTo } as const;
  return recoveries.length === 0 ? holds : { ...holds, recoveries };
}

function breachOfKeys(
  { vkey, saidKeys }: LogToVerify,
  all: readonly ExpectedRoot[],
  changes: readonly KeyChange[],
): LogBreach | undefined {
  const signed = all.map(({ checkpoint, from }) => ({ ...checkpoint, from }));
  const found = judgeKeys({ pinned: [vkey].flat(), said: saidKeys, changes, signed });
  if (found?.kind !== 'bad-signature') {
    return found && breach(found.kind, 'index' in found ? { index: found.index } : {});
  }
  const { size, from } = found.signed;
  return breach(from === 'store' ? 'checkpoint-bad-signature' : 'anchor-bad-signature', { size });
}

/** Answers at once where the nodes that it asks for do: a promise for each leaf would cost as much as the hashing. */
function checkLeaf(
  stored: StoredLeaf,
  frontier: Frontier,
  log: LogToVerify,
  changes: KeyChange[],
  texts: readonly TextRecord[],
): LogBreach | undefined | Promise<LogBreach | undefined> {
  const index = frontier.size;
  if (stored.index > index) return breach('leaf-missing', { index }, { next: stored.index });
  if (stored.index < index) return breach('leaf-misplaced', { index }, { found: stored.index });
  const hash = leafHash(stored.bytes);
  if (!sameBytes(hash, stored.hash)) return breach('leaf-altered', { index });
  const found = checkNodes(log, frontier.add(hash), 0, index);
  const checkRest = (broken: LogBreach | undefined): LogBreach | undefined =>
    broken ?? checkForm(stored.bytes, index, changes, texts);
  return found instanceof Promise ? found.then(checkRest) : checkRest(found);
}

function checkNodes(
  log: LogToVerify,
  nodes: readonly TreeNode[],
  from: number,
  index: number,
): LogBreach | undefined | Promise<LogBreach | undefined> {
  for (let at = from; at < nodes.length; at += 1) {
    const node = nodes[at]!;
    if (log.hasLevel?.(node.level) === false) continue;
    const read = log.readNode(node.level, node.index);
    if (read instanceof Promise) {
      return read.then(
        (later) => checkNode(node, index, later) ?? checkNodes(log, nodes, at + 1, index),
      );
    }
    const found = checkNode(node, index, read);
    if (found !== undefined) return found;
  }
  return undefined;
}

function checkForm(
  bytes: Uint8Array,
  index: number,
  changes: KeyChange[],
  texts: readonly TextRecord[],
): LogBreach | undefined {
  let leaf: Leaf;
  try {
    leaf = parseLeaf(bytes);
  } catch (error) {
    if (!(error instanceof AuditFault)) throw error;
    return breach('leaf-malformed', { index }, error.facts);
  }
  const change = keyChangeOf(leaf, index);
  if (change !== undefined) changes.push(withReason(change, texts));
  return checkTexts(leaf, index, texts);
}

/** Why a log was recovered, while that is kept. It is compared with what binds it like any other text. */
function withReason(change: KeyChange, texts: readonly TextRecord[]): KeyChange {
  const reason = texts.find(({ field }) => field === 'reason')?.text;
  return change.act !== 'log-recover' || reason === undefined ? change : { ...change, reason };
}

function checkNode(
  node: TreeNode,
  index: number,
  stored: Uint8Array | undefined,
): LogBreach | undefined {
  const at = { level: node.level, node: node.index };
  if (stored === undefined) return breach('node-missing', { index }, at);
  return sameBytes(stored, node.hash) ? undefined : breach('node-altered', { index }, at);
}

/** A text that is missing was purged, which is allowed; one that is there must be the one that was bound. */
function checkTexts(
  leaf: Leaf,
  index: number,
  texts: readonly TextRecord[],
): LogBreach | undefined {
  for (const { field, text } of texts) {
    const bound = leaf.data[field];
    if (fieldsOf(leaf.act).get(field)?.kind !== 'commitment' || bound === undefined) {
      return breach('text-unbound', { index });
    }
    if (!text.isWellFormed() || commitText(saltOf(leaf), text) !== bound) {
      return breach('text-altered', { index }, { field });
    }
  }
  return undefined;
}

function largest(all: readonly ExpectedRoot[]): number {
  return all.reduce((size, { checkpoint }) => Math.max(size, checkpoint.size), 0);
}
