import type { Command } from 'commander';

import type { ExportOptions } from '../acts/key.ts';
import type { Shell } from '../shell.ts';

/** `key`: what partners need of us, and every key there is; nothing of it secret. */
export function registerKey(program: Command, shellOf: () => Shell): void {
  const group = program.command('key').description('our own public keys, and every key there is');
  group
    .command('list')
    .description('every key this workspace has or pins, and when each one ends')
    .action(async () => {
      const { listAll } = await import('../acts/key.ts');
      await listAll(shellOf());
    });
  group
    .command('export')
    .description('print a public key for a partner or reviewer')
    .option('--openpgp', 'our OpenPGP certificate, armored')
    .option('--sftp', 'the line for authorized_keys')
    .option('--log', 'the verifier key of the log')
    .action(async (options: ExportOptions) => {
      const { exportKey } = await import('../acts/key.ts');
      await exportKey(shellOf(), options);
    });
  group
    .command('sheet')
    .description('one page to read out by phone: fingerprints, validity, contact')
    .action(async () => {
      const { showSheet } = await import('../acts/key.ts');
      await showSheet(shellOf());
    });
}
