import type { Command } from 'commander';

import type { Shell } from '../shell.ts';

/** `incident open|amend|list|show|close`. */
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
    .description('windows, channels and routes of one incident')
    .action(async (id: string) => {
      const { show } = await import('../acts/incident.ts');
      await show(shellOf(), id);
    });
  registerChanges(group, shellOf);
}

function registerChanges(group: Command, shellOf: () => Shell): void {
  group
    .command('amend <id> <file>')
    .description('replace windows, channels and routes; needs --reason and no undecided handoff')
    .action(async (id: string, file: string) => {
      const { amend } = await import('../acts/incident.ts');
      await amend(shellOf(), id, file);
    });
  group
    .command('close <id>')
    .description('allow no further handoff; needs --reason')
    .action(async (id: string) => {
      const { close } = await import('../acts/incident.ts');
      await close(shellOf(), id);
    });
}
