import type { Command } from 'commander';

import { entryNumber } from '../option-values.ts';
import type { Shell } from '../shell.ts';

/** `audit export`, `audit prove`, `audit verify-proof`: what others take away. */
export function registerAuditFiles(group: Command, shellOf: () => Shell): void {
  group.command('export <dir>').action(async (directory: string) => {
    const { exportLog } = await import('../acts/audit-files.ts');
    await exportLog(shellOf(), directory);
  });
  group
    .command('prove')
    .argument('<index>', '', entryNumber)
    .option('--output <file>')
    .action(async (index: number, options: { output?: string }) => {
      const { proveEntry } = await import('../acts/audit-files.ts');
      await proveEntry(shellOf(), index, options);
    });
  group
    .command('verify-proof <proof> <entry>')
    .option('--vkey <key>')
    .action(async (proof: string, entry: string, options: { vkey?: string }) => {
      const { verifyEntry } = await import('../acts/audit-files.ts');
      await verifyEntry(shellOf(), proof, entry, options);
    });
}
