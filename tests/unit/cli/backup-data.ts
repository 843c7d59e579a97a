import { BackupFault } from '../../../src/domain/backup/errors.ts';
import type { MadeBackup } from '../../../src/exchange/backup/make-backup.ts';
import type { RestoredBackup } from '../../../src/exchange/backup/restore-backup.ts';
import type { PurgedSource } from '../../../src/exchange/purge/purge-source.ts';
import { backupScreen, restoreScreen } from '../../../src/doors/cli/screens/backup-screen.ts';
import { purgeScreen } from '../../../src/doors/cli/screens/purge-screen.ts';
import type { View } from '../../../src/doors/cli/view.ts';
import { keyListScreens } from './key-data.ts';
import { purgedIncidentScreens } from './purged-data.ts';
import { logFileScreens } from './log-data.ts';
import type { Size } from './screen-data.ts';

export { endingKeys } from './key-data.ts';

export function backupScreens(size: Size, view: View): Record<string, readonly string[]> {
  return {
    backup: backupScreen(backupOf(size), '/mnt/usb/shop-a.backup', view),
    restored: restoreScreen(restoredOf(size), 'shop-a', view),
    restoredBehind: restoreScreen(heldOf(size), 'shop-a', view),
    ...keyListScreens(size, view),
    ...purgedIncidentScreens(size, view),
    purged: purgeScreen(purgedOf(size), 'orders.csv', view),
    ...logFileScreens(size, view),
  };
}

export function backupOf(size: Size): MadeBackup {
  const count = size.list + 1;
  const file = { path: 'data/mimamori.db', bytes: 123_456_789, sha256: 'c'.repeat(64) };
  return {
    manifest: {
      ...{ type: 'mimamori/backup/v1', backup: 'b2345678', workspace: 'live-0123abcd' },
      ...{ mode: 'live', createdAt: '2026-11-22T03:00:00.000Z', program: '0.1.0' },
      ...{ vkey: 'example+0123abcd+AAAA', size: 12, root: 'b'.repeat(64) },
      files: Array.from({ length: count }, () => file),
    },
    ...{ bytes: 234_567_890, sha256: 'd'.repeat(64), places: [] },
    leftOut: Array.from({ length: count - 1 }, (_, at) => `folder-${at}-beside-the-workspace`),
  };
}

type ShownRestore = Pick<RestoredBackup, 'manifest' | 'standing'>;

export function restoredOf(size: Size): ShownRestore {
  return { ...backupOf(size), standing: { mayGoOn: true, comparedWith: 'anchor' } };
}

export function heldOf(size: Size): ShownRestore {
  const facts = { anchored: size.list + 14, size: 12 };
  const standing = { mayGoOn: false, fault: new BackupFault('restored-behind', facts) } as const;
  return { ...backupOf(size), standing };
}

export function purgedOf(size: Size): PurgedSource {
  return {
    source: {
      ...{ bytes: 123_456, sha256: 'e'.repeat(64), changedMs: 0, uncompared: size.list },
      copies: Array.from({ length: size.list }, () => `${size.text} (1).csv`),
    },
    ...{ handoffs: ['h7k2m9qa'], isForced: false, fileSystem: 'ext4' },
    done: ['overwritten', 'flushed', 'unlinked'],
    unproven: ['synchronised', 'snapshots', 'journal', 'flash', 'other-copies', 'backups'],
  };
}
