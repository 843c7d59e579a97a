import { access } from 'node:fs/promises';
import { join } from 'node:path';

import { readSecretFile } from '../files/secret-file.ts';
import { openCredentialFile, readCredentialFile } from './credential-file.ts';
import type { OpenedCredential } from './credential-file.ts';
import { KeyFault } from './errors.ts';
import { readKeyFile } from './key-file.ts';

/** Name of the systemd credential (`LoadCredential=`, `LoadCredentialEncrypted=`) that opens a workspace. */
const CREDENTIAL_NAME = 'mimamori';

export interface CredentialPlaces {
  /** What `--credential-file` names. */
  readonly file: string | undefined;
  /** `$CREDENTIALS_DIRECTORY`, set by systemd for a service: a path, no secret. */
  readonly credentialsDirectory: string | undefined;
  /** Of the workspace that it opens. */
  readonly workspaceKeyPath: string;
  readonly credentialPath: string;
}

/** The key-encryption key of a workspace, for the caller to zero, where a credential opened it. */
export type OpenedKey = () => Promise<Uint8Array | undefined>;

/** The credential that a command was given, if any. It is read once, because it may be a pipe. */
export class CommandCredential {
  readonly #places: CredentialPlaces;
  #opened: Promise<OpenedCredential | undefined> | undefined;

  constructor(places: CredentialPlaces) {
    this.#places = places;
  }

  /**
   * A copy of what it opens, for the caller to zero; undefined where none was given. Throws `credential-none`,
   * `credential-malformed`, `credential-wrong`, `key-file-altered`, `key-file-other-workspace` and as `readSecretFile`.
   */
  async open(): Promise<OpenedCredential | undefined> {
    this.#opened ??= this.#open();
    const opened = await this.#opened;
    return opened && { key: opened.key.slice(), passphrase: opened.passphrase.slice() };
  }

  /** The key alone. Throws as `open`. */
  async key(): Promise<Uint8Array | undefined> {
    const opened = await this.open();
    opened?.passphrase.fill(0);
    return opened?.key;
  }

  /** Zeroes it; a command that goes on must not ask again. */
  forget(): void {
    const zero = (opened: OpenedCredential | undefined): void => {
      opened?.key.fill(0);
      opened?.passphrase.fill(0);
    };
    void this.#opened?.then(zero, () => undefined);
  }

  async #open(): Promise<OpenedCredential | undefined> {
    const { file, workspaceKeyPath, credentialPath } = this.#places;
    const given = file ?? (await this.#fromSystemd());
    if (given === undefined) return undefined;
    const secret = await readSecretFile(given, { isCredential: file === undefined });
    try {
      const wrapped = await readCredentialFile(credentialPath);
      const { workspace } = await readKeyFile(workspaceKeyPath);
      if (wrapped.workspace !== workspace) {
        throw new KeyFault('key-file-other-workspace', { file: credentialPath, workspace });
      }
      return openCredentialFile(wrapped, secret, given);
    } finally {
      secret.fill(0);
    }
  }

  async #fromSystemd(): Promise<string | undefined> {
    const directory = this.#places.credentialsDirectory;
    if (directory === undefined || directory === '') return undefined;
    const file = join(directory, CREDENTIAL_NAME);
    try {
      await access(file);
      return file;
    } catch {
      return undefined;
    }
  }
}
