import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { ExampleName } from '../../domain/workspace/example-keys.ts';
import type { OfficerProof } from '../../exchange/acts/sign-statement.ts';
import { readSecretFile } from '../files/secret-file.ts';

/** The example keys that come with the program. */
export const exampleKeysDirectory = fileURLToPath(
  new URL('../../../keys.example', import.meta.url),
);

const folders: Readonly<Record<ExampleName, string>> = {
  'officer-1': 'officers',
  'approver-1': 'officers',
  psp: 'recipients',
  amex: 'recipients',
  'pfi-1': 'senders',
};
const officers = ['officer-1', 'approver-1'] as const;
const PASSPHRASE_BYTES = 24;

/** The people of a demo, and what each of them has: a directory only its owner can read. */
export class ExamplePeople {
  readonly #directory: string;
  readonly passphrasePath: string;

  private constructor(directory: string) {
    this.#directory = directory;
    this.passphrasePath = join(directory, 'workspace.passphrase');
  }

  /** Copies the officers' example keys, whose mode in a clone is anybody's, and makes up a workspace passphrase. */
  static async gather(directory: string): Promise<ExamplePeople> {
    await mkdir(directory, { mode: 0o700 });
    const people = new ExamplePeople(directory);
    const passphrase = randomBytes(PASSPHRASE_BYTES).toString('base64url');
    await writeFile(people.passphrasePath, `${passphrase}\n`, { mode: 0o600, flag: 'wx' });
    const copies = officers.map((officer) => [
      `officers/${officer}.secret.asc`,
      people.keyPath(officer),
    ]);
    for (const [from, to] of [...copies, ['passphrase', people.officersPassphrasePath]]) {
      const bytes = await readFile(join(exampleKeysDirectory, from!));
      await writeFile(to!, bytes, { mode: 0o600, flag: 'wx' });
    }
    return people;
  }

  get officersPassphrasePath(): string {
    return join(this.#directory, 'officers.passphrase');
  }

  keyPath(officer: ExampleName): string {
    return join(this.#directory, `${officer}.secret.asc`);
  }

  /** The certificate of anyone in the demo, as its holder would hand it over. */
  async certificate(name: ExampleName): Promise<Uint8Array> {
    return new Uint8Array(await readFile(join(exampleKeysDirectory, folders[name], `${name}.asc`)));
  }

  /** An officer's key with its passphrase, for one signature. */
  async proof(officer: ExampleName): Promise<OfficerProof> {
    const bytes = await readSecretFile(this.keyPath(officer));
    return {
      by: 'key',
      key: { bytes, passphrase: await readSecretFile(this.officersPassphrasePath) },
    };
  }
}

/** Puts the specs of the demo's sources where `--source FILE=NAME` finds them in the workspace. */
export async function copySourceSpecs(from: string, workspace: string): Promise<void> {
  const directory = join(workspace, 'config/sources');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (const name of ['orders.toml', 'recovered.toml']) {
    await copyFile(join(from, name), join(directory, name));
  }
}
