import { configProposalScreen } from '../screens/config-screen.ts';
import type { Shell, withWorkspace } from '../shell.ts';

/** Behind a command that has changed the files: after the first approval that is a proposal, and no more. */
export async function sayProposal(
  shell: Shell,
  { configuration }: Parameters<Parameters<typeof withWorkspace>[1]>[0],
): Promise<void> {
  const { isApproved } = await configuration.load();
  if (isApproved) shell.print(configProposalScreen(shell));
}
