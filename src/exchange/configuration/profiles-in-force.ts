import { builtinProfiles } from '../../domain/formats/builtin-profiles.ts';
import { FormatsFault } from '../../domain/formats/errors.ts';
import type { Profile } from '../../domain/formats/profile.ts';
import type { ConfigurationInForce } from './configuration-in-force.ts';
import type { Profiles } from './profiles.ts';

/** The format profiles that acts go by: those of the approved configuration, and the files until there is one. */
export class ProfilesInForce implements Profiles {
  readonly #files: Profiles;
  readonly #configuration: Pick<ConfigurationInForce, 'inForce'>;

  constructor(files: Profiles, configuration: Pick<ConfigurationInForce, 'inForce'>) {
    this.#files = files;
    this.#configuration = configuration;
  }

  async get(id: string): Promise<Profile> {
    const found = (await this.list()).find((profile) => profile.id === id);
    if (found === undefined) throw new FormatsFault('profile-unknown', { profile: id });
    return found;
  }

  async list(): Promise<readonly Profile[]> {
    const found = await this.#configuration.inForce();
    if (found === undefined) return this.#files.list();
    const own = found.document.profiles;
    const taken = new Set(own.map(({ id }) => id));
    return [...own, ...builtinProfiles.filter(({ id }) => !taken.has(id))];
  }
}
