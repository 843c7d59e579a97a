import { basename, join } from 'node:path';

import type { KnownSpec } from '../../domain/intake/known-specs.ts';
import { sourceSpecSchema, type SourceSpec } from '../../domain/intake/source-spec.ts';
import { isFault } from '../../domain/fault.ts';
import type { SourceSpecs } from '../../exchange/sources/source-specs.ts';
import { namesIn } from './names-in.ts';
import { readToml } from './toml-file.ts';

const ending = '.toml';

/** Source specs in `config/sources` of a workspace, and behind them those of the program. */
export class SourceSpecFolder implements SourceSpecs {
  readonly #own: string;
  readonly #shipped: string;

  /** Both are directories of TOML files. */
  constructor(own: string, shipped: string) {
    this.#own = own;
    this.#shipped = shipped;
  }

  async named(spec: string): Promise<{ name: string; spec: SourceSpec }> {
    const name = basename(spec, ending);
    const path = spec.endsWith(ending) ? spec : await this.#pathOf(spec);
    return { name, spec: await readToml(path, sourceSpecSchema) };
  }

  async known(): Promise<readonly KnownSpec[]> {
    const own = await specsIn(this.#own);
    const shipped = (await specsIn(this.#shipped)).filter((name) => !own.includes(name));
    const read = await Promise.all([
      ...own.map((name) => readKnown(this.#own, name)),
      ...shipped.map((name) => readKnown(this.#shipped, name)),
    ]);
    return read.filter((known) => known !== undefined);
  }

  async #pathOf(name: string): Promise<string> {
    const isShipped =
      !(await specsIn(this.#own)).includes(name) && (await specsIn(this.#shipped)).includes(name);
    return join(isShipped ? this.#shipped : this.#own, `${name}${ending}`);
  }
}

async function readKnown(directory: string, name: string): Promise<KnownSpec | undefined> {
  try {
    const spec = await readToml(join(directory, `${name}${ending}`), sourceSpecSchema);
    return { name, recognisedBy: spec.recognised_by };
  } catch (error) {
    if (isFault(error)) return undefined;
    throw error;
  }
}

async function specsIn(directory: string): Promise<string[]> {
  return (await namesIn(directory))
    .filter((entry) => entry.endsWith(ending))
    .map((entry) => basename(entry, ending))
    .sort();
}
