import { describe, expect, it } from 'vitest';

import { verifyLog } from '../../../src/domain/audit/verify-log.ts';
import type { LogVerdict } from '../../../src/domain/audit/log-verdict.ts';
import type { LogToVerify } from '../../../src/domain/audit/verify-log.ts';
import { emptyRoot, leafHash } from '../../../src/domain/tlog/hashes.ts';
import { rootAt } from '../../../src/domain/tlog/tree.ts';
import { signedCheckpoint, testLeaf, testLog, testLogKey } from '../../support/audit-log.ts';
import { growTree } from '../../support/merkle-tree.ts';
import type { TestLog } from '../../support/audit-log.ts';

const signer = testLogKey();
const stranger = testLogKey();
const log = testLog(signer, 13, [4, 8, 12]);
const anchors = log.checkpoints.map(({ note }) => note);

describe('verifyLog() on a whole log', () => {
  it('says how many entries there are and how far they are signed and anchored', async () => {
    expect(await verifyLog({ ...log, anchors: anchors.slice(0, 2) })).toEqual({
      holds: true,
      entries: 13,
      root: rootAt(13, log.readNode),
      signedTo: 12,
      anchoredTo: 8,
    });
  });

  it('accepts an empty log, signed or not', async () => {
    const empty = testLog(signer, 0, [0]);
    expect(await verifyLog(empty)).toMatchObject({ holds: true, entries: 0, root: emptyRoot() });
    expect(await verifyLog({ ...empty, checkpoints: [] })).toMatchObject({ holds: true });
  });

  it('reads leaves as a stream', async () => {
    async function* stream() {
      yield* await Promise.resolve(log.leaves);
    }
    expect(await verifyLog({ ...log, leaves: stream() })).toMatchObject({ entries: 13 });
  });

  it('accepts purged texts', async () => {
    expect(await verifyLog({ ...log, texts: log.texts.slice(3, 4) })).toMatchObject({
      holds: true,
    });
  });

  it('throws for a verifier key that is none', async () => {
    await expect(verifyLog({ ...log, vkey: 'example.com/log' })).rejects.toMatchObject({
      code: 'verifier-key-malformed',
    });
  });
});

describe('verifyLog() finds in the leaves', () => {
  it('a leaf missing in the middle, by its index', async () => {
    expect(await verdict({ leaves: log.leaves.toSpliced(6, 1) })).toMatchObject({
      kind: 'leaf-missing',
      index: 6,
    });
  });

  it('the first leaf missing', async () => {
    expect(await verdict({ leaves: log.leaves.slice(1) })).toMatchObject({
      kind: 'leaf-missing',
      index: 0,
    });
  });

  it('the last leaf missing, by the node it left behind', async () => {
    expect(await verdict({ leaves: log.leaves.slice(0, -1) })).toMatchObject({
      kind: 'leaf-missing',
      index: 12,
    });
  });

  it('leaves cut off with their nodes, by the checkpoint', async () => {
    const shorter = testLog(signer, 10, []);
    expect(await verdict({ leaves: shorter.leaves, readNode: shorter.readNode })).toMatchObject({
      kind: 'leaf-missing',
      index: 10,
      size: 12,
    });
  });

  it('two leaves exchanged', async () => {
    const leaves = log.leaves.with(3, log.leaves[4]!).with(4, log.leaves[3]!);
    expect(await verdict({ leaves })).toMatchObject({ kind: 'leaf-missing', index: 3 });
  });

  it('two leaves exchanged and renumbered', async () => {
    const leaves = log.leaves
      .with(3, { ...log.leaves[4]!, index: 3 })
      .with(4, { ...log.leaves[3]!, index: 4 });
    expect(await verdict({ leaves })).toMatchObject({ kind: 'node-altered', index: 3 });
  });

  it('a leaf that comes twice', async () => {
    expect(await verdict({ leaves: log.leaves.toSpliced(3, 0, log.leaves[2]!) })).toMatchObject({
      kind: 'leaf-misplaced',
      index: 3,
    });
  });

  it('changed bytes', async () => {
    const bytes = testLeaf(5, 'another');
    expect(await verdict({ leaves: withLeaf(5, { bytes }) })).toMatchObject({
      kind: 'leaf-altered',
      index: 5,
    });
  });

  it('a changed stored hash', async () => {
    const hash = new Uint8Array(32);
    expect(await verdict({ leaves: withLeaf(5, { hash }) })).toMatchObject({
      kind: 'leaf-altered',
      index: 5,
    });
  });

  it('bytes and hash changed together', async () => {
    const bytes = testLeaf(5, 'another');
    const leaves = withLeaf(5, { bytes, hash: leafHash(bytes) });
    expect(await verdict({ leaves })).toMatchObject({ kind: 'node-altered', index: 5 });
  });

  it('the whole past rewritten, by the next checkpoint', async () => {
    const { leaves, readNode } = rewritten(5);
    expect(await verdict({ leaves, readNode, texts: [] })).toMatchObject({
      kind: 'checkpoint-inconsistent',
      size: 8,
    });
  });

  it('bytes that are no leaf, though hashed and signed', async () => {
    const bytes = new TextEncoder().encode('{"v":1}');
    const hash = leafHash(bytes);
    const odd = testLog(signer, 0, []);
    const found = await verifyLog({
      ...odd,
      leaves: [{ index: 0, bytes, hash }],
      readNode: (level, index) => (level + index === 0 ? hash : undefined),
    });
    expect(found).toMatchObject({ kind: 'leaf-malformed', index: 0, detail: { part: 'members' } });
  });
});

