import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { errnoOf } from './errno.ts';
import { takeName } from './take-name.ts';

export interface AtomicWriteOptions {
  /** Permission bits before the umask. Default 0600. */
  readonly mode?: number;
  /** `false` refuses to replace a file that is already there. Default `true`. */
  readonly replace?: boolean;
}

/**
 * Writes a file so that readers, and a machine that lost power, find the old content or the new one, never a part:
 * a new hidden file in the same directory, synced, renamed, and the directory synced. Whatever fails, the hidden
 * file is gone afterwards.
 *
 * @throws WorkspaceFault `disk-full`, `file-exists` (only with `replace: false`), `file-write-failed`
 */
export async function writeFileAtomically(
  path: string,
  content: Uint8Array | string,
  options: AtomicWriteOptions = {},
): Promise<void> {
  const directory = dirname(path);
  const hidden = join(directory, `.${basename(path)}.${randomBytes(8).toString('hex')}.tmp`);
  try {
    await writeNew(hidden, content, options.mode ?? 0o600);
    try {
      if (options.replace === false) await takeName(hidden, path);
      else await rename(hidden, path);
    } finally {
      await removeIfThere(hidden);
    }
    await syncDirectory(directory);
  } catch (error) {
    throw faultOf(path, error);
  }
}

async function writeNew(path: string, content: Uint8Array | string, mode: number): Promise<void> {
  const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants;
  const handle = await open(path, O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY, mode);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } catch (error) {
    await removeIfThere(path);
    throw error;
  } finally {
    await handle.close();
  }
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}

/**
 * Makes a directory of ours, and those above it, for their owner alone; one that is there stays as it is.
 *
 * @throws WorkspaceFault `disk-full`, `file-exists` (something else has its name), `file-write-failed`
 */
export async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw faultOf(path, error);
  }
}

/** Makes names in a directory survive a power loss. */
export async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What the system refused, as a fault of the workspace. */
export function faultOf(path: string, error: unknown): WorkspaceFault {
  const reason = errnoOf(error);
  if (reason === 'ENOSPC' || reason === 'EDQUOT') {
    return new WorkspaceFault('disk-full', { file: path }, error);
  }
  if (reason === 'EEXIST') return new WorkspaceFault('file-exists', { file: path }, error);
  return new WorkspaceFault('file-write-failed', { file: path, reason }, error);
}
