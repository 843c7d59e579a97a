import type { Command } from 'commander';

import { startEvents } from '../../../domain/incident/start-events.ts';
import type { RecordOptions, SettleOptions } from '../acts/incident-clocks.ts';
import { registerReadiness } from './incident-readiness.ts';
import type { Shell } from '../shell.ts';

/** `incident open|amend|list|show|close`, clocks, readiness. */
export function registerIncident(program: Command, shellOf: () => Shell): void {
  const group = program.command('incident').description('what leaked, where and when');
  group
    .command('open <file>')
    .description('open an incident from its TOML file (an example: config/incidents/shop-a.toml)')
    .action(async (file: string) => {
      const { open } = await import('../acts/incident.ts');
      await open(shellOf(), file);
    });
  group
    .command('list')
    .description('all incidents')
    .action(async () => {
      const { list } = await import('../acts/incident.ts');
      await list(shellOf());
    });
  group
    .command('show <id>')
    .description('windows, channels, routes and clocks of one incident')
    .action(async (id: string) => {
      const { show } = await import('../acts/incident.ts');
      await show(shellOf(), id);
    });
  registerChanges(group, shellOf);
  registerClocks(group, shellOf);
  registerReadiness(group, shellOf);
}

function registerClocks(group: Command, shellOf: () => Shell): void {
  group
    .command('clocks <id>')
    .description('every time limit: when it ends, what it rests on, edition and source of its rule')
    .action(async (id: string) => {
      const { clocks } = await import('../acts/incident-clocks.ts');
      await clocks(shellOf(), id);
    });
  group
    .command('record <id> <event>')
    .description(`when something happened that starts clocks: ${startEvents.join(', ')}`)
    .option('--at <time>', "2026-05-01T22:30 in the incident's zone, or with an offset")
    .option('--withdraw', 'it did not happen after all; needs --reason')
    .action(async (id: string, event: string, options: RecordOptions) => {
      const { record } = await import('../acts/incident-clocks.ts');
      await record(shellOf(), id, event, options);
    });
  group
    .command('clock <id> <clock>')
    .description('say that what a clock asks for was done, or does not bind here')
    .option('--met [time]', 'done, now or at this time')
    .option('--set-aside', 'does not bind here; needs --reason')
    .option('--reopen', 'neither holds any more; needs --reason')
    .action(async (id: string, clock: string, options: SettleOptions) => {
      const { settle } = await import('../acts/incident-clocks.ts');
      await settle(shellOf(), id, clock, options);
    });
}

function registerChanges(group: Command, shellOf: () => Shell): void {
  group
    .command('amend <id> <file>')
    .description('replace windows, channels and routes; voids an undecided handoff; needs --reason')
    .option('--dry-run', 'show what would change and what that means, and change nothing')
    .action(async (id: string, file: string, options: { dryRun?: boolean }) => {
      const { amend } = await import('../acts/incident.ts');
      await amend(shellOf(), id, file, options);
    });
  group
    .command('recalled <batch>')
    .description('say that the cards proposed for recall in a batch are dealt with; needs --reason')
    .action(async (batch: string) => {
      const { recalled } = await import('../acts/incident.ts');
      await recalled(shellOf(), batch);
    });
  group
    .command('close <id>')
    .description('allow no further handoff; needs --reason')
    .action(async (id: string) => {
      const { close } = await import('../acts/incident.ts');
      await close(shellOf(), id);
    });
}
