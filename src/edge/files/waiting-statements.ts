import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { makeDirectory, writeFileAtomically } from './atomic-write.ts';
import { errnoOf } from './errno.ts';

interface Waiting {
  readonly statement: Uint8Array;
  readonly said: Uint8Array;
}

/**
 * Statements of commands that wait for a signature made elsewhere, in a folder of the workspace: `NAME.json`, and
 * `NAME.said.json`, which it names by digest. Free text stands in the second alone, which comes last and goes first: the half
 * that a process leaves which dies between them says nothing.
 */
export class WaitingStatements {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Returns the path of the statement. One process at a time may put: whatever is there in part is removed, since only
   * one that died leaves it so. Throws as `writeFileAtomically`.
   */
  async put(name: string, { statement, said }: Waiting): Promise<string> {
    await makeDirectory(this.#folder);
    await this.#removeParts();
    const [path, beside] = this.#pathsOf(name);
    await writeFileAtomically(path, statement);
    await writeFileAtomically(beside, said);
    return path;
  }

  /** In order of their names; one of which a file is missing waits for nothing. */
  async list(): Promise<readonly (Waiting & { readonly name: string })[]> {
    const found: (Waiting & { readonly name: string })[] = [];
    for (const name of wholeAmong(await this.#files())) {
      const [statement, said] = await Promise.all(this.#pathsOf(name).map(bytesOf));
      if (statement !== undefined && said !== undefined) found.push({ name, statement, said });
    }
    return found;
  }

  async remove(name: string): Promise<void> {
    for (const path of this.#pathsOf(name).reverse()) await rm(path, { force: true });
  }

  /** Removes whatever lies there of statements, whole or not. */
  async clear(): Promise<void> {
    await this.#removeAll(await this.#files());
  }

  async #removeParts(): Promise<void> {
    const files = await this.#files();
    const whole = new Set(
      wholeAmong(files).flatMap((name) => [`${name}.json`, `${name}.said.json`]),
    );
    await this.#removeAll(files.filter((file) => !whole.has(file)));
  }

  async #removeAll(files: readonly string[]): Promise<void> {
    for (const file of files) await rm(join(this.#folder, file), { force: true });
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

/** Names of which both files are there. */
function wholeAmong(files: readonly string[]): readonly string[] {
  const there = new Set(files);
  const names = files.flatMap((file) => /^(.*)\.said\.json$/.exec(file)?.[1] ?? []);
  return names.filter((name) => there.has(`${name}.json`));
}

/** Undefined: it went meanwhile. */
async function bytesOf(path: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
