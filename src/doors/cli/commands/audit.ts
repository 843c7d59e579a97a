import type { Command } from 'commander';

import { collect, positiveNumber } from '../option-values.ts';
import type { Shell } from '../shell.ts';

const tailDefault = 20;

/** `audit verify`, `audit tail`, `audit export`, `audit anchor`. */
export function registerAudit(program: Command, shellOf: () => Shell): void {
  const group = program.command('audit');
  group
    .command('verify')
    .option('--against <file>', '', collect)
    .option('--vkey <key>')
    .action(async (options: { against?: readonly string[]; vkey?: string }) => {
      const { verifyLog } = await import('../acts/audit.ts');
      await verifyLog(shellOf(), options);
    });
  group
    .command('tail')
    .option('--entries <n>', '', positiveNumber, tailDefault)
    .action(async (options: { entries: number }) => {
      const { tailLog } = await import('../acts/audit.ts');
      await tailLog(shellOf(), options);
    });
  group.command('export <dir>').action(async (directory: string) => {
    const { exportLog } = await import('../acts/audit-files.ts');
    await exportLog(shellOf(), directory);
  });
  group.command('anchor').action(async () => {
    const { fillAnchor } = await import('../acts/audit.ts');
    await fillAnchor(shellOf());
  });
}
