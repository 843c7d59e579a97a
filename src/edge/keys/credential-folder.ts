import { createHash } from 'node:crypto';
import { readFile, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { CredentialFiles, MadeCredential } from '../../exchange/keys/create-credential.ts';
import { syncDirectory } from '../files/atomic-write.ts';
import { errnoOf } from '../files/errno.ts';
import { readCredentialFile, wrapCredential } from './credential-file.ts';
import { readKeyFile, unlockKeyFile } from './key-file.ts';

/** What a workspace keeps of its credential: one file beside its key (port `CredentialFiles`). */
export class CredentialFolder implements CredentialFiles {
  readonly path: string;
  readonly #workspaceKeyPath: string;

  constructor(path: string, workspaceKeyPath: string) {
    this.path = path;
    this.#workspaceKeyPath = workspaceKeyPath;
  }

  async digest(): Promise<string | undefined> {
    try {
      return createHash('sha256')
        .update(await readFile(this.path))
        .digest('hex');
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  async find(): Promise<{ readonly createdAt: Date } | undefined> {
    try {
      const { createdAt } = await readCredentialFile(this.path);
      return { createdAt: new Date(createdAt) };
    } catch (error) {
      if ((error as { readonly code?: unknown }).code === 'credential-none') return undefined;
      throw error;
    }
  }

  async make(passphrase: Uint8Array, at: Date): Promise<MadeCredential> {
    const keyFile = await readKeyFile(this.#workspaceKeyPath);
    const key = await unlockKeyFile(keyFile, passphrase);
    try {
      return wrapCredential(keyFile.workspace, at, { key, passphrase });
    } finally {
      key.fill(0);
    }
  }

  async remove(): Promise<void> {
    await unlink(this.path);
    await syncDirectory(dirname(this.path));
  }
}
