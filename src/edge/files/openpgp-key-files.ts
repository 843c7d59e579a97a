import { join } from 'node:path';

import type { MadeOpenpgpKey } from '../../exchange/keys/openpgp-key-maker.ts';
import type { OpenpgpKeyFiles } from '../../exchange/keys/rotate-openpgp-key.ts';
import { writeFileAtomically } from './atomic-write.ts';
import { writeUnderFreeNumber } from './numbered-file.ts';
import { openpgpKeyPaths } from './workspace-directory.ts';
import { removeKeyFile } from './remove-key-file.ts';

/** Our OpenPGP keys under `keys/`: private half, certificate, and the revocation to be kept apart. */
export class OpenpgpKeyFolder implements OpenpgpKeyFiles {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** Throws as `writeFileAtomically`. */
  async put(number: number, key: MadeOpenpgpKey): Promise<number> {
    const place = (each: number): string => join(this.#root, openpgpKeyPaths(each).key);
    const own = await writeUnderFreeNumber(number, place, key.privateKey);
    const { certificate, revocation } = openpgpKeyPaths(own);
    await writeFileAtomically(join(this.#root, certificate), key.certificate);
    await writeFileAtomically(join(this.#root, revocation), key.revocationCertificate);
    return own;
  }

  remove(number: number): Promise<boolean> {
    return removeKeyFile(join(this.#root, openpgpKeyPaths(number).key));
  }
}
