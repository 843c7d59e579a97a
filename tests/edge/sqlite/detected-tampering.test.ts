import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { LogVerdict } from '../../../src/domain/audit/log-verdict.ts';
import type { StoredLeaf } from '../../../src/domain/audit/verify-log.ts';
import { isFault } from '../../../src/domain/fault.ts';
import { ENTRY_BYTES_MAX } from '../../../src/domain/tlog/entry-bundle.ts';
import { leafHash } from '../../../src/domain/tlog/hashes.ts';
import { rootAt } from '../../../src/domain/tlog/tree.ts';
import { AnchorDirectory } from '../../../src/edge/files/anchor-directory.ts';
import { logFolders } from '../../../src/edge/files/log-folder.ts';
import { newFolders } from '../../../src/edge/files/new-folders.ts';
import { exportAudit } from '../../../src/exchange/audit/export-audit.ts';
import { proveAudit } from '../../../src/exchange/audit/prove-audit.ts';
import { verifyAudit } from '../../../src/exchange/audit/verify-audit.ts';
import { verifyExport } from '../../../src/exchange/audit/verify-export.ts';
import { signedCheckpoint, testLeaf, testLog, testLogKey } from '../../support/audit-log.ts';
import type { TestLog } from '../../support/audit-log.ts';
import { growTree } from '../../support/merkle-tree.ts';
import { StoreBench } from '../../support/store-bench.ts';
import { storeLog } from '../../support/stored-log.ts';

const key = testLogKey();
/** Two full bundles would hide what happens in a partial one, and one entry more than a bundle what happens in a full one. */
const honest = { ...testLog(key, 300, [150, 280]), texts: [] };
/** What somebody took away while the log was 270 entries long. */
const kept = signedCheckpoint(key, 270, rootAt(270, honest.readNode)).note;

let store: StoreBench;
beforeEach(() => {
  store = new StoreBench();
});
afterEach(() => store.dispose());

/** A log of other entries, its tree rebuilt, signed at these sizes with the true key. */
function signedAnew(leaves: readonly Uint8Array[], sizes: readonly number[]): TestLog {
  const stored = leaves.map((bytes, index) => ({ index, bytes, hash: leafHash(bytes) }));
  const { nodes, readNode } = growTree(stored.map(({ hash }) => hash));
  const checkpoints = sizes.map((size) => signedCheckpoint(key, size, rootAt(size, readNode)));
  const readNodes = (): Promise<typeof readNode> => Promise.resolve(readNode);
  return { leaves: stored, nodes, readNode, readNodes, checkpoints, vkey: key.vkey, texts: [] };
}

const bytesOf = (log: TestLog): Uint8Array[] => log.leaves.map(({ bytes }) => bytes);
const replaced = (index: number): Uint8Array[] =>
  bytesOf(honest).with(index, testLeaf(index, 'somebody else'));
const withLeaf = (index: number, leaf: Partial<StoredLeaf>): TestLog => ({
  ...honest,
  leaves: honest.leaves.with(index, { ...honest.leaves[index]!, ...leaf }),
});

/** What the export of a tampered store comes to: the verdict over it, or the code with which it is refused. */
async function verifyExported(): Promise<LogVerdict | string> {
  const directory = join(store.directory, 'export');
  const openSecrets = (): never => {
    throw new Error('no secret is needed');
  };
  try {
    await exportAudit(
      { log: store.log, facts: { vkey: key.vkey }, newFolders, openSecrets },
      { directory, isSignedFirst: false, guides: () => [] },
    );
  } catch (error) {
    if (!isFault(error)) throw error;
    return `${error.code} ${String(error.facts['index'])}`;
  }
  const request = { directory, vkey: key.vkey, against: [kept] };
  return (await verifyExport({ logFolders }, request)).verdict;
}

const verifyStored = (against: readonly Uint8Array[]): Promise<LogVerdict> =>
  verifyAudit({ log: store.log, anchor: new AnchorDirectory(undefined) }, key.vkey, against);

