import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { isAnchorName } from '../../domain/audit/anchor.ts';
import type { AnchorFile } from '../../domain/audit/anchor.ts';
import { isRecoveryPart, recoveryPart } from '../../domain/audit/log-recovery.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import type { Anchor } from '../../exchange/audit/anchor.ts';
import { writeFileAtomically } from './atomic-write.ts';
import { errnoOf } from './errno.ts';

/**
 * Checkpoints as files of a directory outside the workspace, created and never overwritten (docs/formats/anchor.md).
 * Those of a recovered log lie in a directory of their own below it.
 */
export class AnchorDirectory implements Anchor {
  readonly isConfigured: boolean;
  readonly #directory: string | undefined;

  constructor(directory: string | undefined) {
    this.#directory = directory;
    this.isConfigured = directory !== undefined;
  }

  async names(origin: string): Promise<readonly string[]> {
    const directory = this.#directoryOf(origin);
    return directory === undefined ? [] : (await namesOf(directory)).filter(isAnchorName).sort();
  }

  async read(origin: string, name: string): Promise<AnchorFile> {
    try {
      const bytes = await readFile(join(this.#directoryOf(origin)!, name));
      return { name, bytes: new Uint8Array(bytes) };
    } catch (error) {
      throw unreadable(error);
    }
  }

  async recoveries(): Promise<readonly string[]> {
    if (this.#directory === undefined) return [];
    return (await namesOf(this.#directory)).filter(isRecoveryPart);
  }

  async put(origin: string, file: AnchorFile): Promise<void> {
    const directory = this.#directoryOf(origin);
    if (directory === undefined) return;
    await mkdir(directory, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
      throw new WorkspaceFault(
        'file-write-failed',
        { file: 'anchor', reason: errnoOf(cause) },
        cause,
      );
    });
    const path = join(directory, file.name);
    try {
      await writeFileAtomically(path, file.bytes, { replace: false });
    } catch (error) {
      if (!(error instanceof WorkspaceFault) || error.code !== 'file-exists') throw error;
      // The same checkpoint signed again has the same bytes; others under its name are a fork.
      const there = await readFile(path);
      if (!there.equals(file.bytes)) throw error;
    }
  }

  #directoryOf(origin: string): string | undefined {
    if (this.#directory === undefined) return undefined;
    const part = recoveryPart(origin);
    return part === undefined ? this.#directory : join(this.#directory, part);
  }
}

async function namesOf(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw unreadable(error);
  }
}

function unreadable(error: unknown): WorkspaceFault {
  return new WorkspaceFault('config-unreadable', { file: 'anchor', reason: errnoOf(error) }, error);
}
