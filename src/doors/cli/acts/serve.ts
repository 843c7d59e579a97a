import { serveWorkspace } from '../../../exchange/serve/serve-workspace.ts';
import { serveDocument } from '../outputs/serve.ts';
import { servingScreen } from '../screens/serve-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** `serve`: until Ctrl-C or SIGTERM. What runs is said once it does. */
export async function serve(shell: Shell): Promise<void> {
  await withWorkspace(shell, (workspace) =>
    serveWorkspace(workspace, {
      signal: shell.signal,
      onStart: (serving) => {
        shell.print(servingScreen(serving, shell));
        shell.document(serveDocument(serving));
      },
    }),
  );
}
