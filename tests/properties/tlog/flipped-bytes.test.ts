import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { faultOf, readLog } from '../../support/altered-log.ts';
import type { FoundFault, LogFiles } from '../../support/altered-log.ts';
import { exportLog, exportRecovered } from '../../support/exported-log.ts';
import { runPython } from '../../support/python.ts';
import { lostLog, recoveredLog } from '../../support/recovered-log.ts';
import { between, seededRandom } from '../../support/seeded-cards.ts';

// Both verifiers remember what they computed from the same bytes; nothing else about them is different here.
vi.mock(import('../../../src/domain/tlog/hashes.ts'), async (load) => {
  const { rememberedPair, rememberedOne } = await import('../../support/remembered.ts');
  const original = await load();
  const { leafHash, nodeHash } = original;
  return { ...original, leafHash: rememberedOne(leafHash), nodeHash: rememberedPair(nodeHash) };
});
vi.mock(import('../../../src/domain/tlog/entry-bundle.ts'), async (load) => {
  const { rememberedParts } = await import('../../support/remembered.ts');
  const original = await load();
  return { ...original, parseBundle: rememberedParts(original.parseBundle) };
});
vi.mock(import('../../../src/domain/audit/leaf.ts'), async (load) => {
  const { rememberedOne } = await import('../../support/remembered.ts');
  const original = await load();
  return { ...original, parseLeaf: rememberedOne(original.parseLeaf) };
});
vi.mock(import('../../../src/domain/tlog/verifier-key.ts'), async (load) => {
  const { rememberedSignature } = await import('../../support/remembered.ts');
  const original = await load();
  return { ...original, verifySignature: rememberedSignature(original.verifySignature) };
});

/** Path, position, bits. */
type Flip = readonly [path: string, at: number, mask: number];

interface MadeLog {
  readonly directory: string;
  readonly files: LogFiles;
}

let folder = '';
let thousand: MadeLog;
let hundred: MadeLog;
let recovered: MadeLog;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mm-flips-'));
  thousand = await made(await exportLog(join(folder, '1000'), 1_000));
  hundred = await made(await exportLog(join(folder, '100'), 100));
  const log = recoveredLog(lostLog(14, [4, 8, 10, 14]), 9);
  recovered = await made(await exportRecovered(join(folder, 'recovered'), log));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('one changed byte is found by both verifiers, which name the same entry', () => {
  it('in any byte of checkpoint, key and tiles of 1,000 entries', async () => {
    const flips = everyByte(thousand.files, (path) => !path.startsWith('tile/entries/'));
    expect(flips.length).toBeGreaterThan(32_000);
    await judge(thousand, flips);
  });

  it('in any byte of 100 entries', async () => {
    const flips = everyByte(hundred.files, () => true);
    expect(flips.length).toBeGreaterThan(25_000);
    await judge(hundred, flips);
  });

  it('in 20,000 bytes of the bundles of 1,000 entries', async () => {
    const { files } = thousand;
    const rng = seededRandom(9162);
    const bundles = [...files.keys()].filter((path) => path.startsWith('tile/entries/'));
    expect(bundles.length).toBe(4);
    const flips = Array.from({ length: 20_000 }, (): Flip => {
      const path = bundles[between(rng, 0, bundles.length - 1)]!;
      return [path, between(rng, 0, files.get(path)!.length - 1), between(rng, 1, 255)];
    });
    await judge(thousand, flips);
  });

  it('in any byte of a recovered log, also in what names the root and the keys', async () => {
    const { files } = recovered;
    expect([...files.keys()].filter((path) => path.startsWith('key-changes/'))).toHaveLength(2);
    const flips = everyByte(files, () => true);
    expect(flips.length).toBeGreaterThan(6_000);
    await judge(recovered, flips);
  });
});

async function made(directory: string): Promise<MadeLog> {
  const files = readLog(directory);
  expect(await faultOf(files, new Map())).toBeUndefined();
  return { directory, files };
}

/** One flip a byte; which bits differs from byte to byte. */
function everyByte(files: LogFiles, isMeant: (path: string) => boolean): readonly Flip[] {
  const rng = seededRandom(6962);
  return [...files]
    .filter(([path]) => isMeant(path))
    .flatMap(([path, bytes]) =>
      Array.from(bytes, (_, at): Flip => [path, at, between(rng, 1, 255)]),
    );
}

async function judge({ directory, files }: MadeLog, flips: readonly Flip[]): Promise<void> {
  const list = join(folder, 'flips');
  await writeFile(list, flips.map((flip) => `${JSON.stringify(flip)}\n`).join(''));
  const [theirs, ours] = await Promise.all([
    runPython('judge.py', 'flips', directory, list),
    judgeHere(files, flips),
  ]);
  expect(theirs).toMatchObject({ status: 0, stderr: '' });
  const found = JSON.parse(theirs.stdout) as readonly (string | null)[];
  expect([ours.length, found.length]).toEqual([flips.length, flips.length]);
  const missed = flips.filter((_, at) => found[at] === null || ours[at] === null);
  expect(missed).toEqual([]);
  const apart = flips.flatMap((flip, at) =>
    isSameEntry(flip, ours[at]!, found[at]!) ? [] : [[flip, ours[at], found[at]]],
  );
  expect(apart).toEqual([]);
}

/** What Mimamori finds; null where it finds nothing. */
async function judgeHere(
  files: LogFiles,
  flips: readonly Flip[],
): Promise<readonly (FoundFault | null)[]> {
  const found: (FoundFault | null)[] = [];
  for (const [path, at, mask] of flips) {
    const bytes = Uint8Array.from(files.get(path)!);
    bytes[at]! ^= mask;
    found.push((await faultOf(files, new Map([[path, bytes]]))) ?? null);
  }
  return found;
}

/** Where entries and the lowest tiles part there is one entry to name; above them a tile stands for many. */
function isSameEntry([path]: Flip, ours: FoundFault, theirs: string): boolean {
  const named = /^entry (\d+): /.exec(theirs)?.[1];
  const isOfEntry = path.startsWith('tile/entries/') || path.startsWith('tile/0/');
  return isOfEntry ? named === String(ours.index) : path.startsWith('tile/') || named === undefined;
}
