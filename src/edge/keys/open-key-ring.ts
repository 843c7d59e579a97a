import type { KeyRing } from '../../exchange/key-ring.ts';
import { createKeyFile, openKeyFile } from './key-file.ts';
import { WorkspaceKeyRing } from './workspace-key-ring.ts';

/**
 * Makes the key file of a new workspace and opens its key ring. The passphrase stays the caller's to zero.
 * Throws as `createKeyFile`.
 */
export async function createKeyRing(
  file: string,
  workspace: string,
  passphrase: Uint8Array,
): Promise<KeyRing> {
  return new WorkspaceKeyRing(workspace, await createKeyFile(file, workspace, passphrase));
}

/**
 * Opens the key ring of a workspace, about half a second of work. The passphrase stays the caller's to zero; the
 * caller destroys the ring after use. Throws as `openKeyFile`.
 */
export async function openKeyRing(
  file: string,
  workspace: string,
  passphrase: Uint8Array,
): Promise<KeyRing> {
  return new WorkspaceKeyRing(workspace, await openKeyFile(file, workspace, passphrase));
}
