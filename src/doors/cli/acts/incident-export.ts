import type { LogRecovery } from '../../../domain/audit/log-recovery.ts';
import { toldRecoveries } from '../../../exchange/audit/told-recoveries.ts';
import type { ToldRecovery } from '../../../exchange/audit/told-recoveries.ts';
import { signedHistory } from '../../../exchange/configuration/signed-history.ts';
import { exportIncident } from '../../../exchange/kit/export-incident.ts';
import { incidentClocks } from '../../../exchange/incident/incident-clocks.ts';
import { showHandoff } from '../../../exchange/handoff/show-handoff.ts';
import { summariseHandoff } from '../../../exchange/handoff/summarise-handoff.ts';
import { kitDocument } from '../outputs/kit.ts';
import { incidentScreen } from '../screens/incidents-screen.ts';
import { sharedAccountLines } from '../screens/config-screen.ts';
import { kitPages } from '../screens/kit-guide.ts';
import { recoveredLines } from '../screens/recovery-screen.ts';
import { kitScreen } from '../screens/kit-screen.ts';
import { summaryScreen } from '../screens/summary-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

type Workspace = Parameters<Parameters<typeof withWorkspace>[1]>[0];

/** `incident export`. */
export async function exportKit(shell: Shell, incident: string, directory: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const { log, facts } = workspace;
    const recoveries = await toldRecoveries(log, facts, await log.size());
    const report = await reportLines(shell, workspace, incident, recoveries);
    const made = await exportIncident(workspace, {
      ...{ incident, directory, officer: shell.options.as },
      pages: kitPages(incident, report, recoveries),
    });
    shell.print(kitScreen(made, directory, shell));
    shell.document(kitDocument(made, directory));
  });
}

/** What the screens say of the incident and of each handoff, on paper: without colour. */
async function reportLines(
  shell: Shell,
  workspace: Workspace,
  id: string,
  recoveries: readonly ToldRecovery[],
): Promise<string[]> {
  const { incidents, handoffs, clock } = workspace;
  const view = { language: shell.language, timeZone: shell.timeZone ?? 'UTC', colour: false };
  const row = await incidents.get(id);
  const lines = incidentScreen(row, await incidentClocks(workspace, id), view, []);
  for (const { id: handoff, plan } of await handoffs.list(id)) {
    if (plan === undefined) continue;
    const made = summariseHandoff(await showHandoff(workspace, handoff));
    lines.push('', '', ...summaryScreen(made, clock.now(), view));
  }
  lines.push(...sharedAccountLines(await signedHistory(workspace), view));
  return [...lines, ...recoveredLines(await withReasons(workspace, recoveries), view)];
}

async function withReasons(
  { log }: Workspace,
  recoveries: readonly ToldRecovery[],
): Promise<LogRecovery[]> {
  const texts = recoveries.length === 0 ? [] : await log.texts();
  return recoveries.map(({ recovery }) => {
    const { text } =
      texts.find(({ leaf, field }) => leaf === recovery.index && field === 'reason') ?? {};
    return text === undefined ? recovery : { ...recovery, reason: text };
  });
}
