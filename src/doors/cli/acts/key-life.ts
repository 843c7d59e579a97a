import type { SftpKeyKind } from '../../../exchange/own-keys.ts';
import { retireSftpKey, rotateSftpKey } from '../../../exchange/rotate-key.ts';
import { reasonOf } from '../invocation.ts';
import { keyRetireDocument, keyRotateDocument } from '../outputs/key-life.ts';
import { keyRetireScreen, keyRotateScreen } from '../screens/key-life-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** `key rotate --sftp`. */
export async function rotate(shell: Shell, kind: SftpKeyKind): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const request = { kind, officer: shell.options.as, reason: reasonOf(shell.options) };
    const rotated = await rotateSftpKey(workspace, request, () => workspace.openSecrets());
    shell.print(keyRotateScreen(rotated, shell));
    shell.document(keyRotateDocument(rotated));
  });
}

/** `key retire --sftp`. */
export async function retire(shell: Shell): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const request = { officer: shell.options.as, reason: reasonOf(shell.options) };
    const retired = await retireSftpKey(workspace, request);
    shell.print(keyRetireScreen(retired, shell));
    shell.document(keyRetireDocument(retired));
  });
}