describe('verifyLog() finds in the nodes', () => {
  it.each(['0/0', '0/12', '1/2', '2/1', '3/0'])('node %s changed', async (at) => {
    const nodes = new Map(log.nodes).set(at, new Uint8Array(32));
    const [level, node] = at.split('/').map(Number);
    expect(await verdict({ readNode: reader(nodes) })).toMatchObject({
      kind: 'node-altered',
      detail: { level, node },
    });
  });

  it.each(['0/0', '0/12', '2/2', '3/0'])('node %s missing', async (at) => {
    const nodes = new Map(log.nodes);
    nodes.delete(at);
    expect(await verdict({ readNode: reader(nodes) })).toMatchObject({ kind: 'node-missing' });
  });
});

describe('verifyLog() finds in the checkpoints', () => {
  const root = log.checkpoints[1]!.root;

  it('one that is no note', async () => {
    const note = new TextEncoder().encode('log\n8\n');
    expect(await withCheckpoint({ size: 8, root, note })).toMatchObject({
      kind: 'checkpoint-malformed',
      size: 8,
    });
  });

  it('one by another key under the same name', async () => {
    expect(await withCheckpoint(signedCheckpoint(stranger, 8, root))).toMatchObject({
      kind: 'checkpoint-bad-signature',
    });
  });

  it('one whose signature was changed', async () => {
    const note = log.checkpoints[1]!.note.slice();
    note[note.length - 10]! ^= 1;
    expect(await withCheckpoint({ size: 8, root, note })).toMatchObject({ holds: false });
  });

  it('one that our key signed for another log', async () => {
    const other = signedCheckpoint(signer, 8, root, 'example.com/other');
    expect(await withCheckpoint(other)).toMatchObject({ kind: 'checkpoint-other-log' });
  });

  it('one whose stored size or root is not the signed one', async () => {
    const { note } = log.checkpoints[1]!;
    for (const stored of [
      { size: 7, root, note },
      { size: 8, root: emptyRoot(), note },
    ]) {
      expect(await withCheckpoint(stored)).toMatchObject({ kind: 'checkpoint-altered' });
    }
  });

  it('one that our key signed over another tree', async () => {
    expect(await withCheckpoint(signedCheckpoint(signer, 8, new Uint8Array(32)))).toMatchObject({
      kind: 'checkpoint-inconsistent',
      size: 8,
    });
  });
});

describe('verifyLog() finds by the anchors', () => {
  it('a restored backup', async () => {
    const backup = testLog(signer, 10, [4, 8]);
    expect(await verifyLog({ ...backup, anchors })).toMatchObject({
      kind: 'anchor-ahead',
      size: 12,
      detail: { entries: 10 },
    });
  });

  it('a past rewritten and signed anew with our own key', async () => {
    const { leaves, readNode } = rewritten(5);
    const checkpoints = [signedCheckpoint(signer, 13, rootAt(13, readNode))];
    expect(await verdict({ leaves, readNode, checkpoints, anchors, texts: [] })).toMatchObject({
      kind: 'anchor-forked',
      size: 8,
    });
  });

  it.each([
    ['anchor-malformed', new Uint8Array(3)],
    ['anchor-unknown-key', signedCheckpoint(stranger, 4, new Uint8Array(32)).note],
    ['anchor-bad-signature', badlySigned(anchors[0]!)],
    ['anchor-other-log', signedCheckpoint(signer, 4, new Uint8Array(32), 'x').note],
  ])('%s', async (kind, anchor) => {
    expect(await verdict({ anchors: [anchor] })).toMatchObject({ kind });
  });
});

