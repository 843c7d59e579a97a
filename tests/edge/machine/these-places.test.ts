import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { isEncryptedDevice, thesePlaces } from '../../../src/edge/machine/these-places.ts';

// Where everybody passes: the temporary folder of a test run is private.
const root = mkdtempSync('/tmp/mm-places-');

afterAll(() => {
  rmSync(root, { recursive: true });
});

/** A file of this mode in a new folder of that mode. */
function file(folder: string, folderMode = 0o700, mode = 0o600): string {
  const path = join(root, folder, 'orders.csv');
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(path, '');
  chmodSync(path, mode);
  chmodSync(join(root, folder), folderMode);
  return path;
}

describe('thesePlaces.examine()', () => {
  it.each(['Dropbox', 'OneDrive - Example Shop', 'Google Drive', 'マイドライブ', 'iCloud Drive'])(
    'knows %s by its name',
    async (name) => {
      expect((await thesePlaces.examine(file(name)))?.syncedBy).toBe(name);
    },
  );

  it('knows a folder by the marker left in it, also behind a link', async () => {
    const path = file('shared');
    mkdirSync(join(root, 'shared/.stfolder'));
    symlinkSync(join(root, 'shared'), join(root, 'innocent'));
    expect((await thesePlaces.examine(path))?.syncedBy).toBe('.stfolder');
    const linked = await thesePlaces.examine(join(root, 'innocent/orders.csv'));
    expect(linked?.syncedBy).toBe('.stfolder');
  });

  it.each(['dropbox-exports', 'orders', 'not OneDrive'])(
    'takes %s for no such folder',
    async (name) => {
      expect((await thesePlaces.examine(file(name)))?.syncedBy).toBeUndefined();
    },
  );

  it('does not call a readable file in a private folder open to all', async () => {
    chmodSync(root, 0o755);
    const open = await thesePlaces.examine(file('open', 0o755, 0o644));
    const inside = await thesePlaces.examine(file('private', 0o700, 0o644));
    const own = await thesePlaces.examine(file('own', 0o755, 0o600));
    expect([open?.isOpenToAll, inside?.isOpenToAll, own?.isOpenToAll]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('says nothing about a place that is not there', async () => {
    expect(await thesePlaces.examine(join(root, 'nothing'))).toBeUndefined();
  });
});

describe('isEncryptedDevice()', () => {
  it('knows dm-crypt by its uuid, does not guess for others, and does not know what is not there', async () => {
    const device = (uuid: string): string => {
      const folder = mkdtempSync(join(root, 'device-'));
      mkdirSync(join(folder, 'dm'));
      writeFileSync(join(folder, 'dm/uuid'), `${uuid}\n`);
      return folder;
    };
    expect(await isEncryptedDevice(device('CRYPT-LUKS2-00112233-disk'))).toBe('encrypted');
    expect(await isEncryptedDevice(device('LVM-00112233'))).toBe('not-seen');
    expect(await isEncryptedDevice(join(root, 'no-device'))).toBe('unknown');
  });
});
