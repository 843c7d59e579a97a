import type { KeyRing } from '../../exchange/keys/key-ring.ts';
import { KeyFault } from './errors.ts';
import { createKeyFile, readKeyFile, unlockKeyFile } from './key-file.ts';
import type { KeyFile } from './key-file.ts';
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
 * caller destroys the ring after use. Throws as `readLockedKeyRing` and its `unlock`, and `key-file-other-workspace`.
 */
export async function openKeyRing(
  file: string,
  workspace: string,
  passphrase: Uint8Array,
): Promise<KeyRing> {
  const locked = await readLockedKeyRing(file);
  locked.assertOf(workspace);
  return locked.unlock(passphrase);
}

/**
 * Opens the key ring of a workspace with the key itself, as a credential brings it; the ring owns it then. Throws as
 * `readLockedKeyRing`, and `key-file-other-workspace`.
 */
export async function openKeyRingBy(
  file: string,
  workspace: string,
  key: Uint8Array,
): Promise<KeyRing> {
  const locked = await readLockedKeyRing(file);
  locked.assertOf(workspace);
  return locked.openBy(key);
}

/** Reads the key file of a workspace without opening it. Throws as `readKeyFile`. */
export async function readLockedKeyRing(file: string): Promise<LockedKeyRing> {
  return new LockedKeyRing(await readKeyFile(file));
}

/** A key ring to be opened by a process that learns only later for which workspace. */
export class LockedKeyRing {
  readonly #keyFile: KeyFile;

  constructor(keyFile: KeyFile) {
    this.#keyFile = keyFile;
  }

  /** Throws `key-file-other-workspace`. */
  assertOf(workspace: string): void {
    const { file } = this.#keyFile;
    if (this.#keyFile.workspace !== workspace) {
      throw new KeyFault('key-file-other-workspace', { file, workspace });
    }
  }

  /** Half a second of work in another thread, under way when this returns. Throws as `unlockKeyFile`. */
  async unlock(passphrase: Uint8Array): Promise<KeyRing> {
    const key = await unlockKeyFile(this.#keyFile, passphrase);
    return this.openBy(key);
  }

  /** With the key itself, which the ring owns from then on. */
  openBy(key: Uint8Array): KeyRing {
    return new WorkspaceKeyRing(this.#keyFile.workspace, key);
  }
}
