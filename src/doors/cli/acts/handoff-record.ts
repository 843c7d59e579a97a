import { wordChannels, wordRungs } from '../../../domain/handoff/persons-word.ts';
import { recordWord } from '../../../exchange/delivery/record-word.ts';
import { showHandoff } from '../../../exchange/handoff/show-handoff.ts';
import { summariseHandoff } from '../../../exchange/handoff/summarise-handoff.ts';
import { reasonOf, textOf } from '../invocation.ts';
import { momentOf } from '../moment.ts';
import { recordDocument } from '../outputs/delivery.ts';
import { summaryDocument } from '../outputs/summary.ts';
import { summaryScreen } from '../screens/summary-screen.ts';
import { recordScreen } from '../screens/word-lines.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';
import { byCharactersMax, evidenceAt, oneOf, usage } from './told-options.ts';

export interface RecordOptions {
  readonly rung: string;
  readonly channel: string;
  readonly by: string;
  readonly at: string;
  readonly evidence?: string;
}

/** `handoff record`. */
export async function record(shell: Shell, id: string, options: RecordOptions): Promise<void> {
  const rung = oneOf(wordRungs, '--rung', options.rung);
  const channel = oneOf(wordChannels, '--channel', options.channel);
  const by = textOf('--by', options.by);
  if (by === undefined || by.length > byCharactersMax) {
    throw usage('--by', `who said it, in at most ${byCharactersMax} characters`);
  }
  await withWorkspace(shell, async (workspace) => {
    const { handoffs, incidents, words } = workspace;
    const found = await handoffs.batch(id);
    const { incident } = await incidents.get(found.incident);
    const at = momentOf('--at', options.at, incident.time_zone);
    const evidence =
      options.evidence === undefined ? undefined : await evidenceAt(workspace, options.evidence);
    const batch = await recordWord(workspace, {
      ...{ batch: id, rung, channel, by, at, evidence },
      ...{ officer: shell.options.as, note: reasonOf(shell.options) },
    });
    const said = (await words.ofHandoff(batch.handoff)).filter((word) => word.batch === id);
    shell.print(recordScreen(batch, said.slice(-1), shell, incident.time_zone));
    shell.document(recordDocument(batch, said));
  });
}

/** `handoff summary`. */
export async function summary(shell: Shell, handoff: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const made = summariseHandoff(await showHandoff(workspace, handoff));
    shell.print(summaryScreen(made, workspace.clock.now(), shell));
    shell.document(summaryDocument(made));
  });
}
