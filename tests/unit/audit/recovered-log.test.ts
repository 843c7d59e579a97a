import { describe, expect, it } from 'vitest';

import { claimedCheckpoint } from '../../../src/domain/audit/signed-checkpoint.ts';
import type { AnchoredCheckpoint } from '../../../src/domain/audit/signed-roots.ts';
import { verifyLog } from '../../../src/domain/audit/verify-log.ts';
import type { LogToVerify } from '../../../src/domain/audit/verify-log.ts';
import { leafHash } from '../../../src/domain/tlog/hashes.ts';
import { rootAt } from '../../../src/domain/tlog/tree.ts';
import type { ReadNode } from '../../../src/domain/tlog/tree.ts';
import { signedCheckpoint, testLeaf, testLogKey } from '../../support/audit-log.ts';
import { lostLog, newLogKey, oldLogKey, recoveredLog } from '../../support/recovered-log.ts';
import type { SaidOfRecovery } from '../../support/recovered-log.ts';

const log = 'example.com/log';
const [old, next] = [oldLogKey, newLogKey];
/** As it was before the last six of its entries were lost. */
const lost = lostLog(14, [4, 8, 10, 14]);
const [at4, at8, at10, at14] = lost.checkpoints.map(({ note }) => note) as [
  ...[Uint8Array, Uint8Array, Uint8Array, Uint8Array],
];
/** The recovery stands in entry 10. */
const recovered = (said?: SaidOfRecovery): ReturnType<typeof recoveredLog> =>
  recoveredLog(lost, 9, said);

const found = async (more: Partial<LogToVerify>, said?: SaidOfRecovery): Promise<unknown> =>
  verifyLog({ ...recovered(said), ...more });

describe('verifyLog() on a recovered log', () => {
  it('holds under the new key, also against what the old one signed up to the common size', async () => {
    const verdict = await found({ anchors: [at4, at8] });
    expect(verdict).toMatchObject({
      ...{ holds: true, entries: 14, signedTo: 13, anchoredTo: 8 },
      recoveries: [{ index: 10, size: 8, anchored: 14, requester: 'officer-1' }],
    });
  });

  it('takes what the anchor has from before for what the recovery says is lost', async () => {
    expect(await found({ formerAnchored: [former(at4, at8, at10, at14)] })).toMatchObject({
      holds: true,
    });
  });

  it.each([
    [
      'beyond what it names',
      signedCheckpoint(old, 15, new Uint8Array(32)).note,
      'anchor-ahead',
      15,
    ],
    [
      'of other bytes at the end',
      signedCheckpoint(old, 14, new Uint8Array(32)).note,
      'anchor-forked',
      14,
    ],
    [
      'other than what is common',
      signedCheckpoint(old, 8, new Uint8Array(32)).note,
      'anchor-forked',
      8,
    ],
  ])('finds another copy that goes on: in the anchor something %s', async (_, note, kind, size) => {
    const others = [at4, at8, at10, at14].filter((other) => sizeOf(other) !== size);
    const formerAnchored = [former(...others, note)];
    expect(await found({ formerAnchored })).toMatchObject({ holds: false, kind, size });
  });

  it.each([
    ['within the log', at10, 10],
    ['beyond its end', signedCheckpoint(old, 20, new Uint8Array(32)).note, 20],
  ])('says what is lost to whoever kept a checkpoint of it, %s', async (_, note, size) => {
    expect(await found({ anchors: [at4, note] })).toEqual({
      ...{ holds: false, kind: 'entries-lost', index: 8, size, detail: { recovered: 10 } },
    });
  });

  it('is not followed from the old key, which alone would be silent', async () => {
    const more = { vkey: old.vkey, anchors: [at4, at8] };
    expect(await found(more)).toMatchObject({ kind: 'recovery-unconfirmed', index: 10 });
  });

  it.each<[string, Partial<LogToVerify>, string]>([
    ['the old key signs on', { anchors: [signedAt(13, old)] }, 'anchor-bad-signature'],
    ['the new key signs what was before', { anchors: [signedAt(8, next)] }, 'anchor-bad-signature'],
    [
      'the kept text is not what was bound',
      { texts: [{ leaf: 10, field: 'reason', text: 'x' }] },
      'text-unbound',
    ],
  ])('refuses that %s', async (_, more, kind) => {
    expect(await found(more)).toMatchObject({ holds: false, kind });
  });

  it.each<[string, SaidOfRecovery]>([
    ['names no entries as lost', { anchored: 8 }],
    ['goes on under the same name', { vkey: testLogKey(log).vkey }],
    [
      'goes on under a name of another log',
      { vkey: testLogKey(`x/recovered-${'0f'.repeat(8)}`).vkey },
    ],
  ])('refuses a recovery that %s', async (_, said) => {
    const vkey = said.vkey ?? next.vkey;
    const more = { vkey, saidKeys: [old.vkey, vkey, next.vkey] };
    expect(await found(more, said)).toMatchObject({ kind: 'key-unproven', index: 10 });
  });

  it.each<[string, SaidOfRecovery]>([
    ['another root than its entries have', { root: new Uint8Array(32) }],
    ['the root of another size', { size: 7, root: rootAt(8, lost.readNode) }],
    ['a root of nothing that is none', { size: 0, root: new Uint8Array(32) }],
    ['a size after itself', { size: 11, root: rootAt(11, recovered().readNode) }],
  ])('derives the common root itself: refuses a recovery that names %s', async (_, said) => {
    const more = { checkpoints: recovered(said).checkpoints.slice(-1) };
    expect(await found(more, said)).toMatchObject({
      ...{ kind: 'recovery-inconsistent', index: 10, size: said.size ?? 8 },
    });
  });

  it.each([
    ['of nothing', 0],
    ['of one entry', 1],
    ['of all entries before it', 9],
  ])('takes the root %s for the common one', async (_, size) => {
    const said = { size };
    const more = { checkpoints: recovered(said).checkpoints.slice(-1) };
    expect(await found(more, said)).toMatchObject({ holds: true });
  });

  it('needs the nodes for that from nobody that it has to believe', async () => {
    const said = { root: new Uint8Array(32).fill(7) };
    const lie: ReadNode = () => said.root;
    const checkpoints = recovered(said).checkpoints.slice(-1);
    for (const readNode of [lie, () => undefined]) {
      const readNodes = (): Promise<ReadNode> => Promise.resolve(readNode);
      expect(await found({ checkpoints, readNodes }, said)).toMatchObject({
        kind: 'recovery-inconsistent',
      });
    }
  });

  it('tells first what is wrong within the log, not what is lost', async () => {
    const whole = recovered();
    const bytes = testLeaf(77);
    const leaves = whole.leaves.with(12, { index: 12, bytes, hash: leafHash(bytes) });
    const formerAnchored = [former(at10, at14)];
    expect(await verifyLog({ ...whole, leaves, formerAnchored })).toMatchObject({
      ...{ kind: 'node-altered', index: 12 },
    });
  });
});

const sizeOf = (note: Uint8Array): number => claimedCheckpoint(note)!.size;

/** As they lie in the anchor: by size. */
function former(...notes: Uint8Array[]): readonly AnchoredCheckpoint[] {
  const named = notes.map((note) => ({ size: sizeOf(note), note }));
  return named.sort((one, other) => one.size - other.size);
}

function signedAt(size: number, by: typeof old): Uint8Array {
  return signedCheckpoint(by, size, rootAt(size, recovered().readNode)).note;
}
