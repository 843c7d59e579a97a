import { OpenpgpFault } from './errors.ts';
import { PacketFraming } from './packet-framing.ts';

const SESSION_KEY = 1;
const PASSPHRASE_SESSION_KEY = 3;
const MARKER = 10;
const PROTECTED_DATA = 18;
/** One-pass signature, signature, compressed, literal: a message that was not encrypted. */
const CLEAR_MESSAGE = new Set([2, 4, 8, 11]);
/** Symmetrically encrypted without integrity (9), and LibrePGP's OCB packet (20): not read here. */
const OTHER_ENCRYPTION = new Set([9, 20]);
const HEAD_BYTES = 9;
const SESSION_KEYS_MAX = 32;
/** Session key packets are a few hundred bytes each; more than this before the data is no message for us. */
const BEFORE_DATA_BYTES_MAX = 65_536;
const HIDDEN_RECIPIENT = '0000000000000000';

/**
 * Watches the outside of an encrypted source while it streams: who it is encrypted to, how, and whether all of it
 * came. This is what turns the library's one kind of error into something a person can act on.
 *
 * Throws `source-not-openpgp`, `source-not-for-us`, `source-passphrase-only`,
 * `source-encryption-unsupported` or `source-malformed` as soon as it is known.
 */
export class SourceEnvelope {
  readonly #ourKeyIds: readonly string[];
  readonly #framing: PacketFraming;
  readonly #head = new Uint8Array(HEAD_BYTES);
  #headBytes = 0;
  #tag = -1;
  #packets = 0;
  #bytesBeforeData = 0;
  #keyIds: string[] = [];
  #passphrases = 0;
  #dataSeen = false;

  /** @param ourKeyIds key ids (16 upper-case hex digits) of the keys we can decrypt with. */
  constructor(ourKeyIds: readonly string[]) {
    this.#ourKeyIds = ourKeyIds;
    this.#framing = new PacketFraming(
      {
        begin: (tag) => {
          this.#begin(tag);
        },
        body: (bytes) => {
          this.#body(bytes);
        },
        end: () => {
          this.#end();
        },
      },
      'source-malformed',
    );
  }

  /** Whether one of our key ids was among the recipients; false for recipients that are hidden. */
  get namesUs(): boolean {
    return this.#keyIds.some((keyId) => this.#ourKeyIds.includes(keyId));
  }

  feed(chunk: Uint8Array): void {
    if (this.#packets === 0 && chunk.length > 0 && (chunk[0]! & 0x80) === 0) {
      throw new OpenpgpFault('source-not-openpgp');
    }
    this.#framing.feed(chunk);
  }

  /** Throws `source-truncated` when the source stopped inside a packet or before its data. */
  finish(): void {
    const isWhole = this.#framing.finish();
    if (!isWhole || !this.#dataSeen) {
      throw new OpenpgpFault(this.#packets === 0 ? 'source-not-openpgp' : 'source-truncated');
    }
  }

  #begin(tag: number): void {
    this.#tag = tag;
    this.#packets += 1;
    this.#headBytes = 0;
    if (this.#dataSeen) {
      throw new OpenpgpFault('source-malformed', { found: 'bytes after the message' });
    }
    if (CLEAR_MESSAGE.has(tag)) {
      throw new OpenpgpFault('source-encryption-unsupported', { found: 'not encrypted' });
    }
    if (OTHER_ENCRYPTION.has(tag)) {
      throw new OpenpgpFault('source-encryption-unsupported', { packet: tag });
    }
    if (tag === PROTECTED_DATA) {
      this.#assertForUs();
      this.#dataSeen = true;
    } else if (tag !== SESSION_KEY && tag !== PASSPHRASE_SESSION_KEY && tag !== MARKER) {
      throw new OpenpgpFault('source-malformed', { packet: tag });
    }
  }

  #body(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length && this.#headBytes < HEAD_BYTES; at += 1) {
      this.#head[this.#headBytes] = bytes[at]!;
      this.#headBytes += 1;
      if (this.#dataSeen && this.#headBytes === 1 && this.#head[0] !== 1) {
        throw new OpenpgpFault('source-encryption-unsupported', {
          packet: PROTECTED_DATA,
          version: this.#head[0]!,
        });
      }
    }
    if (!this.#dataSeen) {
      this.#bytesBeforeData += bytes.length;
      if (this.#bytesBeforeData > BEFORE_DATA_BYTES_MAX) {
        throw new OpenpgpFault('source-malformed', { bytesMax: BEFORE_DATA_BYTES_MAX });
      }
    }
  }

  #end(): void {
    if (this.#packets > SESSION_KEYS_MAX) {
      throw new OpenpgpFault('source-malformed', { recipientsMax: SESSION_KEYS_MAX });
    }
    if (this.#tag === PASSPHRASE_SESSION_KEY) {
      this.#passphrases += 1;
    } else if (this.#tag === SESSION_KEY && this.#headBytes === HEAD_BYTES) {
      const keyId = Buffer.from(this.#head.subarray(1)).toString('hex').toUpperCase();
      this.#keyIds.push(this.#head[0] === 3 ? keyId : `version ${this.#head[0]!}`);
    }
  }

  #assertForUs(): void {
    if (this.namesUs || this.#keyIds.includes(HIDDEN_RECIPIENT)) {
      return;
    }
    if (this.#keyIds.length === 0 && this.#passphrases > 0) {
      throw new OpenpgpFault('source-passphrase-only');
    }
    throw new OpenpgpFault('source-not-for-us', {
      encryptedTo: this.#keyIds,
      ours: this.#ourKeyIds,
    });
  }
}
