import type { Command } from 'commander';

import type { InitOptions } from '../acts/init.ts';
import type { Shell } from '../shell.ts';

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
      const { init } = await import('../acts/init.ts');
      await init(shellOf(), dir, options);
    });
}
