import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { builtinProfiles } from '../../domain/formats/builtin-profiles.ts';
import { FormatsFault } from '../../domain/formats/errors.ts';
import { profileSchema } from '../../domain/formats/profile.ts';
import type { Profile } from '../../domain/formats/profile.ts';
import type { Profiles } from '../../exchange/configuration/profiles.ts';
import { readToml } from './toml-file.ts';

/** Profiles of a workspace: `config/profiles/<id>.toml`, and the built-in ones under names no file takes. */
export class ProfileFolder implements Profiles {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async get(id: string): Promise<Profile> {
    const found = (await this.list()).find((profile) => profile.id === id);
    if (found === undefined) throw new FormatsFault('profile-unknown', { profile: id });
    return found;
  }

  async list(): Promise<readonly Profile[]> {
    const own = await this.own();
    const taken = new Set(own.map(({ id }) => id));
    return [...own, ...builtinProfiles.filter(({ id }) => !taken.has(id))];
  }

  /** Those that have a file. */
  async own(): Promise<readonly Profile[]> {
    const names = await readdir(this.#directory).catch(() => [] as string[]);
    return Promise.all(
      names
        .filter((name) => name.endsWith('.toml'))
        .sort()
        .map((name) => this.#read(name)),
    );
  }

  /** A file says by its name which profile it is: of two files with one id, which one counts would be chance. */
  async #read(name: string): Promise<Profile> {
    const profile = await readToml(join(this.#directory, name), profileSchema);
    if (name !== `${profile.id}.toml`) {
      throw new FormatsFault('profile-invalid', {
        problems: [`id: "${profile.id}" does not stand in ${profile.id}.toml`],
      });
    }
    return profile;
  }
}
