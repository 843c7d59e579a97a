import {
  encryptSessionKey,
  type PublicKey,
  type SecretKeyPacket,
  type SecretSubkeyPacket,
} from 'openpgp';
import type { OpenedSeal, SealRequest, SealTerms, Sealer } from '../../exchange/handoff/sealer.ts';
import { BulkSealer } from './bulk-sealer.ts';
import { OpenpgpFault } from './errors.ts';
import { examineCertificate } from './examine-certificate.ts';
import { frozenConfig } from './frozen-config.ts';
import { assertSubkey } from './inspect-certificate.ts';
import { normalFingerprint } from './key-names.ts';
import type { OurKey } from './our-key.ts';
import { outlineOf, signaturePacket } from './signature-outline.ts';
import { signingKeyOf, type SigningKey } from './signing-key.ts';

const SESSION_KEY_BYTES = 32;

/**
 * The sealer port, kept with openpgp.js and our unlocked key. The library judges the certificate, writes the session
 * key packet and everything about our signature that is known before the document; `BulkSealer` does the rest.
 */
export class OpenpgpSealer implements Sealer {
  readonly #ourKey: OurKey;
  readonly #now: () => Date;
  #signingKey: SigningKey | undefined;

  /** @param now decides whether a certificate is still good; the signature carries it. Tests set it. */
  constructor(ourKey: OurKey, now: () => Date = () => new Date()) {
    this.#ourKey = ourKey;
    this.#now = now;
  }

  async open(terms: SealTerms): Promise<OpenedSeal> {
    const at = this.#now();
    const { certificate, key, relaxations } = await examineCertificate(terms.certificate, {
      fingerprint: terms.fingerprint,
      purpose: 'encrypt',
      allow: terms.allow,
      at,
    });
    assertSubkey(certificate, terms.encryptionSubkey);
    const signingKey = await this.#signingKeyAt(at);
    const sessionKey = crypto.getRandomValues(new Uint8Array(SESSION_KEY_BYTES));
    try {
      const outline = await outlineOf(this.#ourKey.unlocked, key, at);
      const { onePassPacket, literalHead, hash, prefix } = outline;
      const sessionKeyPacket = await encryptSessionKey({
        data: sessionKey,
        algorithm: 'aes256',
        encryptionKeys: key,
        encryptionKeyIDs: keyIdsOf(key, terms.encryptionSubkey),
        date: at,
        format: 'binary',
        config: frozenConfig(relaxations),
      });
      return {
        opening: {
          encryptionKeyId: certificate.encryptionSubkey?.keyId ?? '',
          ...{ sessionKeyPacket, sessionKey, onePassPacket, literalHead },
          ...{ digest: hash.name, signaturePrefix: prefix, armor: terms.armor },
        },
        sign: (digest) =>
          new Promise((resolve) => {
            resolve(signaturePacket(outline, signingKey, digest));
          }),
      };
    } catch (error) {
      sessionKey.fill(0);
      throw failedSeal(error);
    }
  }

  async *seal(request: SealRequest): AsyncGenerator<Uint8Array> {
    const { opening, sign } = await this.open(request);
    const bulk = new BulkSealer(opening);
    try {
      yield bulk.start();
      for await (const chunk of request.payload) {
        const sealed = bulk.update(chunk);
        if (sealed.length > 0) {
          yield sealed;
        }
      }
      yield bulk.finish(await sign(bulk.digest()));
    } finally {
      bulk.wipe();
    }
  }

  /** The part of our key that signs at this time; made once, because that takes longer than a signature. */
  async #signingKeyAt(at: Date): Promise<SigningKey> {
    const { fingerprint, unlocked } = this.#ourKey;
    let part;
    try {
      part = await unlocked.getSigningKey(undefined, at, undefined, frozenConfig());
    } catch (error) {
      throw new OpenpgpFault('seal-key-unusable', { fingerprint }, error);
    }
    if (normalFingerprint(part.getFingerprint()) !== this.#signingKey?.fingerprint) {
      // A part that a private key signs with is never a public one; the library's types leave that open.
      this.#signingKey = signingKeyOf(part.keyPacket as SecretKeyPacket | SecretSubkeyPacket);
    }
    return this.#signingKey;
  }
}

/**
 * The pinned subkey, named and not chosen again: under the strict configuration the library would pass over a
 * revocation with SHA-1 and prefer a revoked subkey that is newer.
 */
function keyIdsOf(key: PublicKey, encryptionSubkey: string) {
  const pinned = normalFingerprint(encryptionSubkey);
  return key
    .getKeys()
    .filter((part) => normalFingerprint(part.getFingerprint()) === pinned)
    .map((part) => part.getKeyID());
}

function failedSeal(error: unknown): OpenpgpFault {
  return error instanceof OpenpgpFault ? error : new OpenpgpFault('seal-failed', {}, error);
}
