import { unlink } from 'node:fs/promises';

/** Removes the private half of a key, if it is there; whether it was. */
export async function removeKeyFile(path: string): Promise<boolean> {
  try {
    await unlink(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return false;
  }
}
