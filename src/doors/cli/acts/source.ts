import { listSources } from '../../../exchange/arrivals/list-sources.ts';
import { sourcesDocument } from '../outputs/sources.ts';
import { sourceListScreen } from '../screens/source-list-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** `source list`. */
export async function listBrought(shell: Shell): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const listed = await listSources(workspace);
    shell.print(sourceListScreen(listed, shell));
    shell.document(sourcesDocument(listed));
  });
}
