import type { Command } from 'commander';

import type { InitOptions } from '../acts/init.ts';
import type { Shell } from '../shell.ts';

/** `init DIR`: a new workspace with its keys. */
export function registerInit(program: Command, shellOf: () => Shell): void {
  program
    .command('init <dir>')
    .option('--mode <mode>', '', 'drill')
    .option('--org <name>', '', 'Example organisation')
    .option('--openpgp <kind>', '', 'rsa4096')
    .option('--sftp-key <kind>', '', 'ed25519')
    .option('--anchor <dir>')
    .option('--time-zone <zone>', '', 'Asia/Tokyo')
    .option('--contact <text>')
    .action(async (dir: string, options: InitOptions) => {
      const { init } = await import('../acts/init.ts');
      await init(shellOf(), dir, options);
    });
}