describe('verifyLog() and keys that it does not know', () => {
  const lately = (size: number) => signedCheckpoint(stranger, size, new Uint8Array(32)).note;

  it('says that this copy is older where a key that it knows speaks for more entries', async () => {
    const older = testLog(signer, 10, [4, 8]);
    const anchored = [4, 8, 12].map((size, at) => ({ size, note: anchors[at]! }));
    const more = { anchored: [...anchored, { size: 15, note: lately(15) }] };
    expect(await verifyLog({ ...older, ...more })).toMatchObject({
      kind: 'anchor-ahead',
      size: 12,
    });
  });

  it('says no more than that it does not know the key where none does', async () => {
    const anchored = [15, 17].map((size) => ({ size, note: lately(size) }));
    expect(await verdict({ anchored })).toMatchObject({ kind: 'anchor-unknown-key', size: 15 });
    const leaves = log.leaves.slice(0, -1);
    expect(await verdict({ anchored, leaves })).toMatchObject({ kind: 'leaf-missing', index: 12 });
  });

  it('does not take it for that in its own checkpoints', async () => {
    const note = lately(8);
    const checkpoints = log.checkpoints.with(1, { ...log.checkpoints[1]!, note });
    expect(await verdict({ checkpoints })).toMatchObject({ kind: 'checkpoint-bad-signature' });
  });
});

describe('verifyLog() on streams that are not what they should be', () => {
  it.each<[string, number | undefined, Partial<LogToVerify>]>([
    ['checkpoint-altered', 8, { checkpoints: log.checkpoints.toReversed() }],
    ['anchor-malformed', 8, { anchored: [{ size: 8, note: anchors[2]! }] }],
    ['anchor-malformed', 20, { anchored: [{ size: 20, note: anchors[2]! }] }],
    [
      ...(['anchor-malformed', 4] as const),
      { anchored: [2, 0].map((at) => ({ size: [4, 8, 12][at]!, note: anchors[at]! })) },
    ],
  ])('finds %s of size %s: another order or name', async (kind, size, change) => {
    expect(await verdict(change)).toMatchObject({ kind, size });
  });

  it('finds a text out of its order', async () => {
    expect(await verdict({ texts: log.texts.toReversed() })).toMatchObject({
      ...{ kind: 'text-unbound', index: 11 },
    });
  });
});

describe('verifyLog() finds in the texts', () => {
  it.each([
    ['text-altered', 5, { leaf: 5, field: 'name', text: 'Officer 5' }],
    ['text-altered', 5, { leaf: 5, field: 'name', text: 'officer 5\ud800' }],
    ['text-unbound', 5, { leaf: 5, field: 'officer', text: 'o-5' }],
    ['text-unbound', 5, { leaf: 5, field: 'constructor', text: 'o-5' }],
    ['text-unbound', 13, { leaf: 13, field: 'name', text: 'officer 13' }],
    ['text-unbound', -1, { leaf: -1, field: 'name', text: 'officer 0' }],
  ])('%s at leaf %i', async (kind, index, record) => {
    const found = await verdict({ texts: [record] });
    expect(found).toMatchObject({ kind, index });
    expect(JSON.stringify(found)).not.toContain(record.text);
  });
});

/** The same text, its signature altered. */
function badlySigned(note: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(note);
  return new TextEncoder().encode(
    text.replace(/.{8}=*\n$/, (end) => end.replaceAll(/[^=\n]/g, 'A')),
  );
}

function verdict(change: Partial<LogToVerify>): Promise<LogVerdict> {
  return verifyLog({ ...log, ...change });
}

function withCheckpoint(checkpoint: TestLog['checkpoints'][number]): Promise<LogVerdict> {
  return verdict({ checkpoints: log.checkpoints.with(1, checkpoint) });
}

function withLeaf(index: number, change: Partial<TestLog['leaves'][number]>): TestLog['leaves'] {
  return log.leaves.with(index, { ...log.leaves[index]!, ...change });
}

/** The same log with one leaf replaced and everything after it hashed anew, as an administrator could do it. */
function rewritten(index: number): Pick<TestLog, 'leaves' | 'readNode'> {
  const bytes = testLeaf(index, 'officer 5'.padEnd(10, '!'));
  const leaves = withLeaf(index, { bytes, hash: leafHash(bytes) });
  return { leaves, readNode: growTree(leaves.map(({ hash }) => hash)).readNode };
}

function reader(nodes: ReadonlyMap<string, Uint8Array>): TestLog['readNode'] {
  return (level, index) => nodes.get(`${level}/${index}`);
}
