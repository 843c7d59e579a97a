import type { Command } from 'commander';

import { DecisionFault } from '../../../domain/handoff/decision-errors.ts';
import type { ImportOptions } from '../acts/handoff-import.ts';
import { reasonOf } from '../invocation.ts';
import { collect, pairs } from '../option-values.ts';
import type { Shell } from '../shell.ts';
import { readsStandardInput } from '../source-paths.ts';

/** `handoff import-sent`: a list that was sent by other means, so that later lists leave its cards out. */
export function registerHandoffImport(group: Command, shellOf: () => Shell): void {
  group
    .command('import-sent')
    .requiredOption('--incident <id>')
    .requiredOption('--recipient <id>')
    .requiredOption('--source <file[=spec]>')
    .requiredOption('--sent-at <time>')
    .requiredOption('--channel <channel>')
    .requiredOption('--by <text>')
    .requiredOption('--evidence <file>')
    .option('--format <format>')
    .option('--encoding <name>')
    .option('--columns <map>', '', pairs)
    .option('--ignore-column <column>', '', collect)
    .option('--accept-held <reason>', '', collect)
    .action(async (options: ImportOptions) => {
      await startImport(shellOf(), options);
    });
}

async function startImport(shell: Shell, options: ImportOptions): Promise<void> {
  if (reasonOf(shell.options) === undefined) {
    throw new DecisionFault('reason-required', { act: 'import' });
  }
  const { withWorkspace } = await import('../shell.ts');
  const { openForPrepare } = await import('../../../compose-prepare.ts');
  const { importList } = await import('../acts/handoff-import.ts');
  await withWorkspace(
    shell,
    (workspace) => importList(shell, workspace, options),
    (directory, opening) =>
      openForPrepare(directory, {
        ...opening,
        readsStandardInput: readsStandardInput([options.source]),
      }),
  );
}
