import { makeWorkspace } from '../../../compose-init.ts';
import { passphrasesFor } from '../../../compose-passphrases.ts';
import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import { initDocument } from '../outputs/workspace.ts';
import { initScreen } from '../screens/init-screen.ts';
import { newPlacesOf } from '../shell.ts';
import type { Shell } from '../shell.ts';
import { passphrasePrompts } from '../words/prompts.ts';

/** As commander hands them over. */
export interface InitOptions {
  readonly mode: string;
  readonly org: string;
  readonly openpgp: string;
  readonly sftpKey: string;
  readonly anchor?: string;
  readonly timeZone: string;
  readonly contact?: string;
}

/** `init`. */
export async function init(shell: Shell, directory: string, options: InitOptions): Promise<void> {
  const mode = oneOf('--mode', options.mode, ['drill', 'live'] as const);
  if (mode === 'live' && options.anchor === undefined) {
    throw new WorkspaceFault('usage', {
      option: '--anchor',
      expected: 'a directory, because the mode is live',
    });
  }
  const request = {
    directory,
    mode,
    organisation: options.org,
    openpgp: oneOf('--openpgp', options.openpgp, ['rsa4096', 'ed25519'] as const),
    sftp: oneOf('--sftp-key', options.sftpKey, ['ed25519', 'rsa-3072'] as const),
    anchor: options.anchor,
    language: shell.language,
    timeZone: options.timeZone,
    contact: options.contact,
  };
  const passphrases = passphrasesFor(newPlacesOf(shell.options), passphrasePrompts(shell.language));
  const passphrase = await passphrases.read('workspace', { repeat: true });
  try {
    const made = await makeWorkspace(request, passphrase);
    shell.print(initScreen(made, shell));
    shell.document(initDocument(made));
  } finally {
    passphrase.fill(0);
  }
}

function oneOf<const T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((word) => word === value);
  if (found === undefined)
    throw new WorkspaceFault('usage', { option, expected: allowed.join(', ') });
  return found;
}
