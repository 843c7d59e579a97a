import { Command, Option } from 'commander';

import { registerAudit } from './commands/audit.ts';
import { registerBackup } from './commands/backup.ts';
import { registerBins } from './commands/bins.ts';
import { registerConfig } from './commands/config.ts';
import { registerCredential } from './commands/credential.ts';
import { registerDemo } from './commands/demo.ts';
import { registerHandoffDecide } from './commands/handoff-decide.ts';
import { registerHandoffDeliver } from './commands/handoff-deliver.ts';
import { registerHandoffImport } from './commands/handoff-import.ts';
import { registerHandoffPrepare } from './commands/handoff-prepare.ts';
import { registerHandoffRecall } from './commands/handoff-recall.ts';
import { registerHandoffRecord } from './commands/handoff-record.ts';
import { registerHandoffRead } from './commands/handoff-read.ts';
import { registerIncident } from './commands/incident.ts';
import { registerInit } from './commands/init.ts';
import { registerKey } from './commands/key.ts';
import { registerLookup } from './commands/lookup.ts';
import { registerWaiver } from './commands/waiver.ts';
import { registerNotices } from './commands/notices.ts';
import { registerPeople } from './commands/people.ts';
import { registerSource } from './commands/source.ts';
import { registerServe } from './commands/serve.ts';
import { registerStart } from './commands/start.ts';
import { registerPurge } from './commands/purge.ts';
import { registerRecipient } from './commands/recipient.ts';
import { registerResponse } from './commands/response.ts';
import { registerWorkspace } from './commands/workspace.ts';
import type { Shell } from './shell.ts';

/**
 * The whole command line: what can be typed. What help says of it stands in the words of a language, by command and option.
 * `shellOf` is asked when a command runs, after the global options are known.
 */
export function buildProgram(version: string, shellOf: () => Shell): Command {
  const program = new Command('mimamori')
    .version(version)
    .option('--workspace <dir>')
    .option('--json')
    .addOption(new Option('--lang <language>').choices(['ja', 'en']))
    .option('--no-color')
    .option('--passphrase-file <file>')
    .option('--credential-file <file>')
    .option('--as <officer>')
    .option('--officer-key <file>')
    .option('--officer-passphrase-file <file>')
    .option('--signature <file>')
    .option('--reason <text>')
    .showSuggestionAfterError();
  registerInit(program, shellOf);
  registerStart(program, shellOf);
  registerWorkspace(program, shellOf);
  registerKey(program, shellOf);
  registerCredential(program, shellOf);
  registerPeople(program, shellOf);
  registerRecipient(program, shellOf);
  registerConfig(program, shellOf);
  registerBins(program, shellOf);
  registerIncident(program, shellOf);
  const handoff = program.command('handoff');
  registerHandoffPrepare(handoff, shellOf);
  registerHandoffImport(handoff, shellOf);
  registerHandoffRecall(handoff, shellOf);
  registerHandoffDecide(handoff, shellOf);
  registerHandoffDeliver(handoff, shellOf);
  registerHandoffRecord(handoff, shellOf);
  registerHandoffRead(handoff, shellOf);
  registerSource(program, shellOf);
  registerResponse(program, shellOf);
  registerNotices(program, shellOf);
  registerWaiver(program, shellOf);
  registerLookup(program, shellOf);
  registerServe(program, shellOf);
  registerAudit(program, shellOf);
  registerBackup(program, shellOf);
  registerPurge(program, shellOf);
  registerDemo(program, shellOf);
  return program;
}
