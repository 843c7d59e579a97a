import { randomFillSync } from 'node:crypto';

import { LiteralSeal } from './literal-seal.ts';
import { STRETCH_COUNT_CODED, stretchPassphrase } from './stretched-passphrase.ts';

const SESSION_KEY = 3;
export const SALT_BYTES = 8;

/** Version 4, AES-256, iterated and salted with SHA-256 (RFC 9580 §5.3.1, §3.7.1.3); salt and count follow. */
export const SESSION_KEY_HEAD = [4, 9, 3, 8] as const;

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
  const seal = new LiteralSeal(key);
  try {
    const head = [...SESSION_KEY_HEAD, ...salt, STRETCH_COUNT_CODED];
    yield Uint8Array.of(0xc0 | SESSION_KEY, head.length, ...head);
    for await (const chunk of payload) {
      const sealed = seal.update(chunk);
      if (sealed.length > 0) yield sealed;
    }
    yield seal.finish();
  } finally {
    key.fill(0);
    seal.wipe();
  }
}
