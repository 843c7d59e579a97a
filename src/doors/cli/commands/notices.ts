import { Option } from 'commander';
import type { Command } from 'commander';

import { charsets } from '../../../domain/notices/charsets.ts';
import type { ExportOptions } from '../acts/notices.ts';
import type { Shell } from '../shell.ts';

/** `notices export`, `record`, `show`: the persons behind the cards, by order reference. */
export function registerNotices(program: Command, shellOf: () => Shell): void {
  const group = program.command('notices');
  group
    .command('export <incident>')
    .requiredOption('--output <file>')
    .addOption(new Option('--charset <charset>').choices(charsets).default('utf-8'))
    .option('--handoff <id>')
    .option('--merchant <id>')
    .action(async (incident: string, options: ExportOptions) => {
      const { exportList } = await import('../acts/notices.ts');
      await exportList(shellOf(), incident, options);
    });
  group
    .command('record <incident>')
    .requiredOption('--file <file>')
    .action(async (incident: string, options: { file: string }) => {
      const { recordSteps } = await import('../acts/notices.ts');
      await recordSteps(shellOf(), incident, options.file);
    });
  group.command('show <incident>').action(async (incident: string) => {
    const { showNotices } = await import('../acts/notices.ts');
    await showNotices(shellOf(), incident);
  });
}
