import type { Command } from 'commander';

import { amendIncident } from '../../../exchange/amend-incident.ts';
import { closeIncident, openIncident } from '../../../exchange/open-incident.ts';
import { reasonOf } from '../invocation.ts';
import { incidentDocument, incidentsDocument } from '../outputs/incidents.ts';
import { incidentListScreen, incidentScreen } from '../screens/incidents-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** `incident open|amend|list|show|close`. */
export function registerIncident(program: Command, shellOf: () => Shell): void {
  const group = program.command('incident').description('what leaked, where and when');
  group
    .command('open <file>')
    .description('open an incident from its TOML file (an example: config/incidents/shop-a.toml)')
    .action(async (file: string) => {
      const shell = shellOf();
      await withWorkspace(shell, async (workspace) => {
        const incident = await openIncident(workspace, { file, officer: shell.options.as });
        await show(shell, workspace, incident.id);
      });
    });
  group
    .command('list')
    .description('all incidents')
    .action(async () => {
      const shell = shellOf();
      await withWorkspace(shell, async ({ incidents }) => {
        const rows = await incidents.list();
        shell.print(incidentListScreen(rows, shell));
        shell.document(incidentsDocument(rows));
      });
    });
  group
    .command('show <id>')
    .description('windows, channels and routes of one incident')
    .action(async (id: string) => {
      const shell = shellOf();
      await withWorkspace(shell, (workspace) => show(shell, workspace, id));
    });
  registerChanges(group, shellOf);
}

function registerChanges(group: Command, shellOf: () => Shell): void {
  group
    .command('amend <id> <file>')
    .description('replace windows, channels and routes; needs --reason and no undecided handoff')
    .action(async (id: string, file: string) => {
      const shell = shellOf();
      await withWorkspace(shell, async (workspace) => {
        const { as: officer } = shell.options;
        const reason = reasonOf(shell.options);
        await amendIncident(workspace, { incident: id, file, officer, reason });
        await show(shell, workspace, id);
      });
    });
  group
    .command('close <id>')
    .description('allow no further handoff; needs --reason')
    .action(async (id: string) => {
      const shell = shellOf();
      await withWorkspace(shell, async (workspace) => {
        const { as: officer } = shell.options;
        await closeIncident(workspace, { incident: id, officer, reason: reasonOf(shell.options) });
        await show(shell, workspace, id);
      });
    });
}

async function show(
  shell: Shell,
  workspace: Parameters<Parameters<typeof withWorkspace>[1]>[0],
  id: string,
): Promise<void> {
  const row = await workspace.incidents.get(id);
  shell.print(incidentScreen(row, shell));
  shell.document(incidentDocument(row));
}
