import type { Command } from 'commander';

import { makeWorkspace } from '../../../compose-init.ts';
import { passphrasesFor } from '../../../compose.ts';
import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import { initDocument } from '../outputs/workspace.ts';
import { initScreen } from '../screens/init-screen.ts';
import { placesOf } from '../shell.ts';
import type { Shell } from '../shell.ts';
import { passphrasePrompts } from '../words/prompts.ts';

interface InitOptions {
  readonly mode: string;
  readonly org: string;
  readonly openpgp: string;
  readonly sftpKey: string;
  readonly anchor?: string;
  readonly timeZone: string;
  readonly contact?: string;
}

/** `init DIR`: a new workspace with its keys. */
export function registerInit(program: Command, shellOf: () => Shell): void {
  program
    .command('init <dir>')
    .description('make a workspace: configuration, keys, an empty log')
    .option('--mode <mode>', 'drill or live; fixed for good', 'drill')
    .option(
      '--org <name>',
      'who hands the cards over, as recipients know you',
      'Example organisation',
    )
    .option('--openpgp <kind>', 'rsa4096 (every receiver reads it) or ed25519', 'rsa4096')
    .option('--sftp-key <kind>', 'ed25519 or rsa-3072 (for old servers)', 'ed25519')
    .option(
      '--anchor <dir>',
      'directory outside the workspace that keeps signed checkpoints; live needs one',
    )
    .option('--time-zone <zone>', 'for times on screens and new incidents', 'Asia/Tokyo')
    .option('--contact <text>', 'whom partners ring back; printed on the key sheet')
    .action(async (dir: string, options: InitOptions) => {
      await init(shellOf(), dir, options);
    });
}

async function init(shell: Shell, directory: string, options: InitOptions): Promise<void> {
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
  const passphrases = passphrasesFor(placesOf(shell.options), passphrasePrompts(shell.language));
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
