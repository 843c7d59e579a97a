import { open } from 'node:fs/promises';
import { basename } from 'node:path';

import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import type { InputFiles } from '../../exchange/sources/input-files.ts';
import { writeFileAtomically } from './atomic-write.ts';
import { errnoOf } from './errno.ts';
import { readSecretFile } from './secret-file.ts';

/** Files named on the command line, relative to where the person stands. */
export const inputFiles: InputFiles = {
  async read(path, bytesMax) {
    const file = basename(path);
    try {
      const handle = await open(path, 'r');
      try {
        // One byte more than allowed tells a longer file without reading it.
        const buffer = new Uint8Array(bytesMax + 1);
        let filled = 0;
        for (;;) {
          const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, null);
          if (bytesRead === 0) break;
          filled += bytesRead;
          if (filled > bytesMax) throw new WorkspaceFault('input-too-large', { file, bytesMax });
        }
        return buffer.slice(0, filled);
      } finally {
        await handle.close();
      }
    } catch (error) {
      if (error instanceof WorkspaceFault) throw error;
      const reason = errnoOf(error);
      throw new WorkspaceFault(
        reason === 'ENOENT' ? 'input-missing' : 'input-unreadable',
        { file, reason },
        error,
      );
    }
  },
  readSecret: (path) => readSecretFile(path),
  write: (path, bytes) => writeFileAtomically(path, bytes, { replace: false }),
};
