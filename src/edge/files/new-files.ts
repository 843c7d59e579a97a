import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import type { NewFile, NewFiles } from '../../exchange/workspace/new-files.ts';
import { syncDirectory } from './atomic-write.ts';
import { errnoOf } from './errno.ts';
import { isThere, takeName } from './take-name.ts';

/** Files that people asked for by name, relative to where they stand. */
export const newFiles: NewFiles = {
  async begin(path) {
    const file = basename(path);
    const hidden = join(dirname(path), `.${file}.${randomBytes(8).toString('hex')}.tmp`);
    return guarded(file, async () => {
      if (await isThere(path)) throw new WorkspaceFault('file-exists', { file });
      const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants;
      const handle = await open(hidden, O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY, 0o600);
      return new HiddenFile(handle, hidden, path);
    });
  },
};

class HiddenFile implements NewFile {
  readonly #handle: FileHandle;
  readonly #hidden: string;
  readonly #path: string;
  #isOpen = true;

  constructor(handle: FileHandle, hidden: string, path: string) {
    this.#handle = handle;
    this.#hidden = hidden;
    this.#path = path;
  }

  async write(bytes: Uint8Array): Promise<void> {
    await guarded(basename(this.#path), () => this.#handle.writeFile(bytes));
  }

  async publish(): Promise<void> {
    await guarded(basename(this.#path), async () => {
      await this.#handle.sync();
      await takeName(this.#hidden, this.#path);
      this.#isOpen = false;
      await this.#handle.close();
      await syncDirectory(dirname(this.#path));
    });
  }

  async discard(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#handle.close();
    await unlink(this.#hidden);
  }
}

async function guarded<T>(file: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof WorkspaceFault) throw error;
    const reason = errnoOf(error);
    if (reason === 'EEXIST') throw new WorkspaceFault('file-exists', { file }, error);
    const isFull = reason === 'ENOSPC' || reason === 'EDQUOT';
    throw new WorkspaceFault(isFull ? 'disk-full' : 'file-write-failed', { file, reason }, error);
  }
}
