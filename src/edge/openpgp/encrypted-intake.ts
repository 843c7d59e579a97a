import { decryptSessionKeys, readMessage } from 'openpgp';
import type { DecryptedSessionKey, PrivateKey } from 'openpgp';
import { Dearmor } from './dearmor.ts';
import { OpenpgpFault } from './errors.ts';
import { frozenConfig } from './frozen-config.ts';
import { normalFingerprint } from './key-names.ts';
import type { OurKey } from './our-key.ts';
import { ProtectedData, sourceCiphers, type SourceCipher } from './protected-data.ts';
import { SourceEnvelope } from './source-envelope.ts';
import { gathered } from './stream-bridge.ts';

const ASCII_BYTE_MAX = 0x7f;

/**
 * An encrypted source on its way in: armor off, envelope off, decrypted. What comes out are the packets of the
 * message inside (signature, compressed or literal data), provisional until the end.
 */
export class EncryptedIntake {
  readonly #keys: PrivateKey[];
  readonly #envelope: SourceEnvelope;
  readonly #packets: AsyncGenerator<Uint8Array, void>;
  #failure: { readonly error: unknown } | undefined;
  #isDone = false;

  constructor(encrypted: AsyncIterable<Uint8Array>, key: OurKey) {
    this.#keys = [key.unlocked, ...(key.retiring ?? [])];
    const ourKeyIds = this.#keys
      .flatMap((each) => each.getKeyIDs())
      .map((keyId) => normalFingerprint(keyId.toHex()));
    this.#envelope = new SourceEnvelope(ourKeyIds);
    this.#packets = this.#remembering(gathered(this.#decrypted(encrypted)));
  }

  /** The packets as a stream for the library. Cancelling it does not close the source: `drain` may follow. */
  stream(): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const { done, value } = await this.#packets.next();
          if (done === true) {
            controller.close();
          } else {
            controller.enqueue(value);
          }
        },
      },
      { highWaterMark: 0 },
    );
  }

  /**
   * Reads the rest, so that it is known whether the source came whole and unaltered; throws what is wrong with it.
   * Whatever else was found in a source that was altered on its way means nothing.
   */
  async drain(): Promise<void> {
    while (!this.#isDone && this.#failure === undefined) {
      await this.#packets.next();
    }
    if (this.#failure !== undefined) {
      throw this.#failure.error;
    }
  }

  /** Closes the source, read to its end or not. */
  async close(): Promise<void> {
    await this.#packets.return();
  }

  async *#remembering(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
    try {
      yield* chunks;
      this.#isDone = true;
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
  }

  async *#decrypted(encrypted: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let data: ProtectedData | undefined;
    for await (const chunk of this.#binary(encrypted)) {
      for (const part of this.#envelope.feed(chunk)) {
        data ??= await this.#unlock();
        yield data.feed(part);
      }
    }
    this.#envelope.finish();
    data?.finish();
  }

  async *#binary(encrypted: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let dearmor: Dearmor | undefined;
    let isFirst = true;
    for await (const chunk of encrypted) {
      if (isFirst && chunk.length > 0) {
        isFirst = false;
        dearmor = chunk[0]! > ASCII_BYTE_MAX ? undefined : new Dearmor('source-not-openpgp');
      }
      yield dearmor === undefined ? chunk : dearmor.feed(chunk);
    }
    dearmor?.finish();
  }

  async #unlock(): Promise<ProtectedData> {
    let found: DecryptedSessionKey[];
    try {
      const config = frozenConfig();
      const message = await readMessage({ binaryMessage: this.#envelope.keyPackets, config });
      const decryptionKeys = this.#keys;
      found = await decryptSessionKeys({ message, decryptionKeys, config });
    } catch (error) {
      const code = this.#envelope.namesUs ? 'source-altered' : 'source-not-for-us';
      throw new OpenpgpFault(code, { found: 'no session key' }, error);
    }
    const [sessionKey] = found;
    if (sessionKey === undefined || !isAccepted(sessionKey.algorithm)) {
      const cipher = sessionKey?.algorithm ?? 'unknown';
      throw new OpenpgpFault('source-encryption-unsupported', { cipher });
    }
    const data = new ProtectedData(sessionKey.algorithm, sessionKey.data);
    sessionKey.data.fill(0);
    return data;
  }
}

function isAccepted(algorithm: DecryptedSessionKey['algorithm']): algorithm is SourceCipher {
  return algorithm !== null && algorithm in sourceCiphers;
}
