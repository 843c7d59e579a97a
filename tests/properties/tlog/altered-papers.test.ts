import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { readSignedCheckpoint } from '../../../src/domain/audit/signed-checkpoint.ts';
import { verifyProof } from '../../../src/domain/audit/verify-proof.ts';
import { TlogFault } from '../../../src/domain/tlog/errors.ts';
import { encodeTlogProof, parseTlogProof } from '../../../src/domain/tlog/tlog-proof.ts';
import { inclusionProof } from '../../../src/domain/tlog/tree.ts';
import { alteration, alteredContent, wayNames } from '../../support/altered-papers.ts';
import type { Alteration, Paper } from '../../support/altered-papers.ts';
import { testLog, testLogKey } from '../../support/audit-log.ts';
import { runPython } from '../../support/python.ts';
import { seededRandom } from '../../support/seeded-cards.ts';

// Most altered papers keep their checkpoint; its signature is checked once.
vi.mock(import('../../../src/domain/tlog/verifier-key.ts'), async (load) => {
  const { rememberedSignature } = await import('../../support/remembered.ts');
  const original = await load();
  return { ...original, verifySignature: rememberedSignature(original.verifySignature) };
});

const alterations = 100_000;
const key = testLogKey();
const log = testLog(key, 100, [37, 64, 100]);
const entries = log.leaves.map(({ bytes }) => bytes);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mm-papers-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('proofs and notes', () => {
  it(`hold as made, and in none of ${alterations} altered forms, for both verifiers`, async () => {
    const papers = madePapers();
    expect(papers.every((paper) => holds(paper, paper.content, paper.entry))).toBe(true);
    const rng = seededRandom(4648);
    const altered = Array.from({ length: alterations }, () =>
      alteration(rng, papers, entries.length),
    );
    // It runs while we are at it.
    const judging = judgeThere(papers, altered);
    const ours = altered.filter((one) => isTaken(papers, one));
    const theirs = await judging;
    expect(ours).toEqual([]);
    expect(theirs.map((number) => altered[number])).toEqual([]);
    for (const way of wayNames)
      expect(altered.filter((one) => one.way === way).length).toBeGreaterThan(2_000);
  });
});

/** A note for each signed size, and proofs for entries at both ends and in the middle of each. */
function madePapers(): readonly Paper[] {
  return log.checkpoints.flatMap(({ size, note }): Paper[] => {
    const indexes = [0, 1, 2, 31, 32, 36, size - 2, size - 1];
    const proofs = indexes.map((index) => {
      const hashes = inclusionProof(index, size, (level, at) => log.nodes.get(`${level}/${at}`));
      const content = encodeTlogProof({ index, hashes, checkpoint: note });
      return { kind: 'proof' as const, content, entry: index };
    });
    const notes = Array.from({ length: 4 }, () => ({
      kind: 'note' as const,
      content: note,
      entry: 0,
    }));
    return [...notes, ...proofs];
  });
}

function isTaken(papers: readonly Paper[], altered: Alteration): boolean {
  const paper = papers[altered.paper]!;
  return holds(paper, alteredContent(paper.content, altered), altered.entry);
}

function holds(paper: Paper, content: Uint8Array, entry: number): boolean {
  if (paper.kind === 'note') return typeof readSignedCheckpoint(content, key.key) !== 'string';
  try {
    return verifyProof(parseTlogProof(content), entries[entry]!, key.vkey).holds;
  } catch (error) {
    if (error instanceof TlogFault) return false;
    throw error;
  }
}

/** The numbers of those that the second verifier takes. */
async function judgeThere(
  papers: readonly Paper[],
  altered: readonly Alteration[],
): Promise<readonly number[]> {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  const bases = {
    vkey: Buffer.from(`${key.vkey}\n`).toString('base64'),
    papers: papers.map((paper) => ({ ...paper, content: base64(paper.content) })),
    entries: entries.map(base64),
  };
  const lines = altered.map(({ paper, entry, at, removed, inserted }) =>
    JSON.stringify([paper, entry, at, removed, inserted.toString('base64')]),
  );
  writeFileSync(join(folder, 'bases'), JSON.stringify(bases));
  writeFileSync(join(folder, 'alterations'), `${lines.join('\n')}\n`);
  const run = runPython('judge.py', 'papers', join(folder, 'bases'), join(folder, 'alterations'));
  const { status, stdout, stderr } = await run;
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as readonly number[];
}
