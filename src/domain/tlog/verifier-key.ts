import { createPublicKey, hash, verify } from 'node:crypto';

import { decodeBase64, encodeBase64 } from './base64.ts';
import { isProperKey } from './ed25519-key.ts';
import { TlogFault } from './errors.ts';
import { isKeyName } from './key-name.ts';

/** C2SP signature type of plain Ed25519 over the note text; the only one we write or check. */
const ED25519_TYPE = 0x01;
const ED25519_SIGNATURE_BYTES = 64;

/** The public half of a key that signs notes. Name and id together say which key; the id alone proves nothing. */
export interface VerifierKey {
  readonly name: string;
  /** First four bytes of SHA-256(name ‖ U+000A ‖ type ‖ public key), as an unsigned number. */
  readonly keyId: number;
  /** 32 bytes (RFC 8032). */
  readonly publicKey: Uint8Array;
}

/**
 * Makes a verifier key of a name and an Ed25519 public key; a key of small order or in an unusual spelling is refused.
 * Throws `verifier-key-malformed` with the `part` at fault.
 */
export function verifierKey(name: string, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw malformed('name');
  if (!isProperKey(publicKey)) throw malformed('key');
  const label = new TextEncoder().encode(`${name}\n`);
  const input = new Uint8Array(label.length + 1 + publicKey.length);
  input.set(label);
  input[label.length] = ED25519_TYPE;
  input.set(publicKey, label.length + 1);
  const digest = hash('sha256', input, 'buffer');
  return { name, keyId: digest.readUInt32BE(0), publicKey };
}

/** Writes a key as `<name>+<8 hex>+<base64(type ‖ key)>` (C2SP signed-note, "vkey"). */
export function encodeVerifierKey(key: VerifierKey): string {
  const typed = new Uint8Array(1 + key.publicKey.length);
  typed[0] = ED25519_TYPE;
  typed.set(key.publicKey, 1);
  return `${key.name}+${formatKeyId(key.keyId)}+${encodeBase64(typed)}`;
}

/**
 * Reads a vkey. Its id is computed anew: a vkey whose id is not that of its key is refused.
 * Throws `verifier-key-malformed` with the `part` at fault: form, name, id, type, key.
 */
export function parseVerifierKey(vkey: string): VerifierKey {
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey);
  if (match === null) throw malformed('form');
  const [, name = '', id = '', material = ''] = match;
  const typed = decodeBase64(material);
  if (typed === undefined || typed.length < 2) throw malformed('key');
  if (typed[0] !== ED25519_TYPE) throw malformed('type');
  const key = verifierKey(name, typed.subarray(1));
  if (formatKeyId(key.keyId) !== id) throw malformed('id');
  return key;
}

/** Whether an Ed25519 signature over `message` is good under this key (RFC 8032 §5.1.7). Never throws. */
export function verifySignature(
  key: VerifierKey,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (signature.length !== ED25519_SIGNATURE_BYTES) return false;
  const x = encodeBase64(key.publicKey)
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
  try {
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(undefined, message, publicKey, signature);
  } catch {
    // Not a point on the curve: no signature is good under such a key.
    return false;
  }
}

function formatKeyId(keyId: number): string {
  return keyId.toString(16).padStart(8, '0');
}

function malformed(part: 'form' | 'name' | 'id' | 'type' | 'key'): TlogFault {
  return new TlogFault('verifier-key-malformed', { part });
}
