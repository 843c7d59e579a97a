import { randomFillSync } from 'node:crypto';

import { PartialBody } from './partial-body.ts';
import { ProtectedBody } from './protected-body.ts';
import { STRETCH_COUNT_CODED, stretchPassphrase } from './stretched-passphrase.ts';

const SESSION_KEY = 3;
const LITERAL = 11;
const PROTECTED_DATA = 18;
export const SALT_BYTES = 8;

/** Version 4, AES-256, iterated and salted with SHA-256 (RFC 9580 §5.3.1, §3.7.1.3); salt and count follow. */
export const SESSION_KEY_HEAD = [4, 9, 3, 8] as const;
/** Binary, without name and date. */
export const LITERAL_HEAD = [0x62, 0, 0, 0, 0, 0] as const;

/**
 * Encrypts a stream under a passphrase as one OpenPGP message that `gpg --decrypt` opens: a key packet of version 4, and
 * integrity-protected data of version 1 around one literal. Holds 128 KiB, whatever the stream is long.
 *
 * The passphrase is not needed any more once the first bytes have come.
 */
export async function* encryptUnderPassphrase(
  passphrase: Uint8Array,
  payload: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const salt = randomFillSync(new Uint8Array(SALT_BYTES));
  const key = stretchPassphrase(passphrase, salt);
  let written: Uint8Array[] = [];
  const write = (piece: Uint8Array): void => void written.push(piece.slice());
  const taken = (): Uint8Array => {
    const whole = Buffer.concat(written);
    written = [];
    return new Uint8Array(whole);
  };
  const data = new PartialBody(PROTECTED_DATA);
  data.push(Uint8Array.of(1));
  const body = new ProtectedBody(key, (encrypted) => {
    // Copied: the pieces of the last call may be overwritten before a part is full.
    data.push(encrypted.slice());
  });
  const encrypt = (clear: Uint8Array): void => {
    body.add(clear);
  };
  try {
    const head = [...SESSION_KEY_HEAD, ...salt, STRETCH_COUNT_CODED];
    yield Uint8Array.of(0xc0 | SESSION_KEY, head.length, ...head);
    const literal = new PartialBody(LITERAL);
    literal.push(Uint8Array.from(LITERAL_HEAD));
    for await (const chunk of payload) {
      literal.push(chunk.slice());
      literal.writeParts(encrypt);
      data.writeParts(write);
      if (written.length > 0) yield taken();
    }
    literal.end(encrypt);
    body.end();
    data.end(write);
    yield taken();
  } finally {
    key.fill(0);
    body.wipe();
  }
}
