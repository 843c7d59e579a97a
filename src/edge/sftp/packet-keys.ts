import { createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import type ssh2 from 'ssh2';

type Key = KeyObject | Uint8Array;

/** What ssh2 keeps to itself; the dependency is pinned exactly. Other ciphers than AES-GCM have neither member. */
interface Secured {
  readonly _protocol?: {
    readonly _cipher?: { _encKey?: Key };
    readonly _decipher?: { _decipherKey?: Key };
  };
}

/**
 * Puts the session keys into the form that Node takes up fastest.
 *
 * ssh2 makes a cipher for every packet, and Node takes longer to find out that a key is plain bytes than to encrypt 8
 * KiB. After new keys were agreed on (OpenSSH: every 64 GiB) they are bytes again, which is slower and no less right.
 */
export function holdPacketKeys(client: ssh2.Client): void {
  const { _cipher: cipher, _decipher: decipher } = (client as unknown as Secured)._protocol ?? {};
  if (cipher?._encKey instanceof Uint8Array) cipher._encKey = createSecretKey(cipher._encKey);
  if (decipher?._decipherKey instanceof Uint8Array) {
    decipher._decipherKey = createSecretKey(decipher._decipherKey);
  }
}
