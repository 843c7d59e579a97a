import { isFault } from '../../../domain/fault.ts';
import type { Incident } from '../../../domain/incident/incident.ts';
import { stages } from '../../../domain/handoff/stage.ts';
import type { Stage } from '../../../domain/handoff/stage.ts';
import { assertStage } from '../../../exchange/handoff/assert-stage.ts';
import type { DialogueParts } from './dialogue-parts.ts';

/** Which list this is; undefined, and not asked, for the first one: that is what the incident says. */
export async function chooseStage(
  { workspace, asking }: DialogueParts,
  incident: Incident,
): Promise<Stage | undefined> {
  const earlier = await workspace.handoffs.list(incident.id);
  if (!earlier.some(({ outcome, emergency }) => outcome === 'approve' || emergency)) {
    return undefined;
  }
  const { say } = asking;
  // A correction needs a reason, which no question here asks for.
  const offered = stages.filter((stage) => stage !== 'correction');
  for (;;) {
    const stage = await asking.choose(
      say.whichStage,
      offered.map((value) => ({ text: say.stages[value], value })),
    );
    try {
      await assertStage(workspace.handoffs, incident.id, stage);
      return stage;
    } catch (error) {
      if (!isFault(error)) throw error;
      asking.showFault(error);
    }
  }
}
