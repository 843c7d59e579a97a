import { Command, Option } from 'commander';

import { registerAudit } from './commands/audit.ts';
import { registerBackup } from './commands/backup.ts';
import { registerBins } from './commands/bins.ts';
import { registerDemo } from './commands/demo.ts';
import { registerHandoffDecide } from './commands/handoff-decide.ts';
import { registerHandoffDeliver } from './commands/handoff-deliver.ts';
import { registerHandoffImport } from './commands/handoff-import.ts';
import { registerHandoffPrepare } from './commands/handoff-prepare.ts';
import { registerHandoffRecord } from './commands/handoff-record.ts';
import { registerHandoffRead } from './commands/handoff-read.ts';
import { registerIncident } from './commands/incident.ts';
import { registerInit } from './commands/init.ts';
import { registerKey } from './commands/key.ts';
import { registerNotices } from './commands/notices.ts';
import { registerPeople } from './commands/people.ts';
import { registerStart } from './commands/start.ts';
import { registerPurge } from './commands/purge.ts';
import { registerRecipient } from './commands/recipient.ts';
import { registerResponse } from './commands/response.ts';
import { registerWorkspace } from './commands/workspace.ts';
import { LINE_COLUMNS } from './layout.ts';
import type { Shell } from './shell.ts';

/** The whole command line. `shellOf` is asked when a command runs, after the global options are known. */
export function buildProgram(version: string, shellOf: () => Shell): Command {
  const program = new Command('mimamori')
    .description(
      'Hands card numbers that may have leaked to those who can watch them, without leaking them a second time.',
    )
    .version(version)
    .option(
      '--workspace <dir>',
      'the workspace (default: $MIMAMORI_WORKSPACE, else this directory)',
    )
    .option('--json', 'one JSON document on standard output and nothing else')
    .addOption(new Option('--lang <language>', 'ja or en').choices(['ja', 'en']))
    .option('--no-color', 'no colour; NO_COLOR does the same')
    .option('--passphrase-file <file>', "file of mode 0600 with the workspace's passphrase")
    .option('--as <officer>', 'on whose behalf this is done')
    .option('--officer-key <file>', "the officer's OpenPGP private key, used for this one command")
    .option('--officer-passphrase-file <file>', 'file of mode 0600 with the passphrase of that key')
    .option('--signature <file>', "the officer's detached signature, made elsewhere")
    .option('--reason <text>', 'why; goes with the act')
    .showSuggestionAfterError()
    .configureOutput({
      getOutHelpWidth: () => helpColumns(process.stdout),
      getErrHelpWidth: () => helpColumns(process.stderr),
    })
    .addHelpText('after', help);
  registerInit(program, shellOf);
  registerStart(program, shellOf);
  registerWorkspace(program, shellOf);
  registerKey(program, shellOf);
  registerPeople(program, shellOf);
  registerRecipient(program, shellOf);
  registerBins(program, shellOf);
  registerIncident(program, shellOf);
  const handoff = program.command('handoff').description('prepare, decide, deliver, look');
  registerHandoffPrepare(handoff, shellOf);
  registerHandoffImport(handoff, shellOf);
  registerHandoffDecide(handoff, shellOf);
  registerHandoffDeliver(handoff, shellOf);
  registerHandoffRecord(handoff, shellOf);
  registerHandoffRead(handoff, shellOf);
  registerResponse(program, shellOf);
  registerNotices(program, shellOf);
  registerAudit(program, shellOf);
  registerBackup(program, shellOf);
  registerPurge(program, shellOf);
  registerDemo(program, shellOf);
  return program;
}

const unknownColumns = 80;

function helpColumns({ columns }: { readonly columns?: number }): number {
  return Math.min(columns ?? unknownColumns, LINE_COLUMNS);
}

const help = `
Exit status: 0 done · 1 a check did not hold · 64 usage · 65 input refused ·
66 source missing · 69 peer unavailable · 70 internal · 73 target name taken ·
74 disk · 75 try later · 76 host key changed · 77 not permitted ·
78 configuration · 130 interrupted. Any other number is a failure.

Learn more: docs/operating/first-handoff.md`;
