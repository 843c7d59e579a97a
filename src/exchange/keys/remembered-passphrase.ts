import type { PassphraseOf, PassphraseSource } from './passphrases.ts';

/** The workspace's passphrase, asked for once, for an act that needs it several times. `forget` must be called. */
export class RememberedPassphrase implements PassphraseSource {
  readonly #source: PassphraseSource;
  #known: Promise<Uint8Array> | undefined;

  constructor(source: PassphraseSource) {
    this.#source = source;
  }

  /** A copy, which the caller zeroes. Throws as the source; one of another kind is asked for each time. */
  async read(of: PassphraseOf): Promise<Uint8Array> {
    if (of !== 'workspace') return this.#source.read(of);
    this.#known ??= this.#source.read('workspace');
    return (await this.#known).slice();
  }

  async forget(): Promise<void> {
    const known = await this.#known?.catch(() => undefined);
    known?.fill(0);
    this.#known = undefined;
  }
}
