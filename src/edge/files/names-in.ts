import { readdir } from 'node:fs/promises';

import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { errnoOf } from './errno.ts';

/**
 * Names in a directory, in no order; none where it is not there. One that cannot be read is not an empty one: throws
 * WorkspaceFault `config-unreadable`.
 */
export async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    const reason = errnoOf(error);
    if (reason === 'ENOENT') return [];
    throw new WorkspaceFault('config-unreadable', { file: directory, reason }, error);
  }
}
