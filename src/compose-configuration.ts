import { join } from 'node:path';

import { builtinProfiles } from './domain/formats/builtin-profiles.ts';
import { profileSchema } from './domain/formats/profile.ts';
import { answerFormatSchema } from './domain/responses/answer-format.ts';
import { builtinAnswerFormats } from './domain/responses/builtin-answer-formats.ts';
import type { CommandClock } from './edge/clock/command-clock.ts';
import type { ConfigurationFolder } from './edge/files/configuration-folder.ts';
import { LayoutFolder } from './edge/files/layout-folder.ts';
import type { WorkspaceDirectory } from './edge/files/workspace-directory.ts';
import { SqliteConfigurationVersions } from './edge/sqlite/configuration-versions.ts';
import { openDatabase } from './edge/sqlite/open-database.ts';
import type { OpenDatabase } from './edge/sqlite/open-database.ts';
import { ConfigurationInForce } from './exchange/configuration/configuration-in-force.ts';
import type { Configuration } from './exchange/configuration/configuration.ts';
import { noticeConfigurationStart } from './exchange/configuration/notice-configuration-start.ts';
import { LayoutsInForce } from './exchange/configuration/layouts-in-force.ts';
import type { AnswerFormats, Profiles } from './exchange/configuration/profiles.ts';
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
  const inConfig = (name: string): string => join(folder.root, 'config', name);
  const profilesIn = inConfig('profiles');
  const folderProfiles = new LayoutFolder(profilesIn, profileSchema, builtinProfiles);
  const profiles: Profiles = new LayoutsInForce({
    ...{ files: folderProfiles, configuration, builtin: builtinProfiles },
    folder: 'profiles',
    approved: (document) => document.profiles,
  });
  const proposedProfiles: Profiles = folderProfiles;
  const folderAnswers = new LayoutFolder(
    ...([inConfig('answers'), answerFormatSchema, builtinAnswerFormats] as const),
  );
  const answerFormats: AnswerFormats = new LayoutsInForce({
    ...{ files: folderAnswers, configuration, builtin: builtinAnswerFormats },
    folder: 'answers',
    approved: (document) => document.answers,
  });
  const proposedAnswerFormats: AnswerFormats = folderAnswers;
  return {
    configuration,
    configurationVersions,
    profiles,
    answerFormats,
    /** Those of the files, for changes to the files. */
    proposedProfiles,
    proposedAnswerFormats,
    proposal: {
      load: () => files.load(),
      readCertificate: (path: string) => files.readCertificate(path),
      profiles: () => folderProfiles.own(),
      answers: () => folderAnswers.own(),
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
