import type { Command } from 'commander';

import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import { recipientDocument, recipientsDocument } from '../outputs/recipients.ts';
import { recipientScreen, recipientsScreen } from '../screens/recipients-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** `recipient list`, `recipient show`. */
export function registerRecipientRead(group: Command, shellOf: () => Shell): void {
  group
    .command('list')
    .description('all recipients')
    .action(async () => {
      const shell = shellOf();
      await withWorkspace(shell, async ({ configuration }) => {
        const { recipients } = await configuration.load();
        shell.print(recipientsScreen(recipients, shell));
        shell.document(recipientsDocument(recipients));
      });
    });
  group
    .command('show <id>')
    .description('certificate, endpoint, format and pins of one recipient')
    .action(async (id: string) => {
      const shell = shellOf();
      await withWorkspace(shell, async ({ configuration }) => {
        const { recipients } = await configuration.load();
        const recipient = recipients.find((candidate) => candidate.id === id);
        if (recipient === undefined) {
          throw new WorkspaceFault('config-id-unknown', { file: 'config/recipients.toml', id });
        }
        shell.print(recipientScreen(recipient, shell));
        shell.document(recipientDocument(recipient));
      });
    });
}
