import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { PublicKeys } from '../../exchange/public-keys.ts';
import { keyPaths } from './workspace-directory.ts';

/** Public keys under `keys/` of a workspace. */
export class PublicKeyFiles implements PublicKeys {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  openpgp(): Promise<string> {
    return readFile(join(this.#root, keyPaths.openpgpCertificate), 'utf8');
  }

  async sftp(): Promise<{ line: string; fingerprint: string }> {
    const line = (await readFile(join(this.#root, keyPaths.sftpPublic), 'utf8')).trim();
    const blob = Buffer.from(line.split(' ')[1] ?? '', 'base64');
    const digest = createHash('sha256').update(blob).digest('base64').replace(/=+$/, '');
    return { line, fingerprint: `SHA256:${digest}` };
  }
}
