import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';

import { PersonsWordFault } from '../../domain/handoff/word-errors.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { errnoOf } from './errno.ts';

/**
 * Reads a file that backs a person's word. Only a regular file, named directly: behind a link something else could
 * stand later, and a pipe could be read once only.
 *
 * Throws `evidence-not-a-file`, `input-missing`, `input-unreadable`, `input-too-large`.
 */
export async function readEvidence(path: string, bytesMax: number): Promise<Uint8Array> {
  const file = basename(path);
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  try {
    // Without O_NONBLOCK opening a named pipe that nobody writes to would wait for ever.
    const handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      return await readWhole(handle, file, bytesMax);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof PersonsWordFault || error instanceof WorkspaceFault) throw error;
    const reason = errnoOf(error);
    if (reason === 'ELOOP') throw new PersonsWordFault('evidence-not-a-file', { file });
    const code = reason === 'ENOENT' ? 'input-missing' : 'input-unreadable';
    throw new WorkspaceFault(code, { file, reason }, error);
  }
}

async function readWhole(handle: FileHandle, file: string, bytesMax: number): Promise<Uint8Array> {
  const status = await handle.stat();
  if (!status.isFile()) throw new PersonsWordFault('evidence-not-a-file', { file });
  if (status.size > bytesMax) throw new WorkspaceFault('input-too-large', { file, bytesMax });
  return new Uint8Array(await handle.readFile());
}
