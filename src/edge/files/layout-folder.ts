import { basename, join } from 'node:path';
import type { z } from 'zod';

import { FormatsFault } from '../../domain/formats/errors.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import type { Layouts } from '../../exchange/configuration/profiles.ts';
import { errnoOf } from './errno.ts';
import { namesIfThere } from './read-if-there.ts';
import { readToml } from './toml-file.ts';

/** Layouts of one kind of a workspace: `<directory>/<id>.toml`, and the built-in ones under names no file takes. */
export class LayoutFolder<Layout extends { readonly id: string }> implements Layouts<Layout> {
  readonly #directory: string;
  readonly #schema: z.ZodType<Layout>;
  readonly #builtin: readonly Layout[];

  constructor(directory: string, schema: z.ZodType<Layout>, builtin: readonly Layout[]) {
    this.#directory = directory;
    this.#schema = schema;
    this.#builtin = builtin;
  }

  async get(id: string): Promise<Layout> {
    // The other files are not read: a fault in one of them is none of this layout.
    if ((await this.#names()).includes(`${id}.toml`)) return this.#read(`${id}.toml`);
    const found = this.#builtin.find((layout) => layout.id === id);
    if (found !== undefined) return found;
    throw new FormatsFault('profile-unknown', {
      ...{ profile: id, folder: basename(this.#directory) },
    });
  }

  async list(): Promise<readonly Layout[]> {
    const own = await this.own();
    const taken = new Set(own.map(({ id }) => id));
    return [...own, ...this.#builtin.filter(({ id }) => !taken.has(id))];
  }

  /** Those that have a file. */
  async own(): Promise<readonly Layout[]> {
    const names = await this.#names();
    return Promise.all(
      names
        .filter((name) => name.endsWith('.toml'))
        .sort()
        .map((name) => this.#read(name)),
    );
  }

  /** In a folder that is there and cannot be read, one may stand in place of a built-in layout, and say the opposite. */
  async #names(): Promise<readonly string[]> {
    try {
      return await namesIfThere(this.#directory);
    } catch (error) {
      const facts = { file: this.#directory, reason: errnoOf(error) };
      throw new WorkspaceFault('config-unreadable', facts, error);
    }
  }

  /** A file says by its name which layout it is: of two files with one id, which one counts would be chance. */
  async #read(name: string): Promise<Layout> {
    const layout = await readToml(join(this.#directory, name), this.#schema);
    if (name !== `${layout.id}.toml`) {
      throw new FormatsFault('profile-invalid', {
        problems: [`id: "${layout.id}" does not stand in ${layout.id}.toml`],
      });
    }
    return layout;
  }
}
