import type { Command } from 'commander';

import { DecisionFault } from '../../../domain/handoff/decision-errors.ts';
import { wordChannels } from '../../../domain/handoff/persons-word.ts';
import type { ImportOptions } from '../acts/handoff-import.ts';
import { reasonOf } from '../invocation.ts';
import { collect, pairs } from '../option-values.ts';
import type { Shell } from '../shell.ts';
import { readsStandardInput } from '../source-paths.ts';

/** `handoff import-sent`: a list that was sent by other means, so that later lists leave its cards out. */
export function registerHandoffImport(group: Command, shellOf: () => Shell): void {
  group
    .command('import-sent')
    .description('take in a list that was sent without this program; another officer confirms it')
    .requiredOption('--incident <id>', 'the incident it is about')
    .requiredOption('--recipient <id>', 'who was sent it')
    .requiredOption('--source <file[=spec]>', 'the list as it was sent; - is standard input')
    .requiredOption('--sent-at <time>', "when: 2026-11-22 14:05 in the incident's zone")
    .requiredOption('--channel <channel>', `how: ${wordChannels.join(', ')}`)
    .requiredOption('--by <text>', 'who sent it, and to whom')
    .requiredOption('--evidence <file>', 'a mail or scan that backs it; kept in the workspace')
    .option('--format <format>', 'auto, delimited or lines (one number per line)')
    .option('--encoding <name>', 'auto, utf-8, utf-16le, utf-16be, shift_jis or euc-jp')
    .option('--columns <map>', 'pan=…,expiry=…,reference=… by name or #n', pairs)
    .option('--ignore-column <column>', 'never read this column; repeatable', collect)
    .option('--accept-held <reason>', 'let held records through', collect)
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
