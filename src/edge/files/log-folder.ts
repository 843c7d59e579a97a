import { constants } from 'node:fs';
import { open, opendir } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import type { LogFolder, LogFolders } from '../../exchange/audit/log-folders.ts';
import { errnoOf } from './errno.ts';

/** What is not there, or no regular file: a missing file, a link, a directory, a device. */
const nothing = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR', 'ENXIO']);

/** Directories named on the command line, relative to where the person stands. */
export const logFolders: LogFolders = { open: (directory) => new ReadFolder(directory) };

class ReadFolder implements LogFolder {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async read(path: string, bytesMax: number): Promise<Uint8Array | undefined> {
    try {
      // Without waiting for the other end of a named pipe.
      const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;
      const handle = await open(join(this.#root, path), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
      try {
        const found = await handle.stat();
        if (!found.isFile() || found.size > bytesMax) return undefined;
        const bytes = new Uint8Array(found.size);
        const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
        return bytesRead === bytes.length ? bytes : undefined;
      } finally {
        await handle.close();
      }
    } catch (error) {
      if (nothing.has(errnoOf(error))) return undefined;
      throw unreadable(path, error);
    }
  }

  async *paths(): AsyncGenerator<string> {
    yield* this.#below('');
  }

  async *#below(folder: string): AsyncGenerator<string> {
    try {
      for await (const entry of await opendir(join(this.#root, folder))) {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory()) yield* this.#below(path);
        else yield path;
      }
    } catch (error) {
      if (error instanceof WorkspaceFault) throw error;
      throw unreadable(folder === '' ? this.#root : folder, error);
    }
  }
}

function unreadable(path: string, error: unknown): WorkspaceFault {
  const about = { file: basename(path), reason: errnoOf(error) };
  return new WorkspaceFault('input-unreadable', about, error);
}
