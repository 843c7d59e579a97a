import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { inputFiles } from '../../../src/edge/files/input-folder.ts';
import { bytesOf, noise } from '../../support/chunks.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await scratchFolder();
  path = join(directory, 'psp.asc');
});

describe('inputFiles.read()', () => {
  it.each([0, 1, 999, 1000])('reads %i bytes where 1,000 are allowed', async (size) => {
    await writeFile(path, noise(size));
    expect(await inputFiles.read(path, 1000)).toEqual(noise(size));
  });

  it.each([1001, 5_000_000])('refuses %i bytes where 1,000 are allowed', async (size) => {
    await writeFile(path, noise(size));
    await expect(inputFiles.read(path, 1000)).rejects.toMatchObject({
      ...{ code: 'input-too-large', facts: { file: 'psp.asc', bytesMax: 1000 } },
    });
  });

  it('reads what a link points to', async () => {
    await writeFile(path, 'x');
    await symlink(path, join(directory, 'link'));
    expect(await inputFiles.read(join(directory, 'link'), 10)).toEqual(bytesOf('x'));
  });

  it('gives memory of its own', async () => {
    await writeFile(path, 'abc');
    const bytes = await inputFiles.read(path, 1000);
    expect(bytes.buffer.byteLength).toBe(3);
  });

  it('refuses what is not there, by its last part alone', async () => {
    const missing = join(directory, 'somebody', 'key.asc');
    await expect(inputFiles.read(missing, 10)).rejects.toMatchObject({
      ...{ code: 'input-missing', facts: { file: 'key.asc', reason: 'ENOENT' } },
    });
  });

  it('refuses a folder', async () => {
    await mkdir(path);
    await expect(inputFiles.read(path, 10)).rejects.toMatchObject({
      ...{ code: 'input-unreadable', facts: { file: 'psp.asc', reason: 'EISDIR' } },
    });
  });
});

describe('inputFiles.readSecret()', () => {
  it('reads a file for its owner alone and refuses any other', async () => {
    await writeFile(path, 'key', { mode: 0o600 });
    expect(await inputFiles.readSecret(path)).toEqual(bytesOf('key'));
    const open = join(directory, 'open.asc');
    await writeFile(open, 'key', { mode: 0o644 });
    await expect(inputFiles.readSecret(open)).rejects.toMatchObject({
      code: 'secret-readable-by-others',
    });
    await expect(inputFiles.readSecret(join(directory, 'none'))).rejects.toMatchObject({
      code: 'secret-missing',
    });
  });
});

describe('inputFiles.write()', () => {
  it('writes a new file for its owner alone', async () => {
    await inputFiles.write(path, bytesOf('x'));
    expect(await readFile(path, 'utf8')).toBe('x');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('refuses to replace one', async () => {
    await writeFile(path, 'before');
    await expect(inputFiles.write(path, bytesOf('x'))).rejects.toMatchObject({
      code: 'file-exists',
    });
    expect(await readFile(path, 'utf8')).toBe('before');
  });

  it('refuses a folder that is not there', async () => {
    await expect(inputFiles.write(join(directory, 'a', 'b'), bytesOf('x'))).rejects.toMatchObject({
      code: 'file-write-failed',
    });
  });
});
