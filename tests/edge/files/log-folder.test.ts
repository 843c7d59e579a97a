import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { encodeBundle } from '../../../src/domain/tlog/entry-bundle.ts';
import { tilePath } from '../../../src/domain/tlog/tiles.ts';
import { logFolders } from '../../../src/edge/files/log-folder.ts';
import { newFolders } from '../../../src/edge/files/new-folders.ts';
import { exportedTiles } from '../../../src/exchange/audit/log-export.ts';
import { verifyExport } from '../../../src/exchange/audit/verify-export.ts';
import type { NodeRun } from '../../../src/exchange/audit/log-book.ts';
import { signedCheckpoint, testLog, testLogKey } from '../../support/audit-log.ts';
import type { StoredLeaf } from '../../../src/domain/audit/verify-log.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

const key = testLogKey();
const log = testLog(key, 300, [300]);
const other = testLogKey();

async function* stored<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}
const book = {
  passingLeaves: (): AsyncIterable<StoredLeaf> => stored(log.leaves),
  nodesAt: (level: number, count: number): AsyncIterable<NodeRun> =>
    stored(
      Array.from({ length: count }, (_, index) => ({ index, hashes: log.readNode(level, index)! })),
    ),
};

let directory: string;
const at = (path: string): string => join(directory, path);
beforeEach(async () => {
  directory = join(await scratchFolder(), 'export');
  const folder = await newFolders.begin(directory);
  for await (const { tile, bytes } of exportedTiles(book, 300)) {
    await folder.write(tilePath(tile), [bytes]);
  }
  await folder.write('checkpoint', [log.checkpoints[0]!.note]);
  await folder.write('log.vkey', [new TextEncoder().encode(`${key.vkey}\n`)]);
  await folder.publish();
});

const verify = (vkey?: string): ReturnType<typeof verifyExport> =>
  verifyExport({ logFolders }, { directory, vkey, against: [] });

describe('verifyExport() of a directory', () => {
  it('holds for what was exported, and tells which key it believed', async () => {
    expect(await verify()).toMatchObject({ vkey: key.vkey, verdict: { holds: true } });
    expect((await verify(key.vkey)).verdict).toMatchObject({ entries: 300, signedTo: 300 });
  });

  it('refuses the signature of another key, whatever key lies in the directory', async () => {
    expect((await verify(other.vkey)).verdict).toMatchObject({ kind: 'checkpoint-bad-signature' });
  });

  it('takes no line of log.vkey for a key that the log had, unless an entry names it', async () => {
    writeFileSync(at('log.vkey'), `${other.vkey}\n${key.vkey}\n`);
    expect((await verify()).verdict).toMatchObject({ kind: 'keys-differ' });
    writeFileSync(at('log.vkey'), `${key.vkey}\n${other.vkey}\n`);
    expect((await verify()).verdict).toMatchObject({ kind: 'checkpoint-bad-signature' });
    writeFileSync(at('log.vkey'), `${key.vkey}\n\n`);
    await expect(verify()).rejects.toMatchObject({ code: 'verifier-key-malformed' });
  });

  it.each<[string, () => void, object]>([
    ['a bundle gone', () => rmSync(at('tile/entries/000')), { kind: 'leaf-missing', index: 0 }],
    ['a tile gone', () => rmSync(at('tile/0/001.p/44')), { kind: 'node-missing', index: 256 }],
    [
      'a higher tile gone',
      () => rmSync(at('tile/1/000.p/1')),
      { kind: 'node-missing', index: 255 },
    ],
    [
      'a bundle that goes on after its last entry',
      () => appendFileSync(at('tile/entries/001.p/44'), 'x'),
      { kind: 'leaf-malformed', index: 300 },
    ],
    [
      'a bundle cut inside an entry',
      () => {
        const bytes = readFileSync(at('tile/entries/001.p/44'));
        writeFileSync(at('tile/entries/001.p/44'), bytes.subarray(0, -1));
      },
      { kind: 'leaf-malformed', index: 299 },
    ],
    [
      'a tile that is too long',
      () => appendFileSync(at('tile/0/000'), 'x'),
      { kind: 'node-missing', index: 0 },
    ],
    [
      'a link in the place of a bundle',
      () => {
        renameSync(at('tile/entries/000'), at('moved'));
        symlinkSync(at('moved'), at('tile/entries/000'));
      },
      { kind: 'leaf-missing', index: 0 },
    ],
    [
      'a file that is no part of the log',
      () => writeFileSync(at('notes.txt'), ''),
      { kind: 'file-unexpected', detail: { path: 'notes.txt' } },
    ],
    [
      'a bundle beyond the checkpoint',
      () => writeFileSync(at('tile/entries/002'), encodeBundle([])),
      { kind: 'file-unexpected', detail: { path: 'tile/entries/002' } },
    ],
    [
      'another width of a tile',
      () => {
        writeFileSync(at('tile/0/001.p/43'), readFileSync(at('tile/0/001.p/44')).subarray(32));
      },
      { kind: 'file-unexpected', detail: { path: 'tile/0/001.p/43' } },
    ],
  ])('finds %s', async (_, change, found) => {
    change();
    expect((await verify()).verdict).toMatchObject({ holds: false, ...found });
  });

  it('is not led on by a checkpoint over more entries than there are', async () => {
    const { note } = signedCheckpoint(key, 2 ** 52, log.checkpoints[0]!.root);
    writeFileSync(at('checkpoint'), note);
    expect((await verify()).verdict).toMatchObject({ kind: 'node-missing', index: 255 });
  });

  it.each(['checkpoint', 'log.vkey'])('does not begin without %s', async (name) => {
    rmSync(at(name));
    mkdirSync(at(name));
    await expect(verify()).rejects.toMatchObject({ code: 'input-missing', facts: { file: name } });
  });
});
