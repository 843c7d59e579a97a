import { assertConfigurationApproved } from '../../../exchange/configuration/assert-configuration-approved.ts';
import { paint } from '../colour.ts';
import type { DialogueParts } from './dialogue-parts.ts';
import { chooseIncident } from './incident-step.ts';
import { chooseOfficer } from './officer-step.ts';
import { checkRecipients } from './recipient-step.ts';
import { prepareAndSign } from './review-step.ts';
import { chooseSource } from './source-step.ts';
import { chooseStage } from './stage-step.ts';

/**
 * One handoff by question and answer. Each step changes something only after a written yes, and through the same use
 * case as its command, so that stopping at any question leaves nothing half done.
 */
export async function runDialogue(parts: DialogueParts): Promise<void> {
  const { shell, asking, workspace } = parts;
  const { say } = asking;
  const { mode, organisation } = workspace.settings.workspace;
  shell.print([
    paint(say.title(organisation, mode), 'strong', shell),
    ...say.opening.map((line) => `  ${line}`),
  ]);
  // Better now than after every question is answered.
  await assertConfigurationApproved(workspace, await workspace.configuration.load());
  const officer = await chooseOfficer(parts);
  heading(parts, 1, say.steps.incident);
  const incident = await chooseIncident(parts, officer);
  const stage = await chooseStage(parts, incident);
  heading(parts, 2, say.steps.source);
  const source = await chooseSource(parts, incident, officer);
  heading(parts, 3, say.steps.recipient);
  await checkRecipients(parts, incident);
  heading(parts, 4, say.steps.review);
  await prepareAndSign(parts, { incident, stage, officer, source });
}

const stepCount = 4;

function heading({ shell, asking }: DialogueParts, step: number, text: string): void {
  shell.print(['', paint(asking.say.step(step, stepCount, text), 'strong', shell)]);
}
