import { join } from 'node:path';

import { assertIncident } from '../../../domain/incident/assert-incident.ts';
import { incidentSchema } from '../../../domain/incident/incident.ts';
import type { Incident } from '../../../domain/incident/incident.ts';
import { compileRoutes } from '../../../domain/incident/routes.ts';
import { openIncident } from '../../../exchange/incident/open-incident.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import { showCommand } from './dialogue-parts.ts';
import type { DialogueParts } from './dialogue-parts.ts';
import { incidentLines } from './incident-file.ts';
import { signedHere } from './sign-here.ts';
import { askIncident } from './incident-questions.ts';

/** An open incident, or a new one. */
export async function chooseIncident(parts: DialogueParts, officer: string): Promise<Incident> {
  const { workspace, asking } = parts;
  const { say } = asking;
  const rows = (await workspace.incidents.list()).filter(({ state }) => state === 'open');
  if (rows.length === 0) return newIncident(parts, officer);
  const chosen = await asking.choose<Incident | undefined>(say.whichIncident, [
    ...rows.map(({ incident }) => ({
      text: `${incident.id}  ${showForeign(incident.public_name)}`,
      value: incident,
    })),
    { text: say.newIncident, value: undefined },
  ]);
  return chosen ?? newIncident(parts, officer);
}

/** Asks until the answers make an incident, shows the file, writes it and opens the incident on a written yes. */
async function newIncident(parts: DialogueParts, officer: string): Promise<Incident> {
  const { shell, workspace, asking } = parts;
  const { say } = asking;
  for (;;) {
    const asked = await askIncident(parts);
    const lines = incidentLines(asked);
    try {
      const { recipients } = await workspace.configuration.load();
      const incident = incidentSchema.parse(asked);
      assertIncident(incident);
      compileRoutes(incident, recipients);
    } catch (error) {
      asking.showFault(error);
      continue;
    }
    shell.print(['', say.incidentFile, ...lines.flatMap((line) => hang('    ', line))]);
    if (!(await asking.yes(say.openIt))) continue;
    const file = await writeIncident(parts, asked.id, lines);
    const command = { name: 'incident open', arguments: { file }, files: { file } } as const;
    const incident = await signedHere(parts, officer, { ...command, standing: 'signed' }, () =>
      openIncident(workspace, { file, officer }),
    );
    showCommand(parts, ['incident', 'open', file], officer);
    shell.print(hang('  ', say.opened(incident.id)));
    return incident;
  }
}

async function writeIncident(
  { workspace, asking }: DialogueParts,
  id: string,
  lines: readonly string[],
): Promise<string> {
  for (;;) {
    const file = await asking.text({
      text: asking.say.whereToKeep,
      preset: join(workspace.folder.root, 'config/incidents', `${id}.toml`),
      files: true,
      read: (answer) => ({ value: answer }),
    });
    try {
      await workspace.inputs.write(file, new TextEncoder().encode(`${lines.join('\n')}\n`));
      return file;
    } catch (error) {
      asking.showFault(error);
    }
  }
}
