import { createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Socket } from 'node:net';

import type ssh2 from 'ssh2';

import { PacketCipher } from './packet-cipher.ts';
import type { PacketCipherState } from './packet-cipher.ts';

/** What ssh2 keeps to itself; the dependency is pinned exactly. Other ciphers than AES-GCM lack most of it. */
interface Secured {
  readonly _protocol?: {
    _cipher?: Partial<PacketCipherState> | PacketCipher;
    readonly _decipher?: { _decipherKey?: KeyObject | Uint8Array };
  };
}

/**
 * Takes the encryption of packets to the server over from ssh2 where it is AES-GCM, and puts the key of those from it
 * into the form that Node takes up fastest. Does so again whenever new keys were agreed on.
 *
 * To be called once logged in: packets of a login may wait for a signature and are better built by ssh2.
 */
export function holdPacketKeys(client: ssh2.Client, socket: Socket): void {
  takeOver(client, socket);
  client.on('handshake', () => {
    takeOver(client, socket);
  });
}

function takeOver(client: ssh2.Client, socket: Socket): void {
  const protocol = (client as unknown as Secured)._protocol;
  if (protocol === undefined) return;
  const { _cipher: cipher, _decipher: decipher } = protocol;
  if (isPlainGcm(cipher)) protocol._cipher = new PacketCipher(socket, cipher);
  if (decipher?._decipherKey instanceof Uint8Array) {
    decipher._decipherKey = createSecretKey(decipher._decipherKey);
  }
}

function isPlainGcm(
  cipher: Partial<PacketCipherState> | PacketCipher | undefined,
): cipher is PacketCipherState {
  return (
    cipher !== undefined &&
    !(cipher instanceof PacketCipher) &&
    cipher._encSSLName?.endsWith('-gcm') === true &&
    cipher._encKey instanceof Uint8Array &&
    cipher._encIV?.length === 12 &&
    cipher.outSeqno !== undefined
  );
}
