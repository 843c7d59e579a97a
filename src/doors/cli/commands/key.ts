import { Option } from 'commander';
import type { Command } from 'commander';

import type { SftpKeyKind } from '../../../exchange/own-keys.ts';
import type { ExportOptions } from '../acts/key.ts';
import type { Shell } from '../shell.ts';

/** Written out, so that the program starts without the use cases. */
const algorithms = ['ed25519', 'rsa-3072'] as const satisfies readonly SftpKeyKind[];

/** `key`: what partners need of us, and every key there is; nothing of it secret. */
export function registerKey(program: Command, shellOf: () => Shell): void {
  const group = program.command('key');
  group.command('list').action(async () => {
    const { listAll } = await import('../acts/key.ts');
    await listAll(shellOf());
  });
  group
    .command('export')
    .option('--openpgp')
    .option('--sftp')
    .option('--log')
    .action(async (options: ExportOptions) => {
      const { exportKey } = await import('../acts/key.ts');
      await exportKey(shellOf(), options);
    });
  group
    .command('rotate')
    .requiredOption('--sftp')
    .addOption(new Option('--algorithm <name>').choices([...algorithms]).default('ed25519'))
    .action(async ({ algorithm }: { algorithm: SftpKeyKind }) => {
      const { rotate } = await import('../acts/key-life.ts');
      await rotate(shellOf(), algorithm);
    });
  group
    .command('retire')
    .requiredOption('--sftp')
    .action(async () => {
      const { retire } = await import('../acts/key-life.ts');
      await retire(shellOf());
    });
  group.command('sheet').action(async () => {
    const { showSheet } = await import('../acts/key.ts');
    await showSheet(shellOf());
  });
}
