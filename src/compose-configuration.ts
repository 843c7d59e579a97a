import { join } from 'node:path';

import type { CommandClock } from './edge/clock/command-clock.ts';
import type { ConfigurationFolder } from './edge/files/configuration-folder.ts';
import { ProfileFolder } from './edge/files/profile-folder.ts';
import type { WorkspaceDirectory } from './edge/files/workspace-directory.ts';
import { SqliteConfigurationVersions } from './edge/sqlite/configuration-versions.ts';
import { openDatabase } from './edge/sqlite/open-database.ts';
import type { OpenDatabase } from './edge/sqlite/open-database.ts';
import { ConfigurationInForce } from './exchange/configuration/configuration-in-force.ts';
import type { Configuration } from './exchange/configuration/configuration.ts';
import { noticeConfigurationStart } from './exchange/configuration/notice-configuration-start.ts';
import { ProfilesInForce } from './exchange/configuration/profiles-in-force.ts';
import type { Profiles } from './exchange/configuration/profiles.ts';
import type { Restored } from './exchange/backup/restored-standing.ts';

/** A directory that is no workspace is told by its files, which a person can look at. */
export async function openStore(
  folder: WorkspaceDirectory,
  files: ConfigurationFolder,
): Promise<OpenDatabase> {
  try {
    return openDatabase(join(folder.root, 'data/mimamori.db'), { create: false });
  } catch (error) {
    await files.load();
    throw error;
  }
}

/** What acts go by, and what the files propose. */
export function configurationsOf(
  { db }: OpenDatabase,
  folder: WorkspaceDirectory,
  files: Configuration,
  clock: CommandClock,
) {
  const configurationVersions = new SqliteConfigurationVersions(db, clock);
  const configuration = new ConfigurationInForce(files, configurationVersions, clock);
  const folderProfiles = new ProfileFolder(join(folder.root, 'config/profiles'));
  const profiles: Profiles = new ProfilesInForce(folderProfiles, configuration);
  const proposedProfiles: Profiles = folderProfiles;
  return {
    configuration,
    configurationVersions,
    profiles,
    /** Profiles of the files, for changes to the files. */
    proposedProfiles,
    proposal: {
      load: () => files.load(),
      readCertificate: (path: string) => files.readCertificate(path),
      profiles: () => folderProfiles.own(),
    },
  };
}

/** A restored workspace that may not go on is read as it stands. */
export async function recordStart(
  opened: OpenDatabase,
  ports: Parameters<typeof noticeConfigurationStart>[0],
  restored: Restored | undefined,
): Promise<void> {
  if (restored?.standing.mayGoOn === false) return;
  try {
    await noticeConfigurationStart(ports);
  } catch (error) {
    await opened.close();
    throw error;
  }
}
