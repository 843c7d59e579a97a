import type { PassphraseOf, PassphraseSource } from './passphrases.ts';

/**
 * Asks for the workspace's passphrase once and keeps it while one dialogue lasts, so that looking twice at a source
 * does not ask twice. An officer's passphrase is never kept. `forget` zeroes it, and must be called.
 */
export class RememberedPassphrase implements PassphraseSource {
  readonly #source: PassphraseSource;
  #kept: Uint8Array | undefined;

  constructor(source: PassphraseSource) {
    this.#source = source;
  }

  async read(of: PassphraseOf, options?: { readonly repeat?: boolean }): Promise<Uint8Array> {
    if (of !== 'workspace') return this.#source.read(of, options);
    this.#kept ??= await this.#source.read(of, options);
    return this.#kept.slice();
  }

  forget(): void {
    this.#kept?.fill(0);
    this.#kept = undefined;
  }
}
