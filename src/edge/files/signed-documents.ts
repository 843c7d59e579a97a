import { resolve } from 'node:path';

import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import type { TableReader } from '../../exchange/configuration/configuration.ts';
import type { InputFiles } from '../../exchange/sources/input-files.ts';
import { inputFiles } from './input-folder.ts';
import { readEvidence } from './evidence-file.ts';
import { parseToml } from './toml-file.ts';
import { tomlReader } from './toml-reader.ts';

/**
 * Documents as they were when their officer signed a command about them. Whatever reads one of them afterwards gets these
 * bytes: between the signature and the act somebody could put another content under the name.
 */
export class SignedDocuments {
  readonly #kept = new Map<string, Uint8Array>();

  /** Reads a document that is about to be signed, and keeps it. Throws what `InputFiles.read` throws. */
  async take(path: string, bytesMax: number): Promise<Uint8Array> {
    const bytes = await inputFiles.read(path, bytesMax);
    this.#kept.set(resolve(path), bytes);
    return bytes;
  }

  /** What was signed is done. */
  forget(): void {
    this.#kept.clear();
  }

  readonly inputs: InputFiles = {
    ...inputFiles,
    read: async (path, bytesMax) => {
      const kept = this.#kept.get(resolve(path));
      return kept === undefined ? inputFiles.read(path, bytesMax) : copyOf(kept, path, bytesMax);
    },
  };

  readonly tables: TableReader = {
    read: (path, schema) => {
      const kept = this.#kept.get(resolve(path));
      if (kept === undefined) return tomlReader.read(path, schema);
      return Promise.resolve().then(() => parseToml(textOf(kept, path), schema, path));
    },
  };

  /** As `readEvidence`, which also judges what kind of file it is. */
  readonly readEvidence = async (path: string, bytesMax: number): Promise<Uint8Array> => {
    const found = await readEvidence(path, bytesMax);
    const kept = this.#kept.get(resolve(path));
    return kept === undefined ? found : copyOf(kept, path, bytesMax);
  };
}

function copyOf(kept: Uint8Array, file: string, bytesMax: number): Uint8Array {
  if (kept.length > bytesMax) throw new WorkspaceFault('input-too-large', { file, bytesMax });
  return kept.slice();
}

function textOf(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new WorkspaceFault('config-unreadable', { file, reason: 'not-utf-8' }, error);
  }
}
