import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { writeFileAtomically } from './atomic-write.ts';
import { errnoOf } from './errno.ts';

interface Waiting {
  readonly statement: Uint8Array;
  readonly said: Uint8Array;
}

/**
 * Statements of commands that wait for a signature made elsewhere, in a folder of the workspace: `NAME.json`, and
 * `NAME.said.json`, which it names by digest.
 */
export class WaitingStatements {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Returns the path of the statement. */
  async put(name: string, { statement, said }: Waiting): Promise<string> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const [path, beside] = this.#pathsOf(name);
    await writeFileAtomically(beside, said);
    await writeFileAtomically(path, statement);
    return path;
  }

  /** In order of their names; one of which a file is missing waits for nothing. */
  async list(): Promise<readonly (Waiting & { readonly name: string })[]> {
    const there = new Set(await this.#files());
    const found: (Waiting & { readonly name: string })[] = [];
    for (const file of there) {
      const name = file.replace(/\.said\.json$/, '');
      if (name === file || !there.has(`${name}.json`)) continue;
      const [statement, said] = await Promise.all(this.#pathsOf(name).map(bytesOf));
      found.push({ name, statement: statement!, said: said! });
    }
    return found;
  }

  async remove(name: string): Promise<void> {
    for (const path of this.#pathsOf(name)) await rm(path, { force: true });
  }

  /** Removes whatever lies there of statements, whole or not. */
  async clear(): Promise<void> {
    for (const file of await this.#files()) await rm(join(this.#folder, file), { force: true });
  }

  #pathsOf(name: string): [string, string] {
    return [join(this.#folder, `${name}.json`), join(this.#folder, `${name}.said.json`)];
  }

  async #files(): Promise<string[]> {
    try {
      return (await readdir(this.#folder)).sort();
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return [];
      throw error;
    }
  }
}

async function bytesOf(path: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(path));
}
