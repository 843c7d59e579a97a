import type { Command } from 'commander';

import type { RecordOptions, SettleOptions } from '../acts/incident-clocks.ts';
import { registerReadiness } from './incident-readiness.ts';
import type { Shell } from '../shell.ts';

/** `incident open|amend|list|show|close`, clocks, readiness. */
export function registerIncident(program: Command, shellOf: () => Shell): void {
  const group = program.command('incident');
  group.command('open <file>').action(async (file: string) => {
    const { open } = await import('../acts/incident.ts');
    await open(shellOf(), file);
  });
  group.command('list').action(async () => {
    const { list } = await import('../acts/incident.ts');
    await list(shellOf());
  });
  group.command('show <id>').action(async (id: string) => {
    const { show } = await import('../acts/incident.ts');
    await show(shellOf(), id);
  });
  registerChanges(group, shellOf);
  registerClocks(group, shellOf);
  registerReadiness(group, shellOf);
}

function registerClocks(group: Command, shellOf: () => Shell): void {
  group.command('clocks <id>').action(async (id: string) => {
    const { clocks } = await import('../acts/incident-clocks.ts');
    await clocks(shellOf(), id);
  });
  group
    .command('record <id> <event>')
    .option('--at <time>')
    .option('--withdraw')
    .option('--merchant <id>')
    .action(async (id: string, event: string, options: RecordOptions) => {
      const { record } = await import('../acts/incident-clocks.ts');
      await record(shellOf(), id, event, options);
    });
  group
    .command('clock <id> <clock>')
    .option('--met [time]')
    .option('--set-aside')
    .option('--reopen')
    .option('--merchant <id>')
    .action(async (id: string, clock: string, options: SettleOptions) => {
      const { settle } = await import('../acts/incident-clocks.ts');
      await settle(shellOf(), id, clock, options);
    });
}

function registerChanges(group: Command, shellOf: () => Shell): void {
  group
    .command('amend <id> <file>')
    .option('--dry-run')
    .action(async (id: string, file: string, options: { dryRun?: boolean }) => {
      const { amend } = await import('../acts/incident.ts');
      await amend(shellOf(), id, file, options);
    });
  group.command('recalled <batch>').action(async (batch: string) => {
    const { recalled } = await import('../acts/incident.ts');
    await recalled(shellOf(), batch);
  });
  group.command('close <id>').action(async (id: string) => {
    const { close } = await import('../acts/incident.ts');
    await close(shellOf(), id);
  });
}
