import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { KeyRing } from '../../exchange/keys/key-ring.ts';
import type { HostKey } from '../../exchange/pickup/pickup-book.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { fingerprintOfLine, plainPublicKey } from '../../domain/recipients/pickup-key.ts';
import { KeyFault } from '../keys/errors.ts';
import { writeFileAtomically } from './atomic-write.ts';
import { errnoOf } from './errno.ts';
import { writeUnderFreeNumber } from './numbered-file.ts';
import { readSecretFile } from './secret-file.ts';
import { removeKeyFile } from './remove-key-file.ts';

type KeyOnFile = Pick<HostKey, 'number' | 'fingerprint'>;

/** The keys that the pickup server shows, under `keys/`: the private half wrapped and of mode 0600. */
export class HostKeyFolder {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /**
   * Stores what `generate` makes, wrapped for this one key, under the first number from `number` on that no file has.
   * Throws as `writeFileAtomically`.
   */
  async make(
    number: number,
    generate: () => Promise<{ privateKey: Uint8Array; publicLine: string; fingerprint: string }>,
    ring: Pick<KeyRing, 'wrap'>,
  ): Promise<KeyOnFile> {
    const { privateKey, publicLine, fingerprint } = await generate();
    const wrapped = Buffer.from(ring.wrap(purposeOf(fingerprint), privateKey)).toString('hex');
    privateKey.fill(0);
    const file = { type: 'mimamori/host-key/v1', fingerprint, wrapped };
    const own = await writeUnderFreeNumber(
      number,
      (each) => join(this.#root, placesOf(each).key),
      `${JSON.stringify(file)}\n`,
    );
    await writeFileAtomically(join(this.#root, placesOf(own).line), `${publicLine}\n`);
    return { number: own, fingerprint };
  }

  /** The private half of this key. Throws as `readSecretFile` and `KeyRing.unwrap`. */
  async open(
    { number, fingerprint }: KeyOnFile,
    ring: Pick<KeyRing, 'unwrap'>,
  ): Promise<Uint8Array> {
    const bytes = await readSecretFile(join(this.#root, placesOf(number).key));
    const { wrapped } = JSON.parse(new TextDecoder().decode(bytes)) as { wrapped: string };
    return ring.unwrap(purposeOf(fingerprint), Uint8Array.from(Buffer.from(wrapped, 'hex')));
  }

  /** Removes the private half; does nothing where there is none. */
  remove(number: number): Promise<boolean> {
    return removeKeyFile(join(this.#root, placesOf(number).key));
  }

  /**
   * Type and blob of the public half. Throws `key-file-altered` when the file is not of the key that the database names,
   * `config-unreadable`.
   */
  async publicLine({ number, fingerprint }: KeyOnFile): Promise<string> {
    const file = placesOf(number).line;
    let text: string;
    try {
      text = await readFile(join(this.#root, file), 'utf8');
    } catch (error) {
      throw new WorkspaceFault('config-unreadable', { file, reason: errnoOf(error) }, error);
    }
    const line = plainPublicKey(text);
    // Recipients pin what they are sent: another's key here would make them trust that one.
    if (line === undefined || fingerprintOfLine(line) !== fingerprint) {
      throw new KeyFault('key-file-altered', { file });
    }
    return line;
  }
}

function placesOf(number: number): { readonly key: string; readonly line: string } {
  const name = number === 1 ? 'pickup' : `pickup-${String(number)}`;
  return { key: `keys/${name}.key.json`, line: `keys/${name}.pub` };
}

/** Its file opens as no other key. */
function purposeOf(fingerprint: string): string {
  return `pickup/${fingerprint}`;
}
