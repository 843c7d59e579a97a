import { serveWorkspace } from '../../../exchange/serve/serve-workspace.ts';
import { servedDocument, serveDocument } from '../outputs/serve.ts';
import { servedScreen, servingScreen } from '../screens/serve-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** `serve`: until Ctrl-C or SIGTERM. What runs is said once it does, and its end once it is in the log. */
export async function serve(shell: Shell): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    await serveWorkspace(workspace, {
      signal: shell.signal,
      onStart: (serving) => {
        shell.print(servingScreen(serving, shell));
        shell.document(serveDocument(serving));
      },
    });
    shell.print(servedScreen(shell));
    shell.document(servedDocument(workspace.clock.now()));
  });
}
