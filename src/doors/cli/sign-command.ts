import type { Workspace } from '../../compose.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import type { OfficerProof } from '../../exchange/acts/sign-statement.ts';
import { standBehind } from '../../exchange/acts/stand-behind.ts';
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
  const proof = await officerProof(options, workspace);
  assertSignedHere(command, proof);
  const read = (path: string, bytesMax: number): Promise<Uint8Array> =>
    workspace.documents.take(path, bytesMax);
  const line = await commandLineOf(command, reasonOf(options), read);
  const officer = options.as;
  const signed = await standBehind(workspace, { line, officer, proof, isRequired });
  if (signed !== undefined) workspace.clock.signedAs(signed);
}

/**
 * A file that may hold card numbers is not opened here, so a statement cannot bind what is in it: a signature that was
 * made before and elsewhere would be good for any file under its name. Only a key used now is taken.
 */
function assertSignedHere(command: RunningCommand, proof: OfficerProof | undefined): void {
  if (command.standing !== 'sealed' || Object.keys(command.files).length === 0) return;
  if (proof?.by !== 'key') {
    throw new DecisionFault('officer-key-required', { act: command.name });
  }
}

/** What was signed is done: what follows in the same run stands for itself. */
export function endSigned({ clock, documents }: Workspace): void {
  clock.signedAs(undefined);
  documents.forget();
}

/** Whether changes need their officer's signature: in a live workspace, since two officers put a configuration in force. */
export async function needsSignature({ facts, configuration }: Workspace): Promise<boolean> {
  return facts.mode === 'live' && (await configuration.load()).isApproved;
}
