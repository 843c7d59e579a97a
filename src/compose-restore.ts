import { createReadStream } from 'node:fs';
import { basename, resolve } from 'node:path';

import { WorkspaceFault } from './domain/workspace/errors.ts';
import { actOrigin } from './edge/machine/act-origin.ts';
import { systemClock } from './edge/clock/system-clock.ts';
import { AnchorDirectory } from './edge/files/anchor-directory.ts';
import { databaseIn } from './edge/files/backup-files.ts';
import { ConfigurationFolder } from './edge/files/configuration-folder.ts';
import { errnoOf } from './edge/files/errno.ts';
import { inputFiles } from './edge/files/input-folder.ts';
import { newWorkspaceFolders } from './edge/files/new-folders.ts';
import { openpgpBackupCipher } from './edge/openpgp/backup-cipher.ts';
import { SqliteConfigurationVersions } from './edge/sqlite/configuration-versions.ts';
import { SqliteLogBook } from './edge/sqlite/log-book.ts';
import { openDatabase } from './edge/sqlite/open-database.ts';
import { storeRestoredMark } from './edge/sqlite/restored-mark.ts';
import { loadFacts } from './edge/sqlite/workspace-facts.ts';
import { ConfigurationInForce } from './exchange/configuration/configuration-in-force.ts';
import type { RestoredStore } from './exchange/backup/restore-backup.ts';

/** What a restore needs: there is no workspace yet. */
export function restorePorts(door: string) {
  return {
    origin: actOrigin(door),
    clock: systemClock,
    inputs: inputFiles,
    newFolders: newWorkspaceFolders,
    backupCipher: openpgpBackupCipher,
    readBackupFile,
    openRestored,
  };
}

async function* readBackupFile(path: string): AsyncGenerator<Uint8Array> {
  const file = basename(path);
  try {
    yield* createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Uint8Array>;
  } catch (error) {
    const reason = errnoOf(error);
    const code = reason === 'ENOENT' ? 'input-missing' : 'input-unreadable';
    throw new WorkspaceFault(code, { file, reason }, error);
  }
}

async function openRestored(directory: string): Promise<RestoredStore> {
  const opened = openDatabase(databaseIn(directory), { create: false });
  try {
    const versions = new SqliteConfigurationVersions(opened.db, systemClock);
    const files = new ConfigurationFolder(directory);
    const { settings } = await new ConfigurationInForce(files, versions, systemClock).load();
    const { anchor } = settings.log;
    return {
      facts: await loadFacts(opened.db),
      settings: settings.workspace,
      log: new SqliteLogBook(opened.db, systemClock),
      anchor: new AnchorDirectory(anchor === undefined ? undefined : resolve(directory, anchor)),
      mark: (mark, act) => storeRestoredMark(opened.db, systemClock, mark, act),
      close: () => opened.close(),
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}
