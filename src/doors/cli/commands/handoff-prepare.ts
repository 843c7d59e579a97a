import type { Command } from 'commander';

import { DecisionFault } from '../../../domain/handoff/decision-errors.ts';
import { stages } from '../../../domain/handoff/stage.ts';
import { receivedWays } from '../../../domain/intake/source-receipt.ts';
import { acceptableReasons } from '../../../domain/intake/reasons.ts';
import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import type { PrepareOptions } from '../acts/handoff-prepare.ts';
import { collect, pairs, threads } from '../option-values.ts';
import { reasonOf } from '../invocation.ts';
import type { Shell } from '../shell.ts';
import { readsStandardInput } from '../source-paths.ts';

/** `handoff prepare`: sources in, sealed files and a plan that waits for its decision out. */
export function registerHandoffPrepare(group: Command, shellOf: () => Shell): void {
  const command = group
    .command('prepare')
    .description('read sources, seal one file per recipient, and ask for approval');
  withSources(command);
  withDecisions(command)
    .option('--jobs <n>', 'threads that read and seal (default: the cores)', threads)
    .option(
      '--preview',
      'show how the sources are read, with their first records masked; store nothing',
    )
    .option('--dry-run', 'read and count everything, store and write nothing')
    .addHelpText('after', examples)
    .action(async (options: PrepareOptions) => {
      await startPrepare(shellOf(), options);
    });
}

/** What the sources are, and how they are read. */
function withSources(command: Command): void {
  command
    .requiredOption('--incident <id>', 'the incident this is about')
    .requiredOption(
      '--source <file[=spec]>',
      'a source; - is standard input; repeat for several',
      collect,
    )
    .option('--kind <kind>', 'orders, recovered (a list by a PFI or processor), or references')
    .option('--reference-kind <kind>', 'what references name: order, transaction or member')
    .option('--format <format>', 'auto, delimited or lines (one number per line)')
    .option('--encoding <name>', 'auto, utf-8, utf-16le, utf-16be, shift_jis or euc-jp')
    .option(
      '--columns <map>',
      'pan=…,expiry=…,ordered_at=…,channel=…, reference=…,merchant=… by name or #n',
      pairs,
    )
    .option('--channel <name>', 'channel of every record of the source')
    .option('--merchant <id>', 'merchant of every record, for an incident of several')
    .option('--received <way>', `how the source came to us: ${receivedWays.join(', ')}`)
    .option('--ignore-column <column>', 'never read this column; name or #n; repeatable', collect);
}

/** What a person decides about records and lists; it stands in the plan or in the log. */
function withDecisions(command: Command): Command {
  return command
    .option('--accept-unsigned', 'take what nobody known signed and encrypted; needs --reason')
    .option('--not-sensitive <column>', 'this column is no security code; needs --reason', collect)
    .option(
      '--accept-held <reason>',
      `let held records through (${acceptableReasons.join(', ')}); needs --reason`,
      collect,
    )
    .option(
      '--stage <stage>',
      `which list this is: ${stages.join(', ')} (default: as the incident says, else interim)`,
    )
    .option(
      '--accept-absent',
      'make a whole list that lacks cards of earlier ones; needs --reason',
    );
}

const examples = `
Examples:
  mimamori handoff prepare --incident shop-a-2020 --source orders.csv --preview
  mimamori handoff prepare --incident shop-a-2020 --source orders.csv \\
    --as officer-1 --dry-run
  mimamori handoff prepare --incident shop-a-2020 --source orders.csv=shop-a \\
    --source pfi.csv.pgp=pfi --as officer-1 --officer-key officer-1.asc

A spec is a TOML file, or the name of one in config/sources (such as eccube4).
Nothing leaves this machine before someone other than the requester approves.`;

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
