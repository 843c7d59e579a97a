import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { currentNumber } from '../../exchange/keys/own-keys.ts';
import type { OwnKeys } from '../../exchange/keys/own-keys.ts';
import type { PublicKeys } from '../../exchange/keys/public-keys.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { KeyFault } from '../keys/errors.ts';
import { errnoOf } from './errno.ts';
import { sftpKeyPaths } from './sftp-key-files.ts';
import { openpgpKeyPaths } from './workspace-directory.ts';

/**
 * Public keys under `keys/` of a workspace. Both throw `config-file-missing`, `config-unreadable`; `sftp` also
 * `key-file-altered` for a line that is not of the key that the database names.
 */
export class PublicKeyFiles implements PublicKeys {
  readonly #root: string;
  readonly #keys: Pick<OwnKeys, 'list'>;

  constructor(root: string, keys: Pick<OwnKeys, 'list'>) {
    this.#root = root;
    this.#keys = keys;
  }

  async openpgp(number?: number): Promise<string> {
    const wanted = number ?? currentNumber(await this.#keys.list('openpgp'));
    return this.#read(openpgpKeyPaths(wanted).certificate);
  }

  async sftp(number?: number): Promise<{ line: string; fingerprint: string; algorithm: string }> {
    const keys = await this.#keys.list('sftp');
    const wanted = number ?? currentNumber(keys);
    const file = sftpKeyPaths(wanted).line;
    const line = (await this.#read(file)).trim();
    const blob = Buffer.from(line.split(' ')[1] ?? '', 'base64');
    const digest = createHash('sha256').update(blob).digest('base64').replace(/=+$/, '');
    const fingerprint = `SHA256:${digest}`;
    // Recipients enter what they are sent: another's key here would let that one in.
    const known = keys.find((key) => key.number === wanted);
    if (known !== undefined && known.fingerprint !== fingerprint) {
      throw new KeyFault('key-file-altered', { file });
    }
    return { line, fingerprint, algorithm: algorithmOf(line, blob) };
  }

  async #read(file: string): Promise<string> {
    try {
      return await readFile(join(this.#root, file), 'utf8');
    } catch (error) {
      const reason = errnoOf(error);
      const code = reason === 'ENOENT' ? 'config-file-missing' : 'config-unreadable';
      throw new WorkspaceFault(code, { file, reason }, error);
    }
  }
}

/** The modulus is the last field of an RSA key (RFC 4253 §6.6), with a zero in front of a first bit that is set. */
function algorithmOf(line: string, blob: Buffer): string {
  if (line.startsWith('ssh-ed25519 ')) return 'Ed25519';
  if (!line.startsWith('ssh-rsa ')) return '';
  let length = 0;
  for (let at = 0; at + 4 <= blob.length; at += 4 + length) length = blob.readUInt32BE(at);
  const isPadded = blob[blob.length - length] === 0;
  return `RSA-${(length - (isPadded ? 1 : 0)) * 8}`;
}
