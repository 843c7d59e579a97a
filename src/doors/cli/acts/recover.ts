import { approveRecovery } from '../../../exchange/audit/approve-recovery.ts';
import { requestRecovery } from '../../../exchange/audit/recover-log.ts';
import { officerProof, reasonOf } from '../invocation.ts';
import { recoveryApprovalDocument, recoveryRequestDocument } from '../outputs/recovery.ts';
import { recoveryApprovalScreen, recoveryRequestScreen } from '../screens/recovery-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** `audit recover` without a digest: the request. */
export async function askToRecover(shell: Shell): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const { as: officer = '' } = shell.options;
    const proof = await officerProof(shell.options, workspace);
    const request = { officer: shell.options.as, proof, reason: reasonOf(shell.options) };
    const made = await requestRecovery(workspace, request);
    shell.print(recoveryRequestScreen({ made, by: officer }, shell));
    shell.document(recoveryRequestDocument(made));
  });
}

/** `audit recover DIGEST`: the second officer, and what follows. */
export async function approveToRecover(shell: Shell, digest: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const { as: officer = '' } = shell.options;
    const proof = await officerProof(shell.options, workspace);
    const request = { officer: shell.options.as, proof, digest };
    const made = await approveRecovery(workspace, request);
    shell.print(recoveryApprovalScreen({ made, by: officer }, shell));
    shell.document(recoveryApprovalDocument(made));
  });
}
