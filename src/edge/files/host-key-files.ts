import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { KeyRing } from '../../exchange/keys/key-ring.ts';
import { PickupFault } from '../../exchange/pickup/errors.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { fingerprintOfLine, plainPublicKey } from '../../domain/recipients/pickup-key.ts';
import { KeyFault } from '../keys/errors.ts';
import { writeFileAtomically } from './atomic-write.ts';
import { errnoOf } from './errno.ts';
import { readSecretFile } from './secret-file.ts';

const places = { key: 'keys/pickup.key.json', line: 'keys/pickup.pub' } as const;

/** The key that the pickup server shows, under `keys/`: the private half wrapped and of mode 0600. */
export class HostKeyFolder {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** Stores what `generate` makes, wrapped for this one key, over whatever was there. Throws as `writeFileAtomically`. */
  async make(
    generate: () => Promise<{ privateKey: Uint8Array; publicLine: string; fingerprint: string }>,
    ring: Pick<KeyRing, 'wrap'>,
  ): Promise<{ readonly fingerprint: string }> {
    const { privateKey, publicLine, fingerprint } = await generate();
    const wrapped = Buffer.from(ring.wrap(purposeOf(fingerprint), privateKey)).toString('hex');
    privateKey.fill(0);
    const file = { type: 'mimamori/host-key/v1', fingerprint, wrapped };
    await writeFileAtomically(join(this.#root, places.key), `${JSON.stringify(file)}\n`);
    await writeFileAtomically(join(this.#root, places.line), `${publicLine}\n`);
    return { fingerprint };
  }

  /** The private half of this key. Throws as `readSecretFile` and `KeyRing.unwrap`. */
  async open(fingerprint: string, ring: Pick<KeyRing, 'unwrap'>): Promise<Uint8Array> {
    const bytes = await readSecretFile(join(this.#root, places.key));
    const { wrapped } = JSON.parse(new TextDecoder().decode(bytes)) as { wrapped: string };
    return ring.unwrap(purposeOf(fingerprint), Uint8Array.from(Buffer.from(wrapped, 'hex')));
  }

  /**
   * Type and blob of the public half. Throws PickupFault `pickup-host-key-missing` before there is one, `key-file-altered`
   * when the file is not of the key that the database names, `config-unreadable`.
   */
  async publicLine(fingerprint: string | undefined): Promise<string> {
    const file = places.line;
    if (fingerprint === undefined) throw new PickupFault('pickup-host-key-missing');
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

/** Its file opens as no other key. */
function purposeOf(fingerprint: string): string {
  return `pickup/${fingerprint}`;
}
