import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { AuditFault } from '../../src/domain/audit/errors.ts';
import { parseLeaf } from '../../src/domain/audit/leaf.ts';
import { verifyLog } from '../../src/domain/audit/verify-log.ts';
import { testLeaf, testLog, testLogKey } from '../support/audit-log.ts';

const ENTRIES = 70;
const signer = testLogKey();
const log = testLog(signer, ENTRIES, [1, 33, 64]);

describe('verifyLog()', () => {
  it('holds for logs of every length', async () => {
    for (let entries = 0; entries <= 40; entries += 1) {
      const found = await verifyLog(testLog(signer, entries, [entries]));
      expect(found).toMatchObject({ holds: true, entries });
    }
  });

  it('finds any one changed byte of any leaf, hash, node, checkpoint or text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('bytes', 'hash', 'node', 'note', 'root', 'text'),
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (part, which, at, change) => {
          const flip = (bytes: Uint8Array) =>
            bytes.with(at % bytes.length, bytes[at % bytes.length]! ^ change);
          expect(await verifyLog(damaged(part, which, flip))).toMatchObject({ holds: false });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('finds any leaf that was taken out and the rest renumbered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(ENTRIES - 1), async (out) => {
        const leaves = log.leaves.toSpliced(out, 1).map((leaf, index) => ({ ...leaf, index }));
        expect(await verifyLog({ ...log, leaves, texts: [] })).toMatchObject({ holds: false });
      }),
    );
  });
});

describe('parseLeaf()', () => {
  it('answers any change of a leaf with another leaf or a fault of its own', () => {
    const leaf = testLeaf(1);
    fc.assert(
      fc.property(fc.nat(leaf.length - 1), fc.nat(255), fc.nat(3), (at, byte, cut) => {
        const mutated = Uint8Array.from([
          ...leaf.subarray(0, at),
          byte,
          ...leaf.subarray(at + cut),
        ]);
        try {
          parseLeaf(mutated);
        } catch (error) {
          expect(error).toBeInstanceOf(AuditFault);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

function damaged(part: string, which: number, flip: (bytes: Uint8Array) => Uint8Array): typeof log {
  const index = which % ENTRIES;
  const leaf = log.leaves[index]!;
  const checkpoint = log.checkpoints[which % log.checkpoints.length]!;
  const at = log.checkpoints.indexOf(checkpoint);
  if (part === 'bytes')
    return { ...log, leaves: log.leaves.with(index, { ...leaf, bytes: flip(leaf.bytes) }) };
  if (part === 'hash')
    return { ...log, leaves: log.leaves.with(index, { ...leaf, hash: flip(leaf.hash) }) };
  if (part === 'note') {
    return {
      ...log,
      checkpoints: log.checkpoints.with(at, { ...checkpoint, note: flip(checkpoint.note) }),
    };
  }
  if (part === 'root') {
    return {
      ...log,
      checkpoints: log.checkpoints.with(at, { ...checkpoint, root: flip(checkpoint.root) }),
    };
  }
  if (part === 'text') {
    const text = `${log.texts[index]!.text}${String.fromCharCode(which % 65_536)}`;
    return { ...log, texts: log.texts.with(index, { ...log.texts[index]!, text }) };
  }
  const name = [...log.nodes.keys()][which % log.nodes.size]!;
  const nodes = new Map(log.nodes).set(name, flip(log.nodes.get(name)!));
  return { ...log, nodes, readNode: (level, number) => nodes.get(`${level}/${number}`) };
}
