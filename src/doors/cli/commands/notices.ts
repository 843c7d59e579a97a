import { Option } from 'commander';
import type { Command } from 'commander';

import { charsets } from '../../../domain/notices/notice-cells.ts';
import type { ExportOptions } from '../acts/notices.ts';
import type { Shell } from '../shell.ts';

/** `notices export`, `record`, `show`: the persons behind the cards, by order reference. */
export function registerNotices(program: Command, shellOf: () => Shell): void {
  const group = program
    .command('notices')
    .description('the persons to be told, by order reference');
  group
    .command('export <incident>')
    .description(
      'write the list: reference, windows, brand, last four digits, or why there is no number',
    )
    .requiredOption('--output <file>', 'a new file, for its owner alone')
    .addOption(
      new Option('--charset <charset>', 'utf-8 with its mark, or cp932 for old spreadsheets')
        .choices(charsets)
        .default('utf-8'),
    )
    .option('--handoff <id>', 'only the references of this handoff')
    .option('--merchant <id>', 'only the references of this merchant')
    .action(async (incident: string, options: ExportOptions) => {
      const { exportList } = await import('../acts/notices.ts');
      await exportList(shellOf(), incident, options);
    });
  group
    .command('record <incident>')
    .description('take in who was told: a table with reference, status and at')
    .requiredOption('--file <csv>', 'status is mail-sent, mail-bounced or letter-sent')
    .action(async (incident: string, options: { file: string }) => {
      const { recordSteps } = await import('../acts/notices.ts');
      await recordSteps(shellOf(), incident, options.file);
    });
  group
    .command('show <incident>')
    .description('how many references there are, and how many were told how')
    .action(async (incident: string) => {
      const { showNotices } = await import('../acts/notices.ts');
      await showNotices(shellOf(), incident);
    });
}
