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
const KEY_PACKETS_MAX = 32;
/** Session key packets are a few hundred bytes each; more than this before the data is no message for us. */
const KEY_BYTES_MAX = 65_536;
const HIDDEN_RECIPIENT = '0000000000000000';

/**
 * Takes the envelope off an encrypted source while it streams: who it is encrypted to, how, and whether all of it
 * came. This is what turns the library's one kind of error into something a person can act on.
 *
 * Holds the session key packets. Throws `source-not-openpgp`, `source-not-for-us`, `source-passphrase-only`,
 * `source-encryption-unsupported` or `source-malformed` as soon as it is known.
 */
export class SourceEnvelope {
  readonly #ourKeyIds: readonly string[];
  readonly #framing: PacketFraming;
  readonly #keyPackets: Uint8Array[] = [];
  #packets = 0;
  #tag = -1;
  #keyBytes: Uint8Array[] = [];
  #keyBytesTotal = 0;
  #passphrases = 0;
  #dataVersion = -1;
  #data: Uint8Array[] = [];

  /** @param ourKeyIds key ids (16 upper-case hex digits) of the keys we can decrypt with. */
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

  /** Whether one of our key ids was among the recipients; false when recipients are hidden. */
  get namesUs(): boolean {
    return this.#keyIds().some((keyId) => this.#ourKeyIds.includes(keyId));
  }

  /** The public-key encrypted session key packets, as a message of their own. Complete once data has come. */
  get keyPackets(): Uint8Array {
    // Header of the new format with a length of five bytes: RFC 9580 §4.2.1.
    const parts = this.#keyPackets.flatMap((body) => {
      const header = Uint8Array.of(0xc0 | SESSION_KEY, 255, 0, 0, 0, 0);
      new DataView(header.buffer).setUint32(2, body.length);
      return [header, body];
    });
    return new Uint8Array(Buffer.concat(parts));
  }

  /** The encrypted data in this chunk, without any framing; the parts are views of the chunk. */
  feed(chunk: Uint8Array): readonly Uint8Array[] {
    if (this.#packets === 0 && chunk.length > 0 && (chunk[0]! & 0x80) === 0) {
      throw new OpenpgpFault('source-not-openpgp');
    }
    this.#data = [];
    this.#framing.feed(chunk);
    return this.#data;
  }

  /** Throws `source-truncated` when the source stopped inside a packet or before its data. */
  finish(): void {
    const isWhole = this.#framing.finish();
    if (!isWhole || this.#dataVersion < 0) {
      throw new OpenpgpFault(this.#packets === 0 ? 'source-not-openpgp' : 'source-truncated');
    }
  }

  #begin(tag: number): void {
    if (this.#tag === PROTECTED_DATA) {
      throw new OpenpgpFault('source-malformed', { found: 'bytes behind the message' });
    }
    this.#tag = tag;
    this.#packets += 1;
    this.#keyBytes = [];
    if (this.#packets > KEY_PACKETS_MAX) {
      throw new OpenpgpFault('source-malformed', { keyPacketsMax: KEY_PACKETS_MAX });
    }
    if (CLEAR_MESSAGE.has(tag)) {
      throw new OpenpgpFault('source-encryption-unsupported', { found: 'no encryption' });
    }
    if (OTHER_ENCRYPTION.has(tag)) {
      throw new OpenpgpFault('source-encryption-unsupported', { packet: tag });
    }
    if (tag === PROTECTED_DATA) {
      this.#assertForUs();
    } else if (tag !== SESSION_KEY && tag !== PASSPHRASE_SESSION_KEY && tag !== MARKER) {
      throw new OpenpgpFault('source-malformed', { packet: tag });
    }
  }

  #body(bytes: Uint8Array): void {
    if (this.#tag === PROTECTED_DATA) {
      this.#dataBody(bytes);
      return;
    }
    this.#keyBytesTotal += bytes.length;
    if (this.#keyBytesTotal > KEY_BYTES_MAX) {
      throw new OpenpgpFault('source-malformed', { keyBytesMax: KEY_BYTES_MAX });
    }
    this.#keyBytes.push(bytes.slice());
  }

  #dataBody(bytes: Uint8Array): void {
    let from = 0;
    if (this.#dataVersion < 0 && bytes.length > 0) {
      this.#dataVersion = bytes[0]!;
      from = 1;
      if (this.#dataVersion !== 1) {
        const facts = { packet: PROTECTED_DATA, version: this.#dataVersion };
        throw new OpenpgpFault('source-encryption-unsupported', facts);
      }
    }
    this.#data.push(bytes.subarray(from));
  }

  #end(): void {
    if (this.#tag === PASSPHRASE_SESSION_KEY) {
      this.#passphrases += 1;
    } else if (this.#tag === SESSION_KEY) {
      this.#keyPackets.push(new Uint8Array(Buffer.concat(this.#keyBytes)));
    }
  }

  /** Key ids of the session key packets of version 3; other versions are told by their number. */
  #keyIds(): string[] {
    return this.#keyPackets.map((body) =>
      body[0] === 3
        ? Buffer.from(body.subarray(1, 9)).toString('hex').toUpperCase()
        : `version ${body[0] ?? 0}`,
    );
  }

  #assertForUs(): void {
    const encryptedTo = this.#keyIds();
    if (this.namesUs || encryptedTo.includes(HIDDEN_RECIPIENT)) {
      return;
    }
    if (encryptedTo.length === 0 && this.#passphrases > 0) {
      throw new OpenpgpFault('source-passphrase-only');
    }
    throw new OpenpgpFault('source-not-for-us', { encryptedTo, ours: this.#ourKeyIds });
  }
}
