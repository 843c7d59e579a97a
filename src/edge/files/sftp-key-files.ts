import { join } from 'node:path';

import type { KeyRing } from '../../exchange/keys/key-ring.ts';
import type { SftpKeyFiles } from '../../exchange/keys/own-keys.ts';
import { writeFileAtomically } from './atomic-write.ts';
import { writeUnderFreeNumber } from './numbered-file.ts';
import { keyPaths } from './workspace-directory.ts';
import { removeKeyFile } from './remove-key-file.ts';

/** A key pair as whoever makes it hands it over. */
interface MadePair {
  readonly privateKey: Uint8Array;
  readonly publicLine: string;
  readonly fingerprint: string;
}

/** Where a key stands below the workspace: the first one as `init` names it, each that follows with its number. */
export function sftpKeyPaths(number: number): { readonly key: string; readonly line: string } {
  const named = (path: string): string =>
    number === 1 ? path : path.replace('keys/sftp.', `keys/sftp-${number}.`);
  return { key: named(keyPaths.sftp), line: named(keyPaths.sftpPublic) };
}

/** What a key that followed the one of `init` is wrapped for: its file opens as no other key. */
export function sftpKeyPurpose(fingerprint: string): string {
  return `sftp/${fingerprint}`;
}

/** Our SFTP keys under `keys/`: the private half wrapped and of mode 0600, the public one as a line. */
export class SftpKeyFolder {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /**
   * Stores what `generate` makes, wrapped by the ring for this one key, under the first number from `number` on that no file
   * has: it may be that of a key that somebody else is making. Throws as `writeFileAtomically` and `KeyRing.wrap`.
   */
  async make(
    number: number,
    generate: () => Promise<MadePair>,
    ring: Pick<KeyRing, 'wrap'>,
  ): ReturnType<SftpKeyFiles['make']> {
    const { privateKey, publicLine, fingerprint } = await generate();
    const wrapped = Buffer.from(ring.wrap(sftpKeyPurpose(fingerprint), privateKey)).toString('hex');
    privateKey.fill(0);
    const file = { type: 'mimamori/sftp-key/v1', fingerprint, wrapped };
    const own = await writeUnderFreeNumber(
      number,
      (each) => join(this.#root, sftpKeyPaths(each).key),
      `${JSON.stringify(file)}\n`,
    );
    await writeFileAtomically(join(this.#root, sftpKeyPaths(own).line), `${publicLine}\n`);
    return { number: own, fingerprint };
  }

  remove(number: number): Promise<boolean> {
    return removeKeyFile(join(this.#root, sftpKeyPaths(number).key));
  }
}
