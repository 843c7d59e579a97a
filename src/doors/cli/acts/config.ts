import { approveConfiguration } from '../../../exchange/configuration/approve-configuration.ts';
import { configurationDifference } from '../../../exchange/configuration/configuration-proposal.ts';
import { dropConfiguration } from '../../../exchange/configuration/drop-configuration.ts';
import { proposeConfiguration } from '../../../exchange/configuration/propose-configuration.ts';
import { showConfiguration } from '../../../exchange/configuration/show-configuration.ts';
import { signedHistory } from '../../../exchange/configuration/signed-history.ts';
import { officerProof, reasonOf } from '../invocation.ts';
import {
  configApproveDocument,
  configDiffDocument,
  configDropDocument,
  configHistoryDocument,
  configProposeDocument,
  configShowDocument,
} from '../outputs/config.ts';
import {
  configApproveScreen,
  configDiffScreen,
  configDropScreen,
  configHistoryScreen,
  configProposeScreen,
  configShowScreen,
} from '../screens/config-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** As commander hands them over. */
export interface ApproveOptions {
  readonly emergency?: boolean;
}

/** `config diff`. */
export async function showDifference(shell: Shell): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const found = await configurationDifference(workspace);
    shell.print(configDiffScreen(found, shell));
    shell.document(configDiffDocument(found));
    if (found.changes.length > 0) shell.setStatus(1);
  });
}

/** `config propose`. */
export async function propose(shell: Shell): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const proof = await officerProof(shell.options, workspace);
    const made = await proposeConfiguration(workspace, { officer: shell.options.as, proof });
    const by = shell.options.as ?? '';
    shell.print(configProposeScreen({ made, by }, shell));
    shell.document(configProposeDocument(made));
  });
}

/** `config show`. */
export async function showVersion(shell: Shell, digest: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const shown = await showConfiguration(workspace, digest);
    shell.print(configShowScreen(shown, shell));
    shell.document(configShowDocument(shown));
  });
}

/** `config approve`. */
export async function approve(
  shell: Shell,
  digest: string,
  options: ApproveOptions,
): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const proof = await officerProof(shell.options, workspace);
    const made = await approveConfiguration(workspace, {
      configuration: digest,
      officer: shell.options.as,
      isEmergency: options.emergency === true,
      reason: reasonOf(shell.options),
      proof,
    });
    const by = shell.options.as ?? '';
    const now = workspace.clock.now();
    shell.print(configApproveScreen({ made, by, now }, shell));
    shell.document(configApproveDocument(made));
  });
}

/** `config drop`. */
export async function drop(shell: Shell, digest: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const dropped = await dropConfiguration(workspace, {
      configuration: digest,
      officer: shell.options.as,
      reason: reasonOf(shell.options),
    });
    shell.print(configDropScreen(dropped, shell));
    shell.document(configDropDocument(dropped));
  });
}

/** `config history`. */
export async function showHistory(shell: Shell): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const history = await signedHistory(workspace);
    shell.print(configHistoryScreen(history, shell));
    shell.document(configHistoryDocument(history));
  });
}
