import { toHex } from '../../src/domain/audit/hex.ts';
import { composeLeaf } from '../../src/domain/audit/leaf.ts';
import type { StoredCheckpoint } from '../../src/domain/audit/signed-roots.ts';
import { leafHash } from '../../src/domain/tlog/hashes.ts';
import { rootAt } from '../../src/domain/tlog/tree.ts';
import { signedCheckpoint, testLeaf, testLog, testLogKey } from './audit-log.ts';
import type { TestLog } from './audit-log.ts';
import { growTree } from './merkle-tree.ts';

const origin = 'example.com/log';
/** The keys before the recovery and after it. */
export const oldLogKey = testLogKey(origin);
export const newLogKey = testLogKey(`${origin}/recovered-${'0f'.repeat(8)}`);

/** What the leaf says; by itself what is true. */
export interface SaidOfRecovery {
  readonly size?: number;
  readonly anchored?: number;
  readonly root?: Uint8Array;
  readonly vkey?: string;
}

/** A log that lost entries and goes on. */
export interface RecoveredLog extends TestLog {
  readonly saidKeys: readonly string[];
  /** The index of the leaf of the recovery. */
  readonly recovery: number;
}

/** A log as it was before entries of it were lost, signed by the old key at these sizes. */
export function lostLog(entries: number, signedSizes: readonly number[]): TestLog {
  return testLog(oldLogKey, entries, signedSizes);
}

/** The first `kept` entries of a log, one of its own, the recovery, and three more; signed by the new key but for the last. */
export function recoveredLog(lost: TestLog, kept: number, said: SaidOfRecovery = {}): RecoveredLog {
  const entries = lost.leaves.length;
  const { size = 8, anchored = entries, vkey = newLogKey.vkey } = said;
  const { root = rootAt(size, lost.readNode) } = said;
  const digest = 'ab'.repeat(32);
  const recovery = composeLeaf(
    {
      ...{ actor: 'approver-1', act: 'log-recover', result: 'done', origin: 'cli' },
      object: 'workspace:live-1',
      data: {
        ...{ vkey, replaced: oldLogKey.vkey, size, root: toHex(root), anchored, doubted: 0 },
        anchoredRoot: toHex(rootAt(entries, lost.readNode)),
        ...{ statement: digest, requesterSignature: digest, signature: digest },
        ...{ requester: 'officer-1', requesterFingerprint: 'AB'.repeat(20) },
        ...{ officer: 'approver-1', fingerprint: 'CD'.repeat(20) },
      },
    },
    new Uint8Array(16),
    new Date(1_700_000_000_000),
  );
  const own = [90, 91, 92, 93].map((number) => testLeaf(number));
  const bytes = [
    ...lost.leaves.slice(0, kept).map((leaf) => leaf.bytes),
    ...[own[0]!, recovery, ...own.slice(1)],
  ];
  const leaves = bytes.map((one, index) => ({ index, bytes: one, hash: leafHash(one) }));
  const { nodes, readNode } = growTree(leaves.map(({ hash }) => hash));
  const after = leaves.length - 1;
  const signed: StoredCheckpoint[] = lost.checkpoints.filter((one) => one.size <= kept);
  return {
    ...{ leaves, nodes, readNode, readNodes: () => Promise.resolve(readNode), texts: [] },
    checkpoints: [...signed, signedCheckpoint(newLogKey, after, rootAt(after, readNode))],
    ...{ vkey: newLogKey.vkey, saidKeys: [oldLogKey.vkey, newLogKey.vkey], recovery: kept + 1 },
  };
}
