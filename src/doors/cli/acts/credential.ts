import { dirname } from 'node:path';

import { createCredential, revokeCredential } from '../../../exchange/keys/create-credential.ts';
import { reasonOf } from '../invocation.ts';
import { credentialCreateDocument, credentialRevokeDocument } from '../outputs/credential.ts';
import { credentialCreateScreen, credentialRevokeScreen } from '../screens/credential-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** `credential create`. */
export async function create(shell: Shell, output: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const by = { officer: shell.options.as, reason: reasonOf(shell.options) };
    await createCredential(workspace, { ...by, output, directory: dirname(output) });
    shell.print(credentialCreateScreen(output, shell));
    shell.document(credentialCreateDocument(output));
  });
}

/** `credential revoke`. */
export async function revoke(shell: Shell): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    await revokeCredential(workspace, {
      officer: shell.options.as,
      reason: reasonOf(shell.options),
    });
    shell.print(credentialRevokeScreen(shell));
    shell.document(credentialRevokeDocument());
  });
}
