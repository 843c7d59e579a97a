import { closeSync, constants, openSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { ReadStream } from 'node:tty';

import type { PassphraseOf, PassphraseSource } from '../../exchange/keys/passphrases.ts';
import { readSecretFile } from '../files/secret-file.ts';
import type { CommandCredential } from './command-credential.ts';
import { KeyFault } from './errors.ts';
import { readHidden } from './hidden-input.ts';
import type { TerminalInput, TerminalOutput } from './hidden-input.ts';

/** PCI DSS v4.0.1 req. 8.3.6. */
const PASSPHRASE_CHARACTERS_MIN = 12;
const PASSPHRASE_BYTES_MAX = 1_024;

/** Names of the systemd credentials (`LoadCredential=`) that hold a passphrase as it is. */
const credentialNames: Readonly<Record<PassphraseOf, string>> = {
  workspace: 'mimamori-passphrase',
  officer: 'mimamori-officer-passphrase',
};

/** An open terminal, given back by `close`. */
export interface Terminal {
  readonly input: TerminalInput;
  readonly output: TerminalOutput;
  close(): void;
}

export interface PassphrasePlaces {
  /** What `--passphrase-file` and `--officer-passphrase-file` name; where one is given, nothing else is tried. */
  readonly files: Readonly<Partial<Record<PassphraseOf, string>>>;
  /** Of the workspace that is opened; it brings the passphrase along. */
  readonly credential?: CommandCredential | undefined;
  /** `$CREDENTIALS_DIRECTORY`, set by systemd for a service. */
  readonly credentialsDirectory?: string | undefined;
  /** Opens the terminal to ask at; `undefined` when there is none. */
  readonly openTerminal?: (() => Terminal | undefined) | undefined;
  /** The questions, in the language of the person. They go to standard error, never to standard output. */
  readonly prompts: Readonly<Record<PassphraseOf | 'repeat', string>>;
}

/**
 * Reads passphrases from a file, else from what a credential opens, else a passphrase that is a systemd credential itself,
 * else a person (port `PassphraseSource`).
 */
export class OrderedPassphraseSource implements PassphraseSource {
  readonly #places: PassphrasePlaces;
  /** What was read ahead, or why it could not be; the next `read` of it takes it. */
  readonly #ahead = new Map<PassphraseOf, Promise<Uint8Array>>();

  constructor(places: PassphrasePlaces) {
    this.#places = places;
  }

  read(of: PassphraseOf, options?: { readonly repeat?: boolean }): Promise<Uint8Array> {
    const ahead = this.#ahead.get(of);
    this.#ahead.delete(of);
    return ahead ?? this.#readUsable(of, options?.repeat === true);
  }

  /**
   * Reads a passphrase before anybody waits for it, unless a person would have to be asked. `undefined` then, and when
   * it cannot be had: the next `read` says why. A pipe can be read only once, so that `read` brings the same again.
   * The caller zeroes what it gets here.
   */
  async readAhead(of: PassphraseOf): Promise<Uint8Array | undefined> {
    const isElsewhere =
      this.#places.files[of] !== undefined ||
      (await this.#opensByCredential(of)) ||
      (await this.#credential(of)) !== undefined;
    if (!isElsewhere) return undefined;
    const reading = this.#readUsable(of, false);
    this.#ahead.set(of, reading);
    return reading.then(
      (passphrase) => passphrase.slice(),
      () => undefined,
    );
  }

  async #readUsable(of: PassphraseOf, isRepeated: boolean): Promise<Uint8Array> {
    const passphrase = await this.#find(of, isRepeated);
    try {
      assertUsable(passphrase, of);
    } catch (error) {
      passphrase.fill(0);
      throw error;
    }
    return passphrase;
  }

  async #find(of: PassphraseOf, isRepeated: boolean): Promise<Uint8Array> {
    const file = this.#places.files[of];
    if (file !== undefined) return readSecretFile(file);
    const opened = of === 'workspace' ? await this.#places.credential?.open() : undefined;
    opened?.key.fill(0);
    if (opened !== undefined) return opened.passphrase;
    const credential = await this.#credential(of);
    if (credential !== undefined) return readSecretFile(credential, { isCredential: true });
    const terminal = this.#places.openTerminal?.();
    if (terminal === undefined) throw new KeyFault('passphrase-missing', { of });
    try {
      return await this.#ask(terminal, of, isRepeated);
    } finally {
      terminal.close();
    }
  }

  /** One that does not open is told by `read`. */
  async #opensByCredential(of: PassphraseOf): Promise<boolean> {
    if (of !== 'workspace') return false;
    try {
      const opened = await this.#places.credential?.open();
      opened?.key.fill(0);
      opened?.passphrase.fill(0);
      return opened !== undefined;
    } catch {
      return true;
    }
  }

  async #credential(of: PassphraseOf): Promise<string | undefined> {
    const directory = this.#places.credentialsDirectory;
    if (directory === undefined || directory === '') return undefined;
    const file = join(directory, credentialNames[of]);
    try {
      await access(file);
      return file;
    } catch {
      return undefined;
    }
  }

  async #ask(terminal: Terminal, of: PassphraseOf, isRepeated: boolean): Promise<Uint8Array> {
    const { prompts } = this.#places;
    const first = await readHidden(terminal.input, terminal.output, prompts[of]);
    if (!isRepeated) return first;
    let second: Uint8Array | undefined;
    try {
      second = await readHidden(terminal.input, terminal.output, prompts.repeat);
      if (first.length === second.length && first.every((byte, at) => byte === second?.[at])) {
        return first;
      }
      throw new KeyFault('passphrase-not-repeated', { of });
    } catch (error) {
      first.fill(0);
      throw error;
    } finally {
      second?.fill(0);
    }
  }
}

/**
 * Opens the controlling terminal itself and not standard input, which may be carrying a source file.
 * `undefined` when the process has none.
 */
export function openControllingTerminal(): Terminal | undefined {
  let descriptor: number;
  try {
    descriptor = openSync('/dev/tty', constants.O_RDWR | constants.O_NOCTTY);
  } catch {
    return undefined;
  }
  let input: ReadStream;
  try {
    input = new ReadStream(descriptor);
  } catch {
    closeSync(descriptor);
    return undefined;
  }
  return { input, output: process.stderr, close: () => void input.destroy() };
}

function assertUsable(passphrase: Uint8Array, of: PassphraseOf): void {
  // A line end inside means that the file is something else: a key, a note, two passphrases.
  if (passphrase.length > PASSPHRASE_BYTES_MAX || passphrase.some((byte) => byte < 0x20)) {
    throw new KeyFault('passphrase-malformed', { of });
  }
  const characters = passphrase.reduce((count, byte) => count + Number((byte & 0xc0) !== 0x80), 0);
  if (characters < PASSPHRASE_CHARACTERS_MIN) {
    throw new KeyFault('passphrase-too-short', { of, charactersMin: PASSPHRASE_CHARACTERS_MIN });
  }
}
