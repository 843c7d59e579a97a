import { amendIncident } from '../../../exchange/amend-incident.ts';
import { closeIncident, openIncident } from '../../../exchange/open-incident.ts';
import { reasonOf } from '../invocation.ts';
import { incidentDocument, incidentsDocument } from '../outputs/incidents.ts';
import { incidentListScreen, incidentScreen } from '../screens/incidents-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** `incident open`. */
export async function open(shell: Shell, file: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const incident = await openIncident(workspace, { file, officer: shell.options.as });
    await showRow(shell, workspace, incident.id);
  });
}

/** `incident list`. */
export async function list(shell: Shell): Promise<void> {
  await withWorkspace(shell, async ({ incidents }) => {
    const rows = await incidents.list();
    shell.print(incidentListScreen(rows, shell));
    shell.document(incidentsDocument(rows));
  });
}

/** `incident show`. */
export async function show(shell: Shell, id: string): Promise<void> {
  await withWorkspace(shell, (workspace) => showRow(shell, workspace, id));
}

/** `incident amend`. */
export async function amend(shell: Shell, id: string, file: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const { as: officer } = shell.options;
    const reason = reasonOf(shell.options);
    await amendIncident(workspace, { incident: id, file, officer, reason });
    await showRow(shell, workspace, id);
  });
}

/** `incident close`. */
export async function close(shell: Shell, id: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const { as: officer } = shell.options;
    await closeIncident(workspace, { incident: id, officer, reason: reasonOf(shell.options) });
    await showRow(shell, workspace, id);
  });
}

async function showRow(
  shell: Shell,
  workspace: Parameters<Parameters<typeof withWorkspace>[1]>[0],
  id: string,
): Promise<void> {
  const row = await workspace.incidents.get(id);
  shell.print(incidentScreen(row, shell));
  shell.document(incidentDocument(row));
}
