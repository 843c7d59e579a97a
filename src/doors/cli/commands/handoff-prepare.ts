import type { Command } from 'commander';

import { DecisionFault } from '../../../domain/handoff/decision-errors.ts';
import { stages } from '../../../domain/handoff/stage.ts';
import { acceptableReasons } from '../../../domain/intake/reasons.ts';
import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import type { PrepareOptions } from '../acts/handoff-prepare.ts';
import { collect, pairs, threads } from '../option-values.ts';
import { reasonOf } from '../invocation.ts';
import type { Shell } from '../shell.ts';
import { readsStandardInput } from '../source-paths.ts';

/** `handoff prepare`: sources in, sealed files and a plan that waits for its decision out. */
export function registerHandoffPrepare(group: Command, shellOf: () => Shell): void {
  const command = group.command('prepare');
  withSources(command);
  withDecisions(command)
    .option('--jobs <n>', '', threads)
    .option('--preview')
    .option('--dry-run')
    .action(async (options: PrepareOptions) => {
      await startPrepare(shellOf(), options);
    });
}

/** What the sources are, and how they are read. */
function withSources(command: Command): void {
  command
    .requiredOption('--incident <id>')
    .requiredOption('--source <file[=spec]>', '', collect)
    .option('--kind <kind>')
    .option('--reference-kind <kind>')
    .option('--format <format>')
    .option('--encoding <name>')
    .option('--columns <map>', '', pairs)
    .option('--channel <name>')
    .option('--merchant <id>')
    .option('--received <way>')
    .option('--ignore-column <column>', '', collect);
}

/** What a person decides about records and lists; it stands in the plan or in the log. */
function withDecisions(command: Command): Command {
  return command
    .option('--accept-unsigned')
    .option('--not-sensitive <column>', '', collect)
    .option('--accept-held <reason>', '', collect)
    .option('--stage <stage>')
    .option('--request-waiver')
    .option('--accept-absent');
}

/** Everything that is not needed to start the card process is loaded beside it. */
async function startPrepare(shell: Shell, options: PrepareOptions): Promise<void> {
  assertReasons(shell, options);
  const startedAt = performance.now();
  const { withWorkspace } = await import('../shell.ts');
  const { openForPrepare } = await import('../../../compose-prepare.ts');
  await withWorkspace(
    shell,
    async (workspace) => {
      if (options.preview === true) {
        const { preview } = await import('../acts/handoff-preview.ts');
        await preview(shell, workspace, options);
        return;
      }
      const { prepare } = await import('../acts/handoff-prepare.ts');
      await prepare(shell, workspace, options, startedAt);
    },
    (directory, opening) =>
      openForPrepare(directory, {
        ...opening,
        readsStandardInput: readsStandardInput(options.source),
      }),
  );
}

/** A decision about held records, a false alarm or a correction is part of the plan, and nobody decides without saying why. */
function assertReasons(shell: Shell, options: PrepareOptions): void {
  const unknown = (options.acceptHeld ?? []).find(
    (reason) => !acceptableReasons.some((known) => known === reason),
  );
  if (unknown !== undefined) {
    throw new WorkspaceFault('usage', {
      option: '--accept-held',
      expected: acceptableReasons.join(', '),
    });
  }
  const { stage } = options;
  if (stage !== undefined && !stages.some((known) => known === stage)) {
    throw new WorkspaceFault('usage', { option: '--stage', expected: stages.join(', ') });
  }
  const decides = (options.acceptHeld?.length ?? 0) + (options.notSensitive?.length ?? 0) > 0;
  const { acceptUnsigned, acceptAbsent } = options;
  const isBent = acceptUnsigned === true || acceptAbsent === true || stage === 'correction';
  if ((decides || isBent) && reasonOf(shell.options) === undefined) {
    throw new DecisionFault('reason-required', { act: 'prepare' });
  }
}
