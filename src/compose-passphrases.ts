import { CommandCredential } from './edge/keys/command-credential.ts';
import { WorkspaceDirectory } from './edge/files/workspace-directory.ts';
import { OrderedPassphraseSource, openControllingTerminal } from './edge/keys/passphrase-source.ts';
import type { PassphraseOf } from './exchange/keys/passphrases.ts';

/**
 * Passphrases from the files named, else what a credential opens, else a systemd credential, else the person at the
 * terminal.
 */
export function passphrasesFor(
  files: Readonly<Partial<Record<PassphraseOf, string>>>,
  prompts: Readonly<Record<PassphraseOf | 'repeat', string>>,
  credential?: CommandCredential,
): OrderedPassphraseSource {
  return new OrderedPassphraseSource({
    files,
    credential,
    credentialsDirectory: process.env['CREDENTIALS_DIRECTORY'],
    openTerminal: openControllingTerminal,
    prompts,
  });
}

/** What opens the workspace in a directory in place of its passphrase: `file`, else what systemd loaded for the service. */
export function credentialFor(directory: string, file: string | undefined): CommandCredential {
  const { workspaceKeyPath, credentialPath } = new WorkspaceDirectory(directory);
  const credentialsDirectory = process.env['CREDENTIALS_DIRECTORY'];
  return new CommandCredential({ file, credentialsDirectory, workspaceKeyPath, credentialPath });
}
