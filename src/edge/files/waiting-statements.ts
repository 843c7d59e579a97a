import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { writeFileAtomically } from './atomic-write.ts';
import { errnoOf } from './errno.ts';

/** Statements of commands that wait for a signature made elsewhere, in a folder of the workspace. */
export class WaitingStatements {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(name: string, statement: Uint8Array): Promise<string> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const path = join(this.#folder, name);
    await writeFileAtomically(path, statement);
    return path;
  }

  async list(): Promise<readonly { name: string; statement: Uint8Array }[]> {
    const found: { name: string; statement: Uint8Array }[] = [];
    for (const name of await this.#names()) {
      found.push({ name, statement: new Uint8Array(await readFile(join(this.#folder, name))) });
    }
    return found;
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.#folder, name), { force: true });
  }

  async #names(): Promise<string[]> {
    try {
      const names = await readdir(this.#folder);
      return names.filter((name) => name.endsWith('.json')).sort();
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return [];
      throw error;
    }
  }
}
