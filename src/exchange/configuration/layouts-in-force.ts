import type { ConfigurationDocument } from '../../domain/configuration/configuration-document.ts';
import { FormatsFault } from '../../domain/formats/errors.ts';
import type { ConfigurationInForce } from './configuration-in-force.ts';
import type { Layouts } from './profiles.ts';

/** Where layouts of one kind come from. */
export interface LayoutSources<Layout> {
  readonly files: Layouts<Layout>;
  readonly configuration: Pick<ConfigurationInForce, 'inForce'>;
  /** Those of the workspace itself, in an approved configuration. */
  readonly approved: (document: ConfigurationDocument) => readonly Layout[];
  readonly builtin: readonly Layout[];
  /** Of `config/`, for whoever asks for one that is not there. */
  readonly folder: 'profiles' | 'answers';
}

/** The layouts that acts go by: those of the approved configuration, and the files until there is one. */
export class LayoutsInForce<Layout extends { readonly id: string }> implements Layouts<Layout> {
  readonly #sources: LayoutSources<Layout>;

  constructor(sources: LayoutSources<Layout>) {
    this.#sources = sources;
  }

  async get(id: string): Promise<Layout> {
    const { files, folder } = this.#sources;
    const approved = await this.#approved();
    if (approved === undefined) return files.get(id);
    const found = approved.find((layout) => layout.id === id);
    if (found === undefined) throw new FormatsFault('profile-unknown', { profile: id, folder });
    return found;
  }

  async list(): Promise<readonly Layout[]> {
    return (await this.#approved()) ?? this.#sources.files.list();
  }

  /** Undefined until a configuration is approved. */
  async #approved(): Promise<readonly Layout[] | undefined> {
    const { configuration, approved, builtin } = this.#sources;
    const found = await configuration.inForce();
    if (found === undefined) return undefined;
    const own = approved(found.document);
    const taken = new Set(own.map(({ id }) => id));
    return [...own, ...builtin.filter(({ id }) => !taken.has(id))];
  }
}
