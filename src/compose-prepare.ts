import { CardProcessClient } from './cde/card-process-client.ts';
import type { OpenOptions, Workspace } from './compose.ts';
import type { passphrasesFor } from './compose-passphrases.ts';
import { WorkspaceDirectory } from './edge/files/workspace-directory.ts';

/**
 * Opens a workspace for a prepare. The process that will see the card numbers is started first, with the passphrase
 * where nobody has to be asked for it, so that it loads and stretches while this one does. It ends with the workspace.
 *
 * Throws as `openWorkspace`; then no process is left.
 */
export async function openForPrepare(
  directory: string,
  options: Omit<OpenOptions, 'callSheets'> & {
    readonly passphrases: ReturnType<typeof passphrasesFor>;
    /** Whether one of the sources is standard input. */
    readonly readsStandardInput: boolean;
  },
): Promise<Workspace> {
  const cardProcess = new CardProcessClient(options.openedKey);
  try {
    const passphrase = await options.passphrases.readAhead('workspace');
    const places = new WorkspaceDirectory(directory);
    // Most workspaces have the key that `init` made; where another followed it, that one is opened with the job.
    const likely = {
      workspaceKeyPath: places.workspaceKeyPath,
      openpgpKeys: [{ path: places.openpgpKeyPath(1) }],
    };
    const sent = cardProcess.startAhead(options.readsStandardInput, likely, passphrase);
    // A process that died before it took them is told by `prepare`, which misses its answer.
    const forget = (): void => void passphrase?.fill(0);
    void sent.then(forget, forget);
    const { openWorkspace } = await import('./compose.ts');
    return await openWorkspace(directory, {
      ...options,
      cardProcess,
      // Nothing is handed over by hand here.
      callSheets: () => [],
    });
  } catch (error) {
    await cardProcess.close();
    throw error;
  }
}
