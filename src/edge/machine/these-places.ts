import { readFile, readdir, realpath, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { FileSystem, Place, Places } from '../../exchange/delivery/places.ts';

/** Folders that synchronising programs make by default, on the desktops and servers we know of. */
const syncedNames =
  /^(?:Dropbox(?: \(.+\))?|OneDrive(?: ?- ?.+)?|Google ?Drive|GoogleDrive-.+|My Drive|マイドライブ|iCloud ?Drive|Mobile Documents|CloudStorage|Box(?: Sync)?|Nextcloud|ownCloud|pCloud ?Drive|MEGA(?:sync)?|SynologyDrive|Seafile)$/i;
/** What they leave in the folder that they synchronise. */
const syncedMarkers = [
  '.dropbox',
  '.stfolder',
  '.sync_journal.db',
  '._sync_journal.db',
  '.owncloudsync.log',
];

/** statfs(2) magic numbers of file systems whose bytes travel. */
const networkFileSystems = new Map([
  [0x6969, 'nfs'],
  [0x517b, 'smb'],
  [0xff534d42, 'cifs'],
  [0xfe534d42, 'smb2'],
  [0x5346414f, 'afs'],
  [0x00c36400, 'ceph'],
  [0x01021997, '9p'],
  [0x786f4256, 'vboxsf'],
  [0x65735546, 'fuse'],
]);
/** statfs(2) magic numbers of file systems of this machine. */
const localFileSystems = new Map<number, FileSystem>([
  [0xef53, { name: 'ext4', writes: 'in-place' }],
  [0x58465342, { name: 'xfs', writes: 'in-place' }],
  [0x4d44, { name: 'vfat', writes: 'in-place' }],
  [0x2011bab0, { name: 'exfat', writes: 'in-place' }],
  [0x9123683e, { name: 'btrfs', writes: 'copy-on-write' }],
  [0x2fc12fc1, { name: 'zfs', writes: 'copy-on-write' }],
  [0xca451a4e, { name: 'bcachefs', writes: 'copy-on-write' }],
  [0xf2f52010, { name: 'f2fs', writes: 'copy-on-write' }],
  [0x01021994, { name: 'tmpfs', writes: 'memory' }],
]);
const ecryptfs = 0xf15f;
const othersRead = 0o004;
const othersPass = 0o001;

/** Linux tells by /sys; where that is missing (macOS) encryption is `unknown`. ACLs are not looked at. */
export const thesePlaces: Places = {
  async examine(path) {
    try {
      const real = await realpath(path);
      const { type, bavail, bsize } = await statfs(real);
      const syncedBy = await synchroniser(real);
      const network = networkFileSystems.get(type);
      const fileSystem =
        network === undefined
          ? localFileSystems.get(type)
          : ({ name: network, writes: 'elsewhere' } as const);
      return {
        ...(syncedBy === undefined ? {} : { syncedBy }),
        ...(network === undefined ? {} : { network }),
        isOpenToAll: await isOpenToAll(real),
        encryption: type === ecryptfs ? 'encrypted' : await encryptionUnder(real),
        freeBytes: bavail * bsize,
        ...(fileSystem === undefined ? {} : { fileSystem }),
      };
    } catch {
      return undefined;
    }
  },
};

async function synchroniser(real: string): Promise<string | undefined> {
  const named = real.split('/').find((part) => syncedNames.test(part));
  if (named !== undefined) return named;
  for (const folder of above(real)) {
    const names = await readdir(folder).catch(() => [] as string[]);
    const marker = syncedMarkers.find((name) => names.includes(name));
    if (marker !== undefined) return marker;
  }
  return undefined;
}

/** A file of mode 0644 in a directory of mode 0700 is nobody else's. */
async function isOpenToAll(real: string): Promise<boolean> {
  if (((await stat(real)).mode & othersRead) === 0) return false;
  const modes = await Promise.all(
    above(dirname(real)).map(async (path) => (await stat(path)).mode),
  );
  return modes.every((mode) => (mode & othersPass) !== 0);
}

/** Itself and every directory above it. */
function above(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [path, ...above(parent)];
}

async function encryptionUnder(real: string): Promise<Place['encryption']> {
  const device = (await stat(real)).dev;
  // Numbers of Linux as glibc's makedev packs them.
  const major = (device >>> 8) & 0xfff;
  const minor = (device & 0xff) | ((device >>> 12) & 0xfff00);
  if (major === 0) return 'unknown';
  return isEncryptedDevice(`/sys/dev/block/${major}:${minor}`);
}

/** A device of the kernel's own disk encryption, or one that stands on nothing but such devices. */
export async function isEncryptedDevice(folder: string): Promise<Place['encryption']> {
  const names = await readdir(folder).catch(() => undefined);
  if (names === undefined) return 'unknown';
  const uuid = await readFile(join(folder, 'dm/uuid'), 'utf8').catch(() => '');
  if (uuid.startsWith('CRYPT-')) return 'encrypted';
  const below = await readdir(join(folder, 'slaves')).catch(() => [] as string[]);
  if (below.length === 0) return 'not-seen';
  const found = await Promise.all(
    below.map((name) => isEncryptedDevice(`/sys/class/block/${name}`)),
  );
  return found.every((one) => one === 'encrypted') ? 'encrypted' : 'not-seen';
}
