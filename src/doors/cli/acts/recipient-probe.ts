import { probeRecipient } from '../../../exchange/recipients/probe-recipient.ts';
import { remoteDirectoryField } from '../../../domain/recipients/endpoint.ts';
import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import { probeDocument } from '../outputs/probe.ts';
import { probeScreen } from '../screens/probe-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** `recipient probe`. */
export async function probe(
  shell: Shell,
  id: string,
  directory: string | undefined,
): Promise<void> {
  if (directory !== undefined && !remoteDirectoryField.safeParse(directory).success) {
    const expected = 'a directory such as /incoming/probe, without "..", "//" or "\\"';
    throw new WorkspaceFault('usage', { option: '--directory', expected });
  }
  await withWorkspace(shell, async (workspace) => {
    const probed = await probeRecipient(workspace, {
      recipient: id,
      officer: shell.options.as,
      directory,
      signal: shell.signal,
    });
    shell.print(probeScreen(probed, shell));
    shell.document(probeDocument(probed));
  });
}
