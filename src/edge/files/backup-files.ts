import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readdir, realpath } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';

import { BACKUP_ROOTS, DATABASE_PATH, isBackupPath } from '../../domain/backup/backup-path.ts';
import { BackupFault } from '../../domain/backup/errors.ts';
import { FILE_BYTES_MAX } from '../../domain/backup/manifest.ts';
import type { WorkspaceFile } from '../../exchange/backup/backup-files.ts';
import { keyPaths } from './workspace-directory.ts';

const chunkBytes = 256 * 1024;
/** SQLite's own beside the database; a snapshot has all that is in them. */
const besideDatabase = /^data\/mimamori\.db(?:-wal|-shm|-journal)?$/;

/** A credential belongs to a machine; and one that was revoked would be good again in whatever is restored. */
const notBackedUp = keyPaths.credential;

/** The files of a workspace, but for its database, as a backup reads them. */
export class WorkspaceFiles {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async list(): Promise<readonly WorkspaceFile[]> {
    const paths: string[] = [];
    for (const folder of BACKUP_ROOTS) await this.#collect(folder, paths);
    const found: WorkspaceFile[] = [];
    for (const path of paths.sort()) found.push(await this.#measure(path));
    return found;
  }

  async leftOut(): Promise<readonly string[]> {
    const names = await readdir(this.#root);
    const others = names.filter((name) => !BACKUP_ROOTS.some((root) => root === name));
    const keys = await readdir(join(this.#root, dirname(notBackedUp)));
    const isThere = keys.includes(basename(notBackedUp));
    return [...others, ...(isThere ? [notBackedUp] : [])].sort();
  }

  async *read(path: string): AsyncGenerator<Uint8Array> {
    yield* readFile(await this.#open(path));
  }

  async holds(path: string): Promise<boolean> {
    const [root, given] = [await realpath(this.#root), await realpath(path).catch(() => path)];
    const way = relative(root, given);
    return way !== '..' && !way.startsWith('../');
  }

  async #collect(folder: string, into: string[]): Promise<void> {
    const entries = await readdir(join(this.#root, folder), { withFileTypes: true });
    for (const entry of entries) {
      const path = `${folder}/${entry.name}`;
      if (entry.name.startsWith('.') || besideDatabase.test(path) || path === notBackedUp) continue;
      if (entry.isDirectory()) await this.#collect(path, into);
      else if (entry.isFile() && isBackupPath(path)) into.push(path);
      else throw new BackupFault('backup-odd-file', { path });
    }
  }

  async #measure(path: string): Promise<WorkspaceFile> {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of this.read(path)) {
      hash.update(chunk);
      bytes += chunk.length;
      if (bytes > FILE_BYTES_MAX) throw new BackupFault('backup-odd-file', { path });
    }
    return { path, bytes, sha256: hash.digest('hex') };
  }

  async #open(path: string): Promise<FileHandle> {
    const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
    try {
      return await open(join(this.#root, path), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    } catch (error) {
      throw new BackupFault('backup-changed', { path }, error);
    }
  }
}

/** The bytes of an open file, which is closed in the end. */
export async function* readFile(handle: FileHandle): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(chunkBytes);
  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** Where the database lies in a workspace. */
export function databaseIn(root: string): string {
  return join(root, DATABASE_PATH);
}
