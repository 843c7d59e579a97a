import { Frontier } from '../tlog/frontier.ts';
import { leafHash, sameBytes } from '../tlog/hashes.ts';
import type { TreeNode } from '../tlog/tree.ts';
import { parseVerifierKey } from '../tlog/verifier-key.ts';
import { AuditFault } from './errors.ts';
import { fieldsOf } from './events.ts';
import { commitText, parseLeaf, saltOf } from './leaf.ts';
import type { Leaf } from './leaf.ts';
import { breach } from './log-verdict.ts';
import type { LogBreach, LogVerdict } from './log-verdict.ts';
import { judgeKeys, keyChangeOf } from './log-keys.ts';
import type { KeyChange } from './log-keys.ts';
import type { LogRecovery } from './log-recovery.ts';
import { OrderedReader } from './ordered-reader.ts';
import type { Stream } from './ordered-reader.ts';
import { breachOfRecoveries } from './recovered-roots.ts';
import type { ReadNodes } from './recovered-roots.ts';
import { RowsCheck } from './rows-check.ts';
import type { StoredRows } from './rows-check.ts';
import { SignedRoots } from './signed-roots.ts';
import type { SignedOfLog } from './signed-roots.ts';
import { breachOfLosses, breachOfStrays } from './strays.ts';