describe('with one checkpoint from before, verifyAudit() and verifyExport()', () => {
  it('hold for a log that nobody touched', async () => {
    await storeLog(store.db, honest);
    expect(await verifyStored([kept])).toMatchObject({
      holds: true,
      entries: 300,
      anchoredTo: 270,
    });
    expect(await verifyExported()).toMatchObject({ holds: true, entries: 280, anchoredTo: 270 });
  });

  const edited = { bytes: testLeaf(50, 'somebody else') };
  const [tenth, eleventh] = [honest.leaves[10]!, honest.leaves[11]!];
  const swapped: TestLog = {
    ...withLeaf(10, { bytes: eleventh.bytes, hash: eleventh.hash }),
    leaves: honest.leaves.with(10, { ...eleventh, index: 10 }).with(11, { ...tenth, index: 11 }),
  };
  const tooLong = new Uint8Array(ENTRY_BYTES_MAX + 1).fill(0x20);
  const cut = honest.leaves.slice(0, 260);
  const fork = [...bytesOf(honest).slice(0, 200), ...bytesOf(testLog(key, 100, []))];

  it.each<[string, TestLog, object, object | string]>([
    [
      'an entry taken out',
      { ...honest, leaves: honest.leaves.toSpliced(100, 1) },
      { kind: 'leaf-missing', index: 100 },
      'log-entry-missing 100',
    ],
    [
      'an entry taken out and the tree rebuilt',
      { ...signedAnew(bytesOf(honest).toSpliced(100, 1), []), checkpoints: honest.checkpoints },
      { kind: 'checkpoint-inconsistent', size: 150 },
      { kind: 'anchor-forked', size: 270 },
    ],
    [
      'two entries swapped',
      swapped,
      { kind: 'node-altered', index: 10 },
      { kind: 'leaf-altered', index: 10 },
    ],
    [
      'an edited entry',
      withLeaf(50, edited),
      { kind: 'leaf-altered', index: 50 },
      { kind: 'leaf-altered', index: 50 },
    ],
    [
      'an edited entry with its hash',
      withLeaf(50, { ...edited, hash: leafHash(edited.bytes) }),
      { kind: 'node-altered', index: 50 },
      { kind: 'leaf-altered', index: 50 },
    ],
    [
      'an entry that is longer than any is, with its hash',
      withLeaf(50, { bytes: tooLong, hash: leafHash(tooLong) }),
      { kind: 'leaf-altered', index: 50 },
      'log-altered 50',
    ],
    [
      'entries cut off at the end',
      { ...honest, leaves: cut },
      { kind: 'leaf-missing', index: 260 },
      'log-entry-missing 260',
    ],
    [
      'an older copy put back, and signed again',
      signedAnew(bytesOf(honest).slice(0, 260), [150, 260]),
      { kind: 'anchor-ahead', size: 270 },
      { kind: 'anchor-ahead', size: 270 },
    ],
    [
      'an older copy that went on in another way',
      signedAnew(fork, [150, 300]),
      { kind: 'anchor-forked', size: 270 },
      { kind: 'anchor-forked', size: 270 },
    ],
    [
      'a history rewritten and signed with the true key',
      signedAnew(replaced(50), [150, 280, 300]),
      { kind: 'anchor-forked', size: 270 },
      { kind: 'anchor-forked', size: 270 },
    ],
  ])('find %s', async (_, tampered, inStore, inExport) => {
    await storeLog(store.db, tampered);
    expect(await verifyStored([kept])).toMatchObject({ holds: false, ...inStore });
    const exported = await verifyExported();
    if (typeof inExport === 'string') expect(exported).toBe(inExport);
    else expect(exported).toMatchObject({ holds: false, ...inExport });
  });

  it('comes with no proof of an entry that is longer than any is', async () => {
    await storeLog(store.db, withLeaf(50, { bytes: tooLong, hash: leafHash(tooLong) }));
    const ports = { log: store.log, facts: { vkey: key.vkey } };
    await expect(proveAudit(ports, 50)).rejects.toMatchObject({
      ...{ code: 'log-altered', facts: { index: 50 } },
    });
    expect(await proveAudit(ports, 51)).toMatchObject({ entry: honest.leaves[51]!.bytes });
  });

  it('would believe the rewritten history without that checkpoint', async () => {
    await storeLog(store.db, signedAnew(replaced(50), [150, 280, 300]));
    expect(await verifyStored([])).toMatchObject({ holds: true });
  });
});
