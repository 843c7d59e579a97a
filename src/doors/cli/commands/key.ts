import { Option } from 'commander';
import type { Command } from 'commander';

import type { ExportOptions } from '../acts/key.ts';
import type { KeyAlgorithm, RotateOptions, WhichKey } from '../acts/key-life.ts';
import type { Shell } from '../shell.ts';

/** Written out, so that the program starts without the use cases. */
const algorithms = ['ed25519', 'rsa-3072', 'rsa4096'] as const satisfies readonly KeyAlgorithm[];

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
    .option('--pickup')
    .action(async (options: ExportOptions) => {
      const { exportKey } = await import('../acts/key.ts');
      await exportKey(shellOf(), options);
    });
  group
    .command('rotate')
    .option('--openpgp')
    .option('--sftp')
    .option('--pickup')
    .option('--log')
    .addOption(new Option('--algorithm <name>').choices([...algorithms]))
    .action(async (options: RotateOptions) => {
      const { rotate } = await import('../acts/key-life.ts');
      await rotate(shellOf(), options);
    });
  group
    .command('retire')
    .option('--openpgp')
    .option('--sftp')
    .option('--pickup')
    .option('--log')
    .action(async (options: WhichKey) => {
      const { retire } = await import('../acts/key-life.ts');
      await retire(shellOf(), options);
    });
  group.command('sheet').action(async () => {
    const { showSheet } = await import('../acts/key.ts');
    await showSheet(shellOf());
  });
}