export interface StoredLeaf {
  readonly index: number;
  readonly bytes: Uint8Array;
  /** As stored beside the bytes; it is derived anew and compared. */
  readonly hash: Uint8Array;
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

/** A log as some store holds it. Nothing in it is trusted but the keys and, where given, what was kept outside. */
export interface LogToVerify extends SignedOfLog {
  /** In order of their index, from 0. Where one cannot be read at all, what is wrong instead. */
  readonly leaves: Stream<StoredLeaf | LogBreach>;
  readonly readNode: ReadStored;
  /** Whether nodes of a level are stored at all; all are, where this is left out. */
  readonly hasLevel?: (level: number) => boolean;
  /** The same nodes, and others that follow from them, a few at any places. */
  readonly readNodes: ReadNodes;
  /** The key to believe, or several. */
  readonly vkey: string | readonly string[];
  /** Every key that the log is said to have had, the oldest first: believed as far as the log shows how one followed another. */
  readonly saidKeys?: readonly string[];
  /** In order of their leaves. */
  readonly texts?: Stream<TextRecord>;
  /** What acts left in tables beside the log. */
  readonly rows?: readonly StoredRows[];
  /** Called with each leaf that was found in its place, in order. */
  readonly passing?: (leaf: Leaf, index: number) => void;
}

/** What is known of a log while it is read. */
interface Reading {
  readonly log: LogToVerify;
  readonly frontier: Frontier;
  readonly roots: SignedRoots;
  readonly texts: OrderedReader<TextRecord>;
  readonly rows: RowsCheck;
  readonly changes: KeyChange[];
}

/**
 * Derives the whole log anew from the bytes of its leaves and compares everything that is stored or was signed:
 * leaf hashes, complete nodes, the root at every signed size and at each from which entries were lost, anchored checkpoints,
 * texts outside the leaves. The first breach in the order of the log; of a row beside it, where the log itself holds.
 *
 * Memory: constant in the leaves, nodes, checkpoints and texts; changes of keys and `anchors` are held. A finding is a value;
 * only an unreadable store or a `vkey` that is none throws (`verifier-key-malformed`).
 */
export async function verifyLog(log: LogToVerify): Promise<LogVerdict> {
  const keys = [...new Set([log.vkey, log.saidKeys ?? []].flat())].map(parseVerifierKey);
  const roots = await SignedRoots.open(log, keys);
  if ('holds' in roots) return roots;
  const texts = await OrderedReader.open(log.texts ?? [], ({ leaf }) => leaf);
  const rows = await RowsCheck.open(log.rows ?? []);
  const reading: Reading = { log, frontier: new Frontier(), roots, texts, rows, changes: [] };
  const found = await checkLeaves(reading);
  if (found === undefined) return checkEnd(reading);
  return breachOfStrays(roots.strays.ends, recoveriesIn(reading.changes)) ?? found;
}

async function checkLeaves(reading: Reading): Promise<LogBreach | undefined> {
  const { log, frontier, roots, texts, rows, changes } = reading;
  let found = await roots.check(frontier, 0);
  if (found !== undefined) return found;
  for await (const stored of log.leaves) {
    if ('holds' in stored) return stored;
    const checked = checkLeaf(stored, reading);
    const leaf = checked instanceof Promise ? await checked : checked;
    if ('holds' in leaf) return leaf;
    if (texts.place < frontier.size) found = await checkTexts(leaf, stored.index, reading);
    if (found === undefined && roots.due <= frontier.size) {
      found = await roots.check(frontier, changes.length);
    }
    if (found !== undefined) return found;
    const judged = rows.check(leaf, stored.index);
    if (judged !== undefined) await judged;
    log.passing?.(leaf, stored.index);
  }
  rows.checkRest();
  return undefined;
}

function recoveriesIn(changes: readonly KeyChange[]): readonly LogRecovery[] {
  return changes.filter((change) => change.act === 'log-recover');
}

async function checkEnd(reading: Reading): Promise<LogVerdict> {
  const { log, frontier, roots, texts, changes } = reading;
  const entries = frontier.size;
  const recoveries = recoveriesIn(changes);
  const unreadable = await roots.checkRest(entries);
  if (unreadable !== undefined) return unreadable;
  const forked = breachOfStrays(roots.strays.ends, recoveries);
  if (forked !== undefined) return forked;
  const isNodeLeft = log.hasLevel?.(0) !== false && (await log.readNode(0, entries)) !== undefined;
  if (isNodeLeft) return breach('leaf-missing', { index: entries });
  const { signedTo, anchoredTo } = roots;
  // Our own checkpoint says that there were more leaves: they are gone from this store.
  if (signedTo > entries) {
    return breach('leaf-missing', { index: entries, size: signedTo }, { entries });
  }
  const beyond = roots.beyond.ends.toReversed();
  const ahead = breachOfStrays(beyond, recoveries);
  if (ahead !== undefined) return { ...ahead, kind: 'anchor-ahead', detail: { entries } };
  if (texts.place < Infinity) return breach('text-unbound', { index: texts.place }, { entries });
  const root = frontier.root();
  const broken =
    (await breachOfRecoveries(recoveries, { size: entries, root }, log.readNodes)) ??
    breachOfKeys(reading) ??
    breachOfLosses([...roots.strays.ends, ...beyond], recoveries) ??
    reading.rows.found;
  if (broken !== undefined) return broken;
  // Last: whether the log agrees with it is told by nothing here.
  if (roots.unknown !== undefined) return breach('anchor-unknown-key', { size: roots.unknown });
  const holds = { holds: true, entries, root, signedTo, anchoredTo } as const;
  return recoveries.length === 0 ? holds : { ...holds, recoveries };
}

function breachOfKeys({ log, roots, changes }: Reading): LogBreach | undefined {
  const { vkey, saidKeys } = log;
  const found = judgeKeys({ pinned: [vkey].flat(), said: saidKeys, changes, signed: roots.seen });
  if (found?.kind === 'bad-signature') {
    const { size, from } = found.signed;
    return breach(from === 'store' ? 'checkpoint-bad-signature' : 'anchor-bad-signature', { size });
  }
  if (found !== undefined)
    return breach(found.kind, 'index' in found ? { index: found.index } : {});
  return undefined;
}

/** Answers at once where the nodes that it asks for do: a promise for each leaf would cost as much as the hashing. */
function checkLeaf(
  stored: StoredLeaf,
  { log, frontier, changes }: Reading,
): Leaf | LogBreach | Promise<Leaf | LogBreach> {
  const index = frontier.size;
  if (stored.index > index) return breach('leaf-missing', { index }, { next: stored.index });
  if (stored.index < index) return breach('leaf-misplaced', { index }, { found: stored.index });
  const hash = leafHash(stored.bytes);
  if (!sameBytes(hash, stored.hash)) return breach('leaf-altered', { index });
  const found = checkNodes(log, frontier.add(hash), 0, index);
  const checkRest = (broken: LogBreach | undefined): Leaf | LogBreach =>
    broken ?? checkForm(stored.bytes, index, changes);
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

function checkNode(
  node: TreeNode,
  index: number,
  stored: Uint8Array | undefined,
): LogBreach | undefined {
  const at = { level: node.level, node: node.index };
  if (stored === undefined) return breach('node-missing', { index }, at);
  return sameBytes(stored, node.hash) ? undefined : breach('node-altered', { index }, at);
}

function checkForm(bytes: Uint8Array, index: number, changes: KeyChange[]): Leaf | LogBreach {
  let leaf: Leaf;
  try {
    leaf = parseLeaf(bytes);
  } catch (error) {
    if (!(error instanceof AuditFault)) throw error;
    return breach('leaf-malformed', { index }, error.facts);
  }
  const change = keyChangeOf(leaf, index);
  if (change !== undefined) changes.push(change);
  return leaf;
}

/** A text that is missing was purged, which is allowed; one that is there must be the one that was bound. */
async function checkTexts(
  leaf: Leaf,
  index: number,
  { texts, changes }: Reading,
): Promise<LogBreach | undefined> {
  while (texts.place <= index) {
    const { leaf: place, field, text } = await texts.take();
    const bound = leaf.data[field];
    const isField = fieldsOf(leaf.act).get(field)?.kind === 'commitment' && bound !== undefined;
    if (place !== index || !isField) return breach('text-unbound', { index: place });
    if (!text.isWellFormed() || commitText(saltOf(leaf), text) !== bound) {
      return breach('text-altered', { index }, { field });
    }
    if (leaf.act === 'log-recover' && field === 'reason') tellReason(changes, text);
  }
  return undefined;
}

/** Why a log was recovered, while that is kept. */
function tellReason(changes: KeyChange[], reason: string): void {
  const change = changes.at(-1);
  if (change?.act === 'log-recover') changes[changes.length - 1] = { ...change, reason };
}
