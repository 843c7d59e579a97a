import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { builtinProfiles } from '../../../src/domain/formats/builtin-profiles.ts';
import { profileSchema } from '../../../src/domain/formats/profile.ts';
import type { Profile } from '../../../src/domain/formats/profile.ts';
import { LayoutFolder } from '../../../src/edge/files/layout-folder.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

let directory: string;
let profiles: LayoutFolder<Profile>;
beforeEach(async () => {
  directory = await scratchFolder();
  profiles = new LayoutFolder(directory, profileSchema, builtinProfiles);
});

const own = (id: string, more = ''): string => `id = "${id}"
title = "A layout of the acquirer"
provenance = "agreed with the acquirer"
shape = "delimited"
charset = "ascii"
newline = "lf"
${more}
columns = [{ field = "pan" }]
`;

const put = (name: string, text: string): Promise<void> => writeFile(join(directory, name), text);

describe('LayoutFolder', () => {
  it('has the built-in profiles where there is no file, and no folder', async () => {
    const ids = builtinProfiles.map(({ id }) => id);
    expect((await profiles.list()).map(({ id }) => id)).toEqual(ids);
    const none = new LayoutFolder(join(directory, 'none'), profileSchema, builtinProfiles);
    expect((await none.list()).map(({ id }) => id)).toEqual(ids);
  });

  it('adds a profile of the workspace', async () => {
    await put('acquirer.toml', own('acquirer'));
    expect(await profiles.get('acquirer')).toMatchObject({ shape: 'delimited', masked: false });
    expect(await profiles.list()).toHaveLength(builtinProfiles.length + 1);
  });

  it('takes a file in place of the built-in profile of its name', async () => {
    await put('pan-list.toml', own('pan-list'));
    expect((await profiles.get('pan-list')).title).toBe('A layout of the acquirer');
    expect(await profiles.list()).toHaveLength(builtinProfiles.length);
  });

  it('does not look at other files', async () => {
    await put('acquirer.toml.bak', 'not toml');
    await put('README', 'not toml');
    expect(await profiles.list()).toHaveLength(builtinProfiles.length);
  });

  it('takes no built-in layout where its folder is there and cannot be read', async () => {
    await put('file', '');
    const unread = new LayoutFolder(join(directory, 'file'), profileSchema, builtinProfiles);
    const code = { code: 'config-unreadable', facts: { reason: 'ENOTDIR' } };
    await expect(unread.get(builtinProfiles[0]!.id)).rejects.toMatchObject(code);
    await expect(unread.list()).rejects.toMatchObject(code);
  });

  it('reads one layout whatever is wrong with another', async () => {
    await put('acquirer.toml', own('acquirer'));
    await put('broken.toml', 'id = ');
    expect(await profiles.get('acquirer')).toMatchObject({ id: 'acquirer' });
    expect(await profiles.get('pan-list')).toBe(
      builtinProfiles.find(({ id }) => id === 'pan-list'),
    );
    await expect(profiles.get('broken')).rejects.toMatchObject({ code: 'config-syntax' });
  });

  it('refuses a profile that nobody knows', async () => {
    await expect(profiles.get('none')).rejects.toMatchObject({
      ...{ code: 'profile-unknown', facts: { profile: 'none', folder: basename(directory) } },
    });
  });

  it.each([
    ['no TOML', 'acquirer.toml', 'id = ', 'config-syntax'],
    ['an unknown key', 'acquirer.toml', own('acquirer', 'colour = "red"'), 'config-unknown-key'],
    [
      'a missing key',
      'acquirer.toml',
      own('acquirer').replace(/^title.*\n/m, ''),
      'config-missing-key',
    ],
    [
      'a wrong value',
      'acquirer.toml',
      own('acquirer').replace('ascii', 'latin-1'),
      'config-invalid',
    ],
    ['the name of another profile', 'acquirer.toml', own('pan-list'), 'profile-invalid'],
  ])('refuses a file with %s', async (_, name, text, code) => {
    await put(name, text);
    await expect(profiles.list()).rejects.toMatchObject({ code });
  });
});
