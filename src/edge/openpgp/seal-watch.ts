import type { ArrivalSeals, SealWatch } from '../../exchange/arrivals/arrival-files.ts';
import { OpenpgpFault } from './errors.ts';
import { frozenConfig } from './frozen-config.ts';
import { normalFingerprint } from './key-names.ts';
import { PacketFraming } from './packet-framing.ts';
import { readOneKey } from './read-one-key.ts';
import { sealForUs } from './seal-for-us.ts';

const SESSION_KEY = 1;
const PROTECTED_DATA = 18;
/** For a few others besides us; what stands in front of the data could otherwise be anything. */
const KEY_PACKETS_MAX = 8;
/** Of one: RSA-8192 needs half of it. */
const KEY_BYTES_MAX = 2_048;
/** Version and key id, RFC 9580 §5.1.1. */
const HEAD_BYTES = 9;

/** Watches for messages to the keys in these certificates. Throws as `readOneKey`. */
export const openpgpSeals: ArrivalSeals = {
  watch: async (certificates) => {
    const keyIds: string[] = [];
    for (const certificate of certificates) {
      const key = await readOneKey(new TextEncoder().encode(certificate), frozenConfig());
      keyIds.push(...key.getKeyIDs().map((keyId) => normalFingerprint(keyId.toHex())));
    }
    return new OutsideOfMessage(keyIds);
  },
  seal: sealForUs,
};

/**
 * Holds for a binary message of session key packets (RFC 9580 §5.1), one of them for a key of ours, and one packet of
 * protected data of version 1 (§5.13.1) that reaches to the end. Nothing else may stand anywhere: no armor with its
 * headers, no marker, no passphrase, no clear packet.
 */
class OutsideOfMessage implements SealWatch {
  readonly #ourKeyIds: readonly string[];
  readonly #framing: PacketFraming;
  #isFirst = true;
  #packets = 0;
  #tag = -1;
  #head: number[] = [];
  #bodyBytes = 0;
  #isForUs = false;
  #isSealed = false;

  constructor(ourKeyIds: readonly string[]) {
    this.#ourKeyIds = ourKeyIds;
    const listener = {
      begin: (tag: number) => {
        this.#begin(tag);
      },
      body: (bytes: Uint8Array) => {
        this.#body(bytes);
      },
      end: () => {
        this.#end();
      },
    };
    this.#framing = new PacketFraming(listener, 'source-malformed');
  }

  feed(chunk: Uint8Array): boolean {
    if (this.#isFirst && chunk.length > 0) {
      if ((chunk[0]! & 0x80) === 0) throw new OpenpgpFault('source-not-openpgp');
      this.#isFirst = false;
    }
    this.#framing.feed(chunk);
    return this.#isSealed;
  }

  finish(): void {
    if (this.#framing.finish() && this.#isSealed) return;
    throw new OpenpgpFault(this.#isFirst ? 'source-not-openpgp' : 'source-truncated');
  }

  #begin(tag: number): void {
    if (this.#tag === PROTECTED_DATA) {
      throw new OpenpgpFault('source-malformed', { found: 'bytes behind the message' });
    }
    if (tag !== SESSION_KEY && tag !== PROTECTED_DATA) {
      throw new OpenpgpFault('source-encryption-unsupported', { packet: tag });
    }
    this.#packets += 1;
    if (this.#packets > KEY_PACKETS_MAX + 1) {
      throw new OpenpgpFault('source-malformed', { keyPacketsMax: KEY_PACKETS_MAX });
    }
    if (tag === PROTECTED_DATA && !this.#isForUs) {
      throw new OpenpgpFault('source-not-for-us', { ours: this.#ourKeyIds });
    }
    [this.#tag, this.#head, this.#bodyBytes] = [tag, [], 0];
  }

  #body(bytes: Uint8Array): void {
    this.#bodyBytes += bytes.length;
    for (const byte of bytes.subarray(0, HEAD_BYTES - this.#head.length)) this.#head.push(byte);
    if (this.#tag === SESSION_KEY) {
      if (this.#bodyBytes > KEY_BYTES_MAX) {
        throw new OpenpgpFault('source-malformed', { keyBytesMax: KEY_BYTES_MAX });
      }
      return;
    }
    if (this.#head[0] !== 1) {
      const facts = { packet: PROTECTED_DATA, version: this.#head[0] ?? 0 };
      throw new OpenpgpFault('source-encryption-unsupported', facts);
    }
    this.#isSealed = true;
  }

  #end(): void {
    if (this.#tag !== SESSION_KEY) return;
    const [version, ...keyId] = this.#head;
    const id = Buffer.from(keyId).toString('hex').toUpperCase();
    this.#isForUs ||= version === 3 && this.#ourKeyIds.includes(id);
  }
}
