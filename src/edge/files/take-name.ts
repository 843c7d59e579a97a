import { link, lstat, rename, unlink } from 'node:fs/promises';

import { errnoOf } from './errno.ts';

/** What file systems without hard links answer, as on USB sticks. */
const linkless = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP']);

/**
 * Gives a file its final name, never over another one: rename(2) overwrites and link(2) does not. Where there are no
 * links it is a look and a rename. Rejects with the system's error, `EEXIST` for a name that is taken; the file then
 * still has its first name.
 */
export async function takeName(temporary: string, final: string): Promise<void> {
  try {
    await link(temporary, final);
  } catch (error) {
    if (!linkless.has(errnoOf(error))) throw error;
    if (await isThere(final)) throw Object.assign(new Error('name taken'), { code: 'EEXIST' });
    await rename(temporary, final);
    return;
  }
  await unlink(temporary);
}

/** Whatever it is; a link counts as itself. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}
