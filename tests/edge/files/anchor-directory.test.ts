import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import type { AnchorFile } from '../../../src/domain/audit/anchor.ts';
import { AnchorDirectory } from '../../../src/edge/files/anchor-directory.ts';
import { bytesOf } from '../../support/chunks.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

let directory: string;
let anchor: AnchorDirectory;
beforeEach(async () => {
  directory = join(await scratchFolder(), 'deep', 'anchor');
  anchor = new AnchorDirectory(directory);
});

const origin = 'example.test/log';

const files = async (of: AnchorDirectory, log = origin): Promise<readonly AnchorFile[]> =>
  Promise.all((await of.names(log)).map((name) => of.read(log, name)));

const file = (size: number, text = `note ${size}`): { name: string; bytes: Uint8Array } => ({
  name: `${String(size).padStart(12, '0')}.checkpoint`,
  bytes: bytesOf(text),
});

describe('AnchorDirectory', () => {
  it('is empty before the first checkpoint', async () => {
    expect(anchor.isConfigured).toBe(true);
    expect(await files(anchor)).toEqual([]);
  });

  it('makes its folder for the owner alone, and files of mode 0600', async () => {
    await anchor.put(origin, file(1));
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    expect((await stat(join(directory, file(1).name))).mode & 0o777).toBe(0o600);
  });

  it('gives checkpoints back by size, the largest last', async () => {
    for (const size of [20, 3, 1000]) await anchor.put(origin, file(size));
    expect(await files(anchor)).toEqual([file(3), file(20), file(1000)]);
  });

  it('takes the same checkpoint again', async () => {
    await anchor.put(origin, file(5));
    await anchor.put(origin, file(5));
    expect(await files(anchor)).toEqual([file(5)]);
  });

  it('refuses another one under the same name, and keeps the first', async () => {
    await anchor.put(origin, file(5));
    await expect(anchor.put(origin, file(5, 'a fork'))).rejects.toMatchObject({
      code: 'file-exists',
    });
    expect(await files(anchor)).toEqual([file(5)]);
  });

  it('leaves no hidden file behind, whatever happens', async () => {
    await anchor.put(origin, file(5));
    await anchor.put(origin, file(5, 'a fork')).catch(() => undefined);
    expect(await readdir(directory)).toEqual([file(5).name]);
  });

  it('leaves other files alone', async () => {
    await mkdir(directory, { recursive: true });
    for (const name of ['README', '5.checkpoint', '000000000005.checkpoint.bak']) {
      await writeFile(join(directory, name), 'x');
    }
    expect(await files(anchor)).toEqual([]);
    await anchor.put(origin, file(5));
    expect(await readFile(join(directory, 'README'), 'utf8')).toBe('x');
  });

  it('keeps a recovered log apart, and says which it knows', async () => {
    const recovered = `recovered-${'0f'.repeat(8)}`;
    await anchor.put(origin, file(5));
    await mkdir(join(directory, 'recovered-by-hand'));
    expect(await anchor.recoveries()).toEqual([]);
    await anchor.put(`${origin}/${recovered}`, file(6));
    expect(await files(anchor)).toEqual([file(5)]);
    expect(await files(anchor, `${origin}/${recovered}`)).toEqual([file(6)]);
    expect(await anchor.recoveries()).toEqual([recovered]);
    expect((await stat(join(directory, recovered))).mode & 0o777).toBe(0o700);
  });

  it('refuses a place that is no folder', async () => {
    await mkdir(join(directory, '..'), { recursive: true });
    await writeFile(directory, 'x');
    await expect(anchor.names(origin)).rejects.toMatchObject({
      ...{ code: 'config-unreadable', facts: { file: 'anchor', reason: 'ENOTDIR' } },
    });
    await expect(anchor.put(origin, file(1))).rejects.toMatchObject({ code: 'file-write-failed' });
  });

  it('refuses what has the name of a checkpoint and cannot be read', async () => {
    await mkdir(join(directory, file(5).name), { recursive: true });
    await expect(files(anchor)).rejects.toMatchObject({
      ...{ code: 'config-unreadable', facts: { file: 'anchor', reason: 'EISDIR' } },
    });
  });
});

describe('AnchorDirectory without a directory', () => {
  it('holds nothing and takes everything', async () => {
    const none = new AnchorDirectory(undefined);
    expect(none.isConfigured).toBe(false);
    await none.put(origin, file(1));
    expect(await files(none)).toEqual([]);
    expect(await none.recoveries()).toEqual([]);
  });
});
