import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import type { NewFolder, NewFolders } from '../../exchange/workspace/new-folders.ts';
import { syncDirectory } from './atomic-write.ts';
import { errnoOf } from './errno.ts';
import { nameAtWork, removeLeftovers } from './own-leftovers.ts';
import { namesIfThere } from './read-if-there.ts';
import { isThere } from './take-name.ts';
import { workspaceDirectories } from './workspace-directory.ts';

/** Folders that people asked for by name, relative to where they stand; at first they are empty. */
export const newFolders: NewFolders = { begin: (given) => beginFolder(given, []) };

/** As `newFolders`, with the folders of an empty workspace. */
export const newWorkspaceFolders: NewFolders = {
  begin: (given) => beginFolder(given, workspaceDirectories),
};

async function beginFolder(given: string, parts: readonly string[]): Promise<NewFolder> {
  const path = resolve(given);
  const [directory, name] = [dirname(path), basename(path)];
  return guarded(given, async () => {
    if (await isThere(path)) throw new WorkspaceFault('file-exists', { file: given });
    await removeLeftovers(directory, await namesIfThere(directory), name);
    const hidden = join(directory, nameAtWork(name));
    await mkdir(hidden, { mode: 0o700 });
    for (const part of parts) {
      await mkdir(join(hidden, part), { recursive: true, mode: 0o700 });
    }
    return new HiddenFolder(hidden, path, parts);
  });
}

class HiddenFolder implements NewFolder {
  readonly hidden: string;
  readonly #path: string;
  readonly #directories: Set<string>;
  #isOpen = true;

  constructor(hidden: string, path: string, parts: readonly string[]) {
    this.hidden = hidden;
    this.#path = path;
    this.#directories = new Set(['', ...parts].map((part) => join(hidden, part)));
  }

  async write(
    path: string,
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): Promise<void> {
    const file = join(this.hidden, path);
    const directory = dirname(file);
    const handle = await guarded(path, async () => {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      return open(file, 'wx', 0o600);
    });
    for (let at = directory; at !== this.hidden; at = dirname(at)) this.#directories.add(at);
    try {
      for await (const chunk of chunks) await guarded(path, () => handle.writeFile(chunk));
      await guarded(path, () => handle.sync());
    } finally {
      await handle.close();
    }
  }

  async publish(): Promise<void> {
    await guarded(basename(this.#path), async () => {
      for (const directory of this.#directories) await syncDirectory(directory);
      // rename(2) would put it over an empty folder.
      if (await isThere(this.#path)) {
        throw new WorkspaceFault('file-exists', { file: basename(this.#path) });
      }
      await rename(this.hidden, this.#path);
      this.#isOpen = false;
      await syncDirectory(dirname(this.#path));
    });
  }

  async discard(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await rm(this.hidden, { recursive: true, force: true });
  }
}

async function guarded<T>(file: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof WorkspaceFault) throw error;
    const reason = errnoOf(error);
    const isFull = reason === 'ENOSPC' || reason === 'EDQUOT';
    throw new WorkspaceFault(isFull ? 'disk-full' : 'file-write-failed', { file, reason }, error);
  }
}
