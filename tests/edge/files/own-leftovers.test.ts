import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { namesIn } from '../../../src/edge/files/names-in.ts';
import { nameAtWork, removeLeftovers } from '../../../src/edge/files/own-leftovers.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mm-left-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('removeLeftovers()', () => {
  it('removes what ended processes left, what SQLite put beside it too, and nothing else', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const left = ['', '-journal', '-wal', '-shm'].map((end) => `.snapshot.${pid}.partial${end}`);
    const kept = [
      nameAtWork('snapshot'),
      `${nameAtWork('snapshot')}-journal`,
      `.other.${pid}.partial`,
      `.snapshot.${pid}.partial-copy`,
      '.snapshot.0.partial',
      '.snapshot..partial',
      `snapshot.${pid}.partial`,
    ];
    for (const name of [...left.slice(1), ...kept]) writeFileSync(join(folder, name), '');
    mkdirSync(join(folder, left[0]!));
    writeFileSync(join(folder, left[0]!, 'within'), '');
    await removeLeftovers(folder, readdirSync(folder), 'snapshot');
    expect(readdirSync(folder).sort()).toEqual(kept.sort());
  });
});

describe('namesIn()', () => {
  it('has none where there is no directory', async () => {
    expect(await namesIn(join(folder, 'none'))).toEqual([]);
  });

  it('does not take a directory that cannot be read for an empty one', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const unreadable = { code: 'config-unreadable', facts: { file, reason: 'ENOTDIR' } };
    await expect(namesIn(file)).rejects.toMatchObject(unreadable);
  });
});
