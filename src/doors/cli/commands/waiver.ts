import type { Command } from 'commander';

import type { WaiverOptions } from '../acts/waiver.ts';
import type { Shell } from '../shell.ts';

/** `waiver request`, `record`, `show`, `report`: the request to card companies to waive the reissue fee. */
export function registerWaiver(program: Command, shellOf: () => Shell): void {
  const group = program.command('waiver');
  const request = addSource(group.command('request <incident>'));
  request.action(async (incident: string, options: WaiverOptions) => {
    const { requestWaiver } = await import('../acts/waiver.ts');
    await requestWaiver(shellOf(), incident, options);
  });
  const record = addSource(group.command('record <incident>'))
    .requiredOption('--state <state>')
    .option('--terms <text>')
    .option('--fee-by <who>')
    .option('--unit-price <amount>')
    .option('--cap <amount>')
    .option('--currency <code>')
    .option('--reissued <term>')
    .option('--from <date>')
    .option('--until <date>');
  record.action(async (incident: string, options: WaiverOptions) => {
    const { recordWaiver } = await import('../acts/waiver.ts');
    await recordWaiver(shellOf(), incident, options);
  });
  group.command('show <incident>').action(async (incident: string) => {
    const { showWaivers } = await import('../acts/waiver.ts');
    await showWaivers(shellOf(), incident);
  });
  group
    .command('report <incident>')
    .requiredOption('--output <file>')
    .action(async (incident: string, { output }: { output: string }) => {
      const { reportWaivers } = await import('../acts/waiver.ts');
      await reportWaivers(shellOf(), incident, output);
    });
}

/** Of whom it is, who said it, and what backs it. */
function addSource(command: Command): Command {
  return command
    .option('--issuer <name>')
    .option('--recipient <id>')
    .requiredOption('--by <text>')
    .requiredOption('--channel <channel>')
    .option('--at <time>')
    .option('--evidence <file>');
}
