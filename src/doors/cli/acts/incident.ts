import { amendIncident } from '../../../exchange/incident/amend-incident.ts';
import type { Amendments } from '../../../exchange/incident/amendments.ts';
import { closeIncident, openIncident } from '../../../exchange/incident/open-incident.ts';
import { incidentClocks, owedByAll } from '../../../exchange/incident/incident-clocks.ts';
import { settleRecall } from '../../../exchange/handoff/settle-recall.ts';
import { recallStandings } from '../../../exchange/recall/recall-standing.ts';
import { reasonOf } from '../invocation.ts';
import { recalledDocument } from '../outputs/amendment.ts';
import { incidentDocument, incidentsDocument } from '../outputs/incidents.ts';
import type { OpenAmendment } from '../outputs/incidents.ts';
import { amendScreen, openAmendmentLines, recalledScreen } from '../screens/amend-screen.ts';
import { incidentListScreen, incidentScreen } from '../screens/incidents-screen.ts';
import { recallStandingLines } from '../screens/recall-screen.ts';
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
  await withWorkspace(shell, async (workspace) => {
    const rows = await workspace.incidents.list();
    const owed = await owedByAll(workspace);
    shell.print(incidentListScreen(rows, owed, shell));
    shell.document(incidentsDocument(rows, owed));
  });
}

/** `incident show`. */
export async function show(shell: Shell, id: string): Promise<void> {
  await withWorkspace(shell, (workspace) => showRow(shell, workspace, id));
}

/** `incident amend`. */
export async function amend(
  shell: Shell,
  id: string,
  file: string,
  options: { readonly dryRun?: boolean },
): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const { as: officer } = shell.options;
    const reason = reasonOf(shell.options);
    const isDryRun = options.dryRun === true;
    const amended = await amendIncident(workspace, {
      incident: id,
      file,
      officer,
      reason,
      isDryRun,
    });
    const row = await workspace.incidents.get(id);
    shell.print(amendScreen(amended, shell));
    const open = await openAmendment(workspace, id);
    shell.document(incidentDocument(row, await incidentClocks(workspace, id), open, amended));
  });
}

/** `incident recalled`. */
export async function recalled(shell: Shell, batch: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const { as: officer } = shell.options;
    const recall = await settleRecall(workspace, {
      batch,
      officer,
      reason: reasonOf(shell.options),
    });
    shell.print(recalledScreen(recall, shell));
    shell.document(recalledDocument(recall));
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
  const clocks = await incidentClocks(workspace, id);
  const open = await openAmendment(workspace, id);
  const amended = [
    ...openAmendmentLines(open.recalls, open.toRead, shell),
    ...recallStandingLines(open.recalled, shell),
  ];
  shell.print(incidentScreen(row, clocks, shell, amended));
  shell.document(incidentDocument(row, clocks, open));
}

async function openAmendment(
  workspace: Parameters<typeof recallStandings>[0] & { readonly amendments: Amendments },
  id: string,
): Promise<Required<OpenAmendment>> {
  const { amendments } = workspace;
  return {
    ...{ recalls: await amendments.recalls(id), toRead: await amendments.toRead(id) },
    recalled: await recallStandings(workspace, id),
  };
}
