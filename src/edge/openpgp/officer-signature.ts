import {
  createMessage,
  enums,
  readSignature,
  sign,
  verify,
  type Key,
  type Signature,
} from 'openpgp';
import type { Signatures } from '../../exchange/acts/signatures.ts';
import { OpenpgpFault } from './errors.ts';
import { frozenConfig, judgingConfig, RSA_BITS } from './frozen-config.ts';
import { normalFingerprint } from './key-names.ts';
import { readOneKey } from './read-one-key.ts';
import { readPrivateKey, unlockKey } from './unlock-key.ts';

const SIGNATURE_BYTES_MAX = 16 * 1024;
const BINARY_FIRST_BYTE = 0x80;

/** What an officer's certificate may be was decided when it was pinned; only the signature itself is judged here. */
const config = frozenConfig({ minRSABits: RSA_BITS.excepted, allowSha1Bindings: true });

/** The signatures port, kept with openpgp.js. */
export const openpgpSignatures: Signatures = {
  async isProtected(bytes) {
    return !(await readPrivateKey(bytes, 'signature-key-unusable')).isDecrypted();
  },

  async signDetached(statement, { bytes, passphrase }) {
    const key = await unlockKey(bytes, passphrase, 'signature-key-unusable');
    try {
      const signature: unknown = await sign({
        message: await createMessage({ binary: statement }),
        signingKeys: key,
        detached: true,
        format: 'binary',
        config,
      });
      return signature as Uint8Array;
    } catch (error) {
      const fingerprint = normalFingerprint(key.getFingerprint());
      throw new OpenpgpFault('signature-key-unusable', { fingerprint }, error);
    }
  },

  async verifyDetached(statement, signatureBytes, certificate) {
    const signature = await readOneSignature(signatureBytes);
    const key = await readOneKey(certificate, config);
    const fingerprint = normalFingerprint(key.getFingerprint());
    const [keyId] = signature.getSigningKeyIDs();
    if (keyId === undefined || key.getKeys(keyId).length === 0) {
      const signer = keyId === undefined ? '' : normalFingerprint(keyId.toHex());
      throw new OpenpgpFault('signature-not-theirs', { fingerprint, signer });
    }
    await verifyOne(statement, signature, key);
    const signedAt = signature.packets[0]?.created;
    if (signedAt == null) {
      throw new OpenpgpFault('signature-malformed', { found: 'no date' });
    }
    return { fingerprint, signedAt };
  },
};

async function verifyOne(statement: Uint8Array, signature: Signature, key: Key): Promise<void> {
  const fingerprint = normalFingerprint(key.getFingerprint());
  try {
    // A revocation made with SHA-1 counts too, although the strict configuration passes over it.
    if (await key.isRevoked(undefined, undefined, new Date(), judgingConfig())) {
      throw new OpenpgpFault('signature-wrong', { fingerprint, found: 'a revoked certificate' });
    }
    const { signatures } = await verify({
      message: await createMessage({ binary: statement }),
      signature,
      verificationKeys: key.toPublic(),
      format: 'binary',
      config,
    });
    await signatures[0]!.verified;
  } catch (error) {
    throw error instanceof OpenpgpFault
      ? error
      : new OpenpgpFault('signature-wrong', { fingerprint }, error);
  }
}

/** Exactly one signature packet, of the kind over bytes as they are (RFC 9580 §5.2.1.1), binary or armored. */
async function readOneSignature(bytes: Uint8Array): Promise<Signature> {
  if (bytes.length === 0 || bytes.length > SIGNATURE_BYTES_MAX) {
    throw new OpenpgpFault('signature-malformed', { bytes: bytes.length });
  }
  let signature: Signature;
  try {
    signature =
      bytes[0]! >= BINARY_FIRST_BYTE
        ? await readSignature({ binarySignature: bytes, config })
        : await readSignature({ armoredSignature: onlyBlock(bytes), config });
  } catch (error) {
    throw error instanceof OpenpgpFault
      ? error
      : new OpenpgpFault('signature-malformed', {}, error);
  }
  const [packet] = signature.packets;
  if (signature.packets.length !== 1 || packet?.signatureType !== enums.signature.binary) {
    throw new OpenpgpFault('signature-malformed', { signatures: signature.packets.length });
  }
  return signature;
}

/** The library reads the first armored block and passes over a second one. */
function onlyBlock(bytes: Uint8Array): string {
  const text = new TextDecoder('latin1').decode(bytes);
  const blocks = text.split('-----BEGIN PGP ').length - 1;
  if (blocks !== 1) {
    throw new OpenpgpFault('signature-malformed', { signatures: blocks });
  }
  return text.trim();
}
