import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readdir, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { scratchFolder } from '../../support/scratch-folder.ts';

// @ts-expect-error plain JavaScript, which the compiler does not read
const { privateDirectory } = (await import('../../../bin/compiled-code.mjs')) as {
  readonly privateDirectory: (environment: Readonly<Record<string, string>>) => string | undefined;
};

const isRoot = process.getuid?.() === 0;

let home: string;

beforeEach(async () => {
  home = await scratchFolder();
});

describe('privateDirectory()', () => {
  it('makes one in the home directory that nobody else can enter', async () => {
    const directory = privateDirectory({ HOME: home });

    expect(directory).toBe(join(home, '.cache/mimamori/compiled'));
    expect((await stat(directory!)).mode & 0o777).toBe(0o700);
    expect(privateDirectory({ HOME: home })).toBe(directory);
  });

  it('follows XDG_CACHE_HOME, but no relative one', () => {
    const caches = join(home, 'caches');

    expect(privateDirectory({ HOME: home, XDG_CACHE_HOME: caches })).toBe(
      join(caches, 'mimamori/compiled'),
    );
    expect(privateDirectory({ HOME: home, XDG_CACHE_HOME: 'caches' })).toBe(
      join(home, '.cache/mimamori/compiled'),
    );
  });

  it.each([
    ['the directory itself', '.cache/mimamori/compiled', 0o750],
    ['a directory above it', '.cache/mimamori', 0o770],
    ['the home directory', '.', 0o777],
  ])('refuses when others may write into %s', async (_, path, mode) => {
    await mkdir(join(home, '.cache/mimamori/compiled'), { recursive: true, mode: 0o700 });
    await chmod(join(home, path), mode);

    expect(privateDirectory({ HOME: home })).toBeUndefined();
  });

  it('takes a home in a sticky directory, where others cannot rename it', async () => {
    await chmod(home, 0o1777);
    const inner = join(home, 'me');
    await mkdir(inner, { mode: 0o700 });

    expect(privateDirectory({ HOME: inner })).toBe(join(inner, '.cache/mimamori/compiled'));
  });

  it('looks at where a link leads', async () => {
    const open = join(home, 'open');
    await mkdir(open, { mode: 0o700 });
    await chmod(open, 0o777);
    await mkdir(join(home, '.cache'), { mode: 0o700 });
    await symlink(open, join(home, '.cache/mimamori'));

    expect(privateDirectory({ HOME: home })).toBeUndefined();
    expect(await readdir(open)).toEqual([]);
  });

  it("leaves nothing in somebody else's home", async () => {
    if (isRoot) await chown(home, 65_534, 65_534);
    const other = isRoot ? home : '/';

    expect(privateDirectory({ HOME: other })).toBeUndefined();
    expect(existsSync(join(other, '.cache'))).toBe(false);
  });

  it('does without one where none can be made', () => {
    expect(privateDirectory({ HOME: '/dev/null' })).toBeUndefined();
  });
});
