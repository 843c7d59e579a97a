import { Option } from 'commander';
import type { Command } from 'commander';

import { charsets } from '../../../domain/notices/charsets.ts';
import type { ExceptOptions } from '../acts/waiver-exceptions.ts';
import type { LetterOptions } from '../acts/waiver-letter.ts';
import type { WaiverOptions } from '../acts/waiver.ts';
import { collect } from '../option-values.ts';
import type { Shell } from '../shell.ts';

/** `waiver request`, `record`, `except`, `letter`, `show`, `report`: the request to card companies to waive the reissue fee. */
export function registerWaiver(program: Command, shellOf: () => Shell): void {
  const group = program.command('waiver');
  const request = addSource(group.command('request <incident>')).option('--terms <text>');
  request.action(async (incident: string, options: WaiverOptions) => {
    const { requestWaiver } = await import('../acts/waiver.ts');
    await requestWaiver(shellOf(), incident, options);
  });
  const record = addSource(group.command('record <incident>'))
    .requiredOption('--state <state>')
    .option('--terms <text>')
    .option('--condition <text>')
    .option('--invoice <text>')
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
  registerExcept(group, shellOf);
  registerLetter(group, shellOf);
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

function registerExcept(group: Command, shellOf: () => Shell): void {
  group
    .command('except <incident>')
    .requiredOption('--issuer <name>')
    .option('--exception <kind>')
    .option('--record <reference>', '', collect)
    .option('--order <reference>', '', collect)
    .option('--merchant <id>')
    .option('--file <file>')
    .requiredOption('--by <text>')
    .requiredOption('--channel <channel>')
    .option('--at <time>')
    .option('--evidence <file>')
    .action(async (incident: string, options: ExceptOptions) => {
      const { exceptCards } = await import('../acts/waiver-exceptions.ts');
      await exceptCards(shellOf(), incident, options);
    });
}

function registerLetter(group: Command, shellOf: () => Shell): void {
  group
    .command('letter <incident>')
    .requiredOption('--issuer <name>')
    .requiredOption('--output <dir>')
    .option('--recipient <id>')
    .addOption(new Option('--charset <charset>').choices(charsets).default('utf-8'))
    .action(async (incident: string, options: LetterOptions) => {
      const { letterOfWaiver } = await import('../acts/waiver-letter.ts');
      await letterOfWaiver(shellOf(), incident, options);
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
