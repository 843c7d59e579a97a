import {
  link,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeDirectory, writeFileAtomically } from '../../../src/edge/files/atomic-write.ts';

vi.mock('node:fs/promises', { spy: true });

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mimamori-atomic-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

/** Lets the next file that is opened fail when it is synced. */
function failNextSync(code: string): void {
  const real = vi.mocked(open).getMockImplementation() ?? open;
  vi.mocked(open).mockImplementationOnce(async (...parameters) => {
    const handle = await real(...parameters);
    handle.sync = () => Promise.reject(Object.assign(new Error(code), { code }));
    return handle;
  });
}

describe('writeFileAtomically()', () => {
  it('creates a file that only its owner can read', async () => {
    const path = join(directory, 'a');
    await writeFileAtomically(path, 'x');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, 'utf8')).toBe('x');
    expect(await readdir(directory)).toEqual(['a']);
  });

  it('replaces a file whole, and its mode with it', async () => {
    const path = join(directory, 'a');
    await writeFile(path, 'a longer text', { mode: 0o644 });
    await writeFileAtomically(path, Uint8Array.of(1, 2), { mode: 0o400 });
    expect([...(await readFile(path))]).toEqual([1, 2]);
    expect((await stat(path)).mode & 0o777).toBe(0o400);
  });

  it('refuses to replace where it was told not to', async () => {
    const path = join(directory, 'a');
    await writeFileAtomically(path, 'old', { replace: false });
    await expect(writeFileAtomically(path, 'new', { replace: false })).rejects.toMatchObject({
      code: 'file-exists',
      facts: { file: path },
    });
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(directory)).toEqual(['a']);
  });

  it('replaces nothing either where the file system has no hard links, as on USB sticks', async () => {
    const path = join(directory, 'a');
    const linkless = (): Promise<void> =>
      Promise.reject(Object.assign(new Error('EPERM'), { code: 'EPERM' }));
    vi.mocked(link).mockImplementationOnce(linkless);
    await writeFileAtomically(path, 'old', { replace: false });
    vi.mocked(link).mockImplementationOnce(linkless);
    await expect(writeFileAtomically(path, 'new', { replace: false })).rejects.toMatchObject({
      code: 'file-exists',
    });
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(directory)).toEqual(['a']);
  });

  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EIO', 'file-write-failed'],
  ])('keeps the old file and leaves nothing behind at %s', async (errno, code) => {
    const path = join(directory, 'a');
    await writeFile(path, 'old');
    failNextSync(errno);
    await expect(writeFileAtomically(path, 'new')).rejects.toMatchObject({ code });
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(directory)).toEqual(['a']);
  });

  it('refuses a directory that is not there', async () => {
    await expect(writeFileAtomically(join(directory, 'none', 'a'), 'x')).rejects.toMatchObject({
      code: 'file-write-failed',
      facts: { reason: 'ENOENT' },
    });
  });

  it('refuses the name of a directory and leaves nothing behind', async () => {
    await mkdir(join(directory, 'a'));
    await expect(writeFileAtomically(join(directory, 'a'), 'x')).rejects.toMatchObject({
      code: 'file-write-failed',
    });
    expect(await readdir(directory)).toEqual(['a']);
  });
});

describe('makeDirectory()', () => {
  it('makes it and those above it for their owner alone, and leaves what is there', async () => {
    const path = join(directory, 'a/b');
    await makeDirectory(path);
    await makeDirectory(path);
    for (const made of ['a', 'a/b'])
      expect((await stat(join(directory, made))).mode & 0o777).toBe(0o700);
  });

  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EIO', 'file-write-failed'],
    ['EROFS', 'file-write-failed'],
  ])('says of %s: %s', async (errno, code) => {
    vi.mocked(mkdir).mockRejectedValueOnce(Object.assign(new Error(errno), { code: errno }));
    await expect(makeDirectory(join(directory, 'a'))).rejects.toMatchObject({ code });
  });
});
