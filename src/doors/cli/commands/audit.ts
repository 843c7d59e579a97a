import type { Command } from 'commander';

import { collect, positiveNumber } from '../option-values.ts';
import type { Shell } from '../shell.ts';

const tailDefault = 20;

/** `audit verify`, `audit tail`, `audit export`, `audit anchor`. */
export function registerAudit(program: Command, shellOf: () => Shell): void {
  const group = program.command('audit').description('the log of every act');
  group
    .command('verify')
    .description('re-derive the whole log and check every checkpoint; exit 1 when something fails')
    .option('--against <file>', 'a signed checkpoint kept elsewhere; repeatable', collect)
    .option(
      '--vkey <key>',
      'the verifier key you hold (key export --log); default: the one of the workspace',
    )
    .action(async (options: { against?: readonly string[]; vkey?: string }) => {
      const { verifyLog } = await import('../acts/audit.ts');
      await verifyLog(shellOf(), options);
    });
  group
    .command('tail')
    .description('the last entries of the log, oldest first')
    .option('--entries <n>', 'how many', positiveNumber, tailDefault)
    .action(async (options: { entries: number }) => {
      const { tailLog } = await import('../acts/audit.ts');
      await tailLog(shellOf(), options);
    });
  group
    .command('export <dir>')
    .description(
      'the log as files that other tools check too, in a new directory; signs a new checkpoint ' +
        'with --passphrase-file, else goes up to the newest one',
    )
    .action(async (directory: string) => {
      const { exportLog } = await import('../acts/audit-files.ts');
      await exportLog(shellOf(), directory);
    });
  group
    .command('anchor')
    .description('put all checkpoints of this log into an anchor that lacks them; needs --reason')
    .action(async () => {
      const { fillAnchor } = await import('../acts/audit.ts');
      await fillAnchor(shellOf());
    });
}
