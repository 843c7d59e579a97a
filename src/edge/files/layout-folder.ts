import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { z } from 'zod';

import { FormatsFault } from '../../domain/formats/errors.ts';
import type { Layouts } from '../../exchange/configuration/profiles.ts';
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
    const found = (await this.list()).find((layout) => layout.id === id);
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
    const names = await readdir(this.#directory).catch(() => [] as string[]);
    return Promise.all(
      names
        .filter((name) => name.endsWith('.toml'))
        .sort()
        .map((name) => this.#read(name)),
    );
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
