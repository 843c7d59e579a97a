import { createMessage, encrypt } from 'openpgp';
import type { SealRequest, Sealer } from '../../exchange/sealer.ts';
import { armored } from './armor.ts';
import { OpenpgpFault } from './errors.ts';
import { examineCertificate } from './examine-certificate.ts';
import { frozenConfig } from './frozen-config.ts';
import { assertSubkey } from './inspect-certificate.ts';
import { normalFingerprint } from './key-names.ts';
import type { OurKey } from './our-key.ts';
import { OuterPackets } from './outer-packets.ts';
import { gathered } from './stream-bridge.ts';

const SESSION_KEY_BYTES = 32;

/** The sealer port, kept with openpgp.js and our unlocked key. */
export class OpenpgpSealer implements Sealer {
  readonly #ourKey: OurKey;
  readonly #now: () => Date;

  /** @param now decides whether a certificate is still good; the signature carries it. Tests set it. */
  constructor(ourKey: OurKey, now: () => Date = () => new Date()) {
    this.#ourKey = ourKey;
    this.#now = now;
  }

  async *seal(request: SealRequest): AsyncGenerator<Uint8Array> {
    const binary = this.#sealed(request);
    yield* request.armor ? armored(binary) : binary;
  }

  async *#sealed(request: SealRequest): AsyncGenerator<Uint8Array> {
    const at = this.#now();
    const { certificate, key, relaxations } = await examineCertificate(request.certificate, {
      fingerprint: request.fingerprint,
      purpose: 'encrypt',
      allow: request.allow,
      at,
    });
    assertSubkey(certificate, request.encryptionSubkey);
    const config = frozenConfig(relaxations);
    // Named, not chosen again: under the strict configuration the library would pass over a revocation with SHA-1
    // and prefer a revoked subkey that is newer.
    const pinned = normalFingerprint(request.encryptionSubkey);
    const encryptionKeyIDs = key
      .getKeys()
      .filter((part) => normalFingerprint(part.getFingerprint()) === pinned)
      .map((part) => part.getKeyID());
    // With a session key of our own the library writes SEIPD version 1 under AES-256, whatever the certificate's
    // preferences are; left to them it may choose AES-128, or version 2, which GnuPG cannot read.
    const sessionKey = crypto.getRandomValues(new Uint8Array(SESSION_KEY_BYTES));
    const shape = new OuterPackets(certificate.encryptionSubkey?.keyId ?? '');
    const payload = new PayloadStream(request.payload);
    try {
      await this.#assertCanSign(at);
      const message = await createMessage({
        binary: payload.stream,
        filename: '',
        format: 'binary',
        date: new Date(0),
      });
      const sealed: unknown = await encrypt({
        message,
        encryptionKeys: key,
        encryptionKeyIDs,
        signingKeys: this.#ourKey.unlocked,
        sessionKey: { data: sessionKey, algorithm: 'aes256' },
        date: at,
        format: 'binary',
        config,
      });
      for await (const chunk of sealed as AsyncIterable<Uint8Array>) {
        shape.feed(chunk);
        yield chunk;
      }
      shape.finish();
    } catch (error) {
      if (payload.failure !== undefined) {
        throw payload.failure.error;
      }
      throw error instanceof OpenpgpFault ? error : new OpenpgpFault('seal-failed', {}, error);
    } finally {
      sessionKey.fill(0);
    }
  }

  async #assertCanSign(at: Date): Promise<void> {
    try {
      await this.#ourKey.unlocked.getSigningKey(undefined, at, undefined, frozenConfig());
    } catch (error) {
      const { fingerprint } = this.#ourKey;
      throw new OpenpgpFault('seal-key-unusable', { fingerprint }, error);
    }
  }
}

/** The payload as the library wants it, remembering the error the payload itself threw, if it did. */
class PayloadStream {
  readonly stream: ReadableStream<Uint8Array>;
  failure: { readonly error: unknown } | undefined;

  constructor(payload: SealRequest['payload']) {
    this.stream = ReadableStream.from<Uint8Array>(this.#watched(payload));
  }

  async *#watched(payload: SealRequest['payload']): AsyncGenerator<Uint8Array> {
    try {
      yield* gathered(payload);
    } catch (error) {
      this.failure = { error };
      throw error;
    }
  }
}
