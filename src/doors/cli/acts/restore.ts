import { basename } from 'node:path';

import { passphrasesFor } from '../../../compose-passphrases.ts';
import { restorePorts } from '../../../compose-restore.ts';
import { restoreBackup } from '../../../exchange/backup/restore-backup.ts';
import { readCheckpoints } from '../checkpoint-files.ts';
import { restoreDocument } from '../outputs/backup.ts';
import { ProgressLine } from '../progress-line.ts';
import { restoreScreen } from '../screens/backup-screen.ts';
import { newPlacesOf } from '../shell.ts';
import type { Shell } from '../shell.ts';
import { passphrasePrompts } from '../words/prompts.ts';

/** As commander hands them over. */
export interface RestoreOptions {
  readonly against?: readonly string[];
}

const checkpointBytesMax = 8_192;

/** `restore`. */
export async function restore(
  shell: Shell,
  file: string,
  directory: string,
  options: RestoreOptions,
): Promise<void> {
  const ports = restorePorts('cli');
  const against = await readCheckpoints(ports.inputs, options.against, checkpointBytesMax);
  const passphrases = passphrasesFor(newPlacesOf(shell.options), passphrasePrompts(shell.language));
  const progress = new ProgressLine(shell.sink, shell.language);
  const made = await restoreBackup(
    { ...ports, passphrases },
    {
      ...{ file, name: basename(file), directory, against, signal: shell.signal },
      onProgress: (done, total) => {
        progress.report({ phase: 'restoring', done, total, count: done });
      },
    },
  ).finally(() => {
    progress.end();
  });
  const { language, time_zone: timeZone } = made.settings;
  shell.speakAs(language, timeZone);
  shell.print(restoreScreen(made, directory, shell));
  shell.document(restoreDocument(made, directory));
  if (!made.standing.mayGoOn) shell.setStatus(1);
}
