import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import { recipientStanding } from '../../../exchange/recipients/recipient-standing.ts';
import { recipientsDocument, shownRecipientDocument } from '../outputs/recipients.ts';
import { recipientScreen, recipientsScreen } from '../screens/recipients-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** `recipient list`. */
export async function listRecipients(shell: Shell): Promise<void> {
  await withWorkspace(shell, async ({ configuration }) => {
    const { recipients } = await configuration.load();
    shell.print(recipientsScreen(recipients, shell));
    shell.document(recipientsDocument(recipients));
  });
}

/** `recipient show`. */
export async function showRecipient(shell: Shell, id: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const { recipients } = await workspace.configuration.load();
    const recipient = recipients.find((candidate) => candidate.id === id);
    if (recipient === undefined) {
      throw new WorkspaceFault('config-id-unknown', { file: 'config/recipients.toml', id });
    }
    const standing = await recipientStanding(workspace, recipient);
    shell.print(recipientScreen(recipient, shell, standing));
    shell.document(shownRecipientDocument(recipient, standing));
  });
}
