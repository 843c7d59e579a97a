import type { Workspace } from '../../compose.ts';
import { standBehind } from '../../exchange/stand-behind.ts';
import { officerProof, reasonOf } from './invocation.ts';
import type { GlobalOptions } from './invocation.ts';
import { commandLineOf } from './running-command.ts';
import type { RunningCommand } from './running-command.ts';

/**
 * Before a command changes anything: its officer signs it, where they gave a key or a signature, and always in a live
 * workspace since two officers put its configuration in force. From then on every leaf names what they signed. Throws
 * what `standBehind` throws.
 */
export async function signCommand(
  options: GlobalOptions,
  command: RunningCommand,
  workspace: Workspace,
): Promise<void> {
  const isRequired = await needsSignature(workspace);
  if (!isRequired && options.officerKey === undefined && options.signature === undefined) return;
  const line = await commandLineOf(command, reasonOf(options), workspace.inputs);
  const proof = await officerProof(options, workspace.inputs, workspace.passphrases);
  const officer = options.as;
  const signed = await standBehind(workspace, { line, officer, proof, isRequired });
  if (signed !== undefined) workspace.clock.signedAs(signed);
}

/** Whether changes need their officer's signature: in a live workspace, since two officers put a configuration in force. */
export async function needsSignature({ facts, configuration }: Workspace): Promise<boolean> {
  return facts.mode === 'live' && (await configuration.load()).isApproved;
}
