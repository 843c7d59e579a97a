import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { isFault } from '../../domain/fault.ts';
import type { KeyRing } from '../../exchange/keys/key-ring.ts';
import type { LogSigner } from '../../exchange/audit/log-signer.ts';
import { currentNumber } from '../../exchange/keys/own-keys.ts';
import type { OwnKey, OwnKeys } from '../../exchange/keys/own-keys.ts';
import { KeyFault } from '../keys/errors.ts';
import { createLogKey, jointSigner, openLogKey, readLogVerifierKey } from '../keys/log-key.ts';
import { keyPaths } from './workspace-directory.ts';
import { removeKeyFile } from './remove-key-file.ts';

/** Where a key stands below the workspace: the first one as `init` names it, each that follows with its number. */
function logKeyPath(number: number): string {
  return number === 1 ? keyPaths.log : keyPaths.log.replace('keys/log.', `keys/log-${number}.`);
}

/** Not of the first one, which `init` made. */
const FOLLOWING_KEY = /^log-([1-9][0-9]{0,8})\.key\.json$/;

/** The keys of the log under `keys/`: wrapped, of mode 0600. A file that no row names is nobody's key. */
export class LogKeyFolder {
  readonly #root: string;
  readonly #keys: Pick<OwnKeys, 'list'>;

  constructor(root: string, keys: Pick<OwnKeys, 'list'>) {
    this.#root = root;
    this.#keys = keys;
  }

  /**
   * Makes a key and stores it under this number or, where a file has it already, the next one that is free. Throws as
   * `createLogKey`.
   */
  async make(
    number: number,
    origin: string,
    ring: KeyRing,
  ): Promise<Pick<OwnKey, 'number' | 'fingerprint'>> {
    for (let own = number; ; own += 1) {
      try {
        const { vkey } = await createLogKey(join(this.#root, logKeyPath(own)), origin, ring);
        return { number: own, fingerprint: vkey };
      } catch (error) {
        if (!isFault(error) || error.code !== 'file-exists') throw error;
      }
    }
  }

  /** Opens what signs now: the key in use, with the one that is retiring. Throws as `openLogKey`. */
  async openSigner(ring: KeyRing): Promise<LogSigner> {
    for (;;) {
      const keys = await this.#keys.list('log');
      try {
        return await this.#signerOf(keys, ring);
      } catch (error) {
        // Another command that retires a key removes its file.
        if (await this.#isStill(keys)) throw error;
      }
    }
  }

  /** The number under which this key is stored, whether or not a row names it; undefined where none is. */
  async find(vkey: string): Promise<number | undefined> {
    for (const name of await readdir(join(this.#root, 'keys'))) {
      const number = Number(FOLLOWING_KEY.exec(name)?.[1] ?? 0);
      if (number === 0) continue;
      if ((await readLogVerifierKey(join(this.#root, logKeyPath(number)))) === vkey) return number;
    }
    return undefined;
  }

  /** Whether a key that no row names yet is this one and opens. Throws `key-file-altered`, and as `openLogKey`. */
  async assertOpens(number: number, vkey: string, ring: KeyRing): Promise<void> {
    const path = logKeyPath(number);
    const signer = await openLogKey(join(this.#root, path), ring);
    if (signer.vkey !== vkey) throw new KeyFault('key-file-altered', { file: path });
  }

  /** Removes every key that signs no more, and those that no row names: of requests that came to nothing. */
  async removeUnused(): Promise<void> {
    const keys = await this.#keys.list('log');
    const used = new Set(
      keys.flatMap(({ number, state }) => (state === 'retired' ? [] : [number])),
    );
    if (used.size === 0) return;
    for (const name of await readdir(join(this.#root, 'keys'))) {
      const following = FOLLOWING_KEY.exec(name)?.[1];
      const number = name === basename(logKeyPath(1)) ? 1 : Number(following ?? 0);
      if (number > 0 && !used.has(number)) await this.remove(number);
    }
  }

  /** Removes the file of a key; does nothing where there is none. */
  remove(number: number): Promise<boolean> {
    return removeKeyFile(join(this.#root, logKeyPath(number)));
  }

  async #signerOf(keys: readonly OwnKey[], ring: KeyRing): Promise<LogSigner> {
    const current = await this.#open(keys, currentNumber(keys), ring);
    const old = keys.find(({ state }) => state === 'retiring');
    const signer =
      old === undefined ? current : jointSigner(current, await this.#open(keys, old.number, ring));
    return {
      ...signer,
      earlier: keys.filter(({ state }) => state !== 'in-use').map((key) => key.fingerprint),
      isInTime: () => this.#isStill(keys),
    };
  }

  async #isStill(keys: readonly OwnKey[]): Promise<boolean> {
    return statesOf(await this.#keys.list('log')) === statesOf(keys);
  }

  async #open(keys: readonly OwnKey[], number: number, ring: KeyRing): Promise<LogSigner> {
    const file = join(this.#root, logKeyPath(number));
    const signer = await openLogKey(file, ring);
    // The log says which key follows which; a file of another key signs for nobody.
    const known = keys.find((key) => key.number === number);
    if (known !== undefined && known.fingerprint !== signer.vkey) {
      throw new KeyFault('key-file-altered', { file });
    }
    return signer;
  }
}

function statesOf(keys: readonly OwnKey[]): string {
  return keys.map(({ number, state }) => `${number} ${state}`).join();
}
