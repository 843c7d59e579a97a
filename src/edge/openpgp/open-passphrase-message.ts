import { createDecipheriv } from 'node:crypto';

import { OpenpgpFault } from './errors.ts';
import { PacketFraming } from './packet-framing.ts';
import { LITERAL_HEAD } from './literal-seal.ts';
import { SALT_BYTES, SESSION_KEY_HEAD } from './passphrase-message.ts';
import { ProtectedData } from './protected-data.ts';
import { STRETCH_COUNT_CODED, stretchPassphrase } from './stretched-passphrase.ts';

const SESSION_KEY = 3;
const LITERAL = 11;
const PROTECTED_DATA = 18;
const PREFIX_BYTES = 18;
const KEY_PACKET_BYTES = SESSION_KEY_HEAD.length + SALT_BYTES + 1;

/**
 * Opens what `encryptUnderPassphrase` wrote, and nothing else: its two packets in their one form, nothing before, between
 * or after. **The clear bytes are provisional** until the stream ends without an error, because only its end shows that
 * nothing was altered.
 *
 * Throws `source-not-openpgp` for another file, `passphrase-wrong` (also where the first bytes were altered),
 * `source-truncated`, `source-altered`; the caller says it in its own words.
 */
export async function* openUnderPassphrase(
  passphrase: Uint8Array,
  message: AsyncIterable<Uint8Array>,
  stretch: typeof stretchPassphrase = stretchPassphrase,
): AsyncGenerator<Uint8Array> {
  const opening = new Opening((salt) => stretch(passphrase, salt));
  try {
    for await (const chunk of message) {
      opening.feed(chunk);
      yield* opening.taken();
    }
    opening.finish();
    yield* opening.taken();
  } finally {
    opening.wipe();
  }
}

class Opening {
  readonly #stretch: (salt: Uint8Array) => Uint8Array;
  readonly #outer: PacketFraming;
  readonly #inner: PacketFraming;
  #packets = 0;
  #tag = 0;
  #head: number[] = [];
  #key: Uint8Array | undefined;
  #isVersioned = false;
  #prefix: number[] = [];
  #data: ProtectedData | undefined;
  #literals = 0;
  #literalHead: number[] = [];
  #clear: Uint8Array[] = [];

  constructor(stretch: (salt: Uint8Array) => Uint8Array) {
    this.#stretch = stretch;
    this.#outer = new PacketFraming(
      {
        begin: (tag) => {
          this.#beginOuter(tag);
        },
        body: (bytes) => {
          this.#outerBody(bytes);
        },
        end: () => {
          if (this.#tag === SESSION_KEY) this.#unlock();
        },
      },
      'source-not-openpgp',
    );
    this.#inner = new PacketFraming(
      {
        begin: (tag) => {
          this.#literals += 1;
          if (tag !== LITERAL || this.#literals > 1) throw new OpenpgpFault('source-altered');
        },
        body: (bytes) => {
          this.#literalBody(bytes);
        },
        end: () => undefined,
      },
      'source-altered',
    );
  }

  feed(chunk: Uint8Array): void {
    this.#outer.feed(chunk);
  }

  *taken(): Generator<Uint8Array> {
    const clear = this.#clear;
    this.#clear = [];
    yield* clear;
  }

  finish(): void {
    if (!this.#outer.finish() || this.#packets !== 2 || this.#data === undefined) {
      throw new OpenpgpFault(this.#packets === 0 ? 'source-not-openpgp' : 'source-truncated');
    }
    this.#data.finish();
    if (!this.#inner.finish() || this.#literals !== 1 || !isLiteralHead(this.#literalHead)) {
      throw new OpenpgpFault('source-altered');
    }
  }

  wipe(): void {
    this.#key?.fill(0);
  }

  #beginOuter(tag: number): void {
    this.#packets += 1;
    this.#tag = tag;
    const expected = this.#packets === 1 ? SESSION_KEY : PROTECTED_DATA;
    if (this.#packets === 1 && tag !== expected) throw new OpenpgpFault('source-not-openpgp');
    if (this.#packets > 2 || tag !== expected) throw new OpenpgpFault('source-altered');
  }

  #outerBody(bytes: Uint8Array): void {
    if (this.#tag === SESSION_KEY) {
      if (this.#head.length + bytes.length > KEY_PACKET_BYTES) {
        throw new OpenpgpFault('source-not-openpgp');
      }
      this.#head.push(...bytes);
      return;
    }
    let rest = bytes;
    if (!this.#isVersioned && rest.length > 0) {
      if (rest[0] !== 1) throw new OpenpgpFault('source-altered');
      this.#isVersioned = true;
      rest = rest.subarray(1);
    }
    if (this.#data === undefined) {
      const wanted = PREFIX_BYTES - this.#prefix.length;
      this.#prefix.push(...rest.subarray(0, wanted));
      rest = rest.subarray(wanted);
      if (this.#prefix.length < PREFIX_BYTES) return;
      this.#data = this.#begin(Uint8Array.from(this.#prefix));
    }
    if (rest.length > 0) this.#decrypt(rest);
  }

  /** Two bytes of the random block are repeated, so that a wrong passphrase is told at once (RFC 9580 §5.13.1). */
  #begin(prefix: Uint8Array): ProtectedData {
    const key = this.#key!;
    const clear = createDecipheriv('aes-256-cfb', key, new Uint8Array(16)).update(prefix);
    if (clear[14] !== clear[16] || clear[15] !== clear[17]) {
      throw new OpenpgpFault('passphrase-wrong');
    }
    const data = new ProtectedData('aes256', key);
    this.#feedInner(data.feed(prefix));
    return data;
  }

  #decrypt(bytes: Uint8Array): void {
    this.#feedInner(this.#data!.feed(bytes));
  }

  #feedInner(clear: Uint8Array): void {
    if (clear.length > 0) this.#inner.feed(clear);
  }

  #literalBody(bytes: Uint8Array): void {
    const wanted = LITERAL_HEAD.length - this.#literalHead.length;
    this.#literalHead.push(...bytes.subarray(0, wanted));
    const rest = bytes.subarray(wanted);
    if (rest.length > 0) this.#clear.push(rest);
  }

  #unlock(): void {
    const head = this.#head;
    const isOurs =
      head.length === KEY_PACKET_BYTES &&
      SESSION_KEY_HEAD.every((byte, at) => head[at] === byte) &&
      head.at(-1) === STRETCH_COUNT_CODED;
    if (!isOurs) throw new OpenpgpFault('source-not-openpgp');
    const salt = Uint8Array.from(head.slice(SESSION_KEY_HEAD.length, -1));
    this.#key = this.#stretch(salt);
  }
}

function isLiteralHead(head: readonly number[]): boolean {
  return head.length === LITERAL_HEAD.length && LITERAL_HEAD.every((byte, at) => head[at] === byte);
}
