import { createHash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

import { encodeCanonicalJson } from '../../domain/canonical-json.ts';
import { KeyLifeFault } from '../../domain/keys/errors.ts';
import { readSecretFile } from '../files/secret-file.ts';
import { KeyFault } from './errors.ts';
import { encodeSummed, hasShape, hex, isWorkspaceId, parseSummed, toHex } from './key-shape.ts';
import type { Shape } from './key-shape.ts';
import { KEY_BYTES, openSealedBytes, SEAL_OVERHEAD_BYTES, sealBytes } from './sealed-bytes.ts';

const KDF = { name: 'hkdf-sha256' } as const;
const SALT_BYTES = 16;
const CHECK_BYTES = 16;
/** As long as a passphrase may be. */
const PASSPHRASE_BYTES_MAX = 1_024;
const LENGTH_BYTES = 2;
/** Key, length of the passphrase, passphrase and zeroes: one size, so that the file does not tell the length. */
const CLEAR_BYTES = KEY_BYTES + LENGTH_BYTES + PASSPHRASE_BYTES_MAX;

/** What is authenticated with what is wrapped. */
interface Bound {
  readonly type: 'mimamori/credential-file/v1';
  readonly workspace: string;
  readonly purpose: 'unattended';
  readonly createdAt: string;
  readonly kdf: typeof KDF & { readonly salt: string };
}

/** A credential file that is whole and ours by its looks; who has the secret opens it with `openCredentialFile`. */
export interface CredentialFile extends Bound {
  readonly file: string;
  readonly check: string;
  readonly wrapped: string;
}

/** What a credential stands for: the key-encryption key and the passphrase. Whoever asked for them zeroes both. */
export interface OpenedCredential {
  readonly key: Uint8Array;
  readonly passphrase: Uint8Array;
}

/**
 * Wraps key-encryption key and passphrase (at most 1,024 bytes) under a new random secret of 32 bytes.
 *
 * Returns the secret as the line that goes into the credential, and the bytes of `keys/credential.key.json`. Key and
 * passphrase stay the caller's to zero, and so does the secret. The secret is random, so that HKDF (RFC 5869) is enough: there
 * is nothing to guess.
 */
export function wrapCredential(
  workspace: string,
  createdAt: Date,
  { key, passphrase }: OpenedCredential,
): { readonly secret: Uint8Array; readonly content: Uint8Array; readonly sha256: string } {
  const bound: Bound = {
    type: 'mimamori/credential-file/v1',
    workspace,
    purpose: 'unattended',
    createdAt: createdAt.toISOString(),
    kdf: { ...KDF, salt: randomBytes(SALT_BYTES).toString('hex') },
  };
  const secret = new TextEncoder().encode(`${randomBytes(KEY_BYTES).toString('hex')}\n`);
  const derived = derive(secret.subarray(0, -1), bound);
  const clear = new Uint8Array(CLEAR_BYTES);
  clear.set(key);
  new DataView(clear.buffer).setUint16(KEY_BYTES, passphrase.length);
  clear.set(passphrase, KEY_BYTES + LENGTH_BYTES);
  try {
    const wrapped = sealBytes(
      derived.subarray(0, KEY_BYTES),
      encodeCanonicalJson({ ...bound }),
      clear,
    );
    const content = encodeSummed({ ...bound, check: checkOf(derived), wrapped: toHex(wrapped) });
    const sha256 = toHex(createHash('sha256').update(content).digest());
    return { secret, content, sha256 };
  } finally {
    derived.fill(0);
    clear.fill(0);
  }
}

/**
 * Reads `keys/credential.key.json`. Throws `credential-none` where the workspace has none, `key-file-altered`, and the
 * other codes of `readSecretFile`; all name the `file`.
 */
export async function readCredentialFile(file: string): Promise<CredentialFile> {
  const bytes = await readSecretFile(file).catch((error: unknown) => {
    if ((error as { readonly code?: unknown }).code !== 'secret-missing') throw error;
    throw new KeyLifeFault('credential-none', { file }, error);
  });
  // The shape says no less than the type.
  const content = parseSummed(file, bytes, shape) as unknown as Omit<CredentialFile, 'file'>;
  return { file, ...content };
}

/**
 * Opens a credential file with the secret that stood in `credential`, a file of one line: 64 hexadecimal digits.
 *
 * Throws `credential-malformed` for anything else, `credential-wrong` for another secret, both naming the `credential`,
 * and `key-file-altered`, which names the `file`.
 */
export function openCredentialFile(
  { file, check, wrapped, type, workspace, purpose, createdAt, kdf }: CredentialFile,
  secret: Uint8Array,
  credential: string,
): OpenedCredential {
  if (!isSecret(secret)) throw new KeyFault('credential-malformed', { credential });
  const bound: Bound = { type, workspace, purpose, createdAt, kdf };
  const derived = derive(secret, bound);
  try {
    if (!timingSafeEqual(Buffer.from(checkOf(derived)), Buffer.from(check))) {
      throw new KeyFault('credential-wrong', { credential });
    }
    const context = encodeCanonicalJson({ ...bound });
    const sealed = Buffer.from(wrapped, 'hex');
    const clear = openSealedBytes(derived.subarray(0, KEY_BYTES), context, sealed);
    if (clear === undefined) throw new KeyFault('key-file-altered', { file });
    const length = new DataView(clear.buffer).getUint16(KEY_BYTES);
    const from = KEY_BYTES + LENGTH_BYTES;
    const opened = { key: clear.slice(0, KEY_BYTES), passphrase: clear.slice(from, from + length) };
    clear.fill(0);
    return opened;
  } finally {
    derived.fill(0);
  }
}

const kdfShape: Shape = { name: (value) => value === KDF.name, salt: hex(SALT_BYTES) };

const shape: Shape = {
  type: (value) => value === 'mimamori/credential-file/v1',
  workspace: isWorkspaceId,
  purpose: (value) => value === 'unattended',
  createdAt: (value) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value),
  kdf: (value) => hasShape(value, kdfShape),
  check: hex(CHECK_BYTES),
  wrapped: hex(CLEAR_BYTES + SEAL_OVERHEAD_BYTES),
};

function isSecret(bytes: Uint8Array): boolean {
  const isHex = (byte: number): boolean =>
    (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66);
  return bytes.length === 2 * KEY_BYTES && bytes.every(isHex);
}

/** 32 bytes that wrap, then 32 that only serve to recognise the secret. The digits are the secret, as they stand. */
function derive(secret: Uint8Array, { type, workspace, purpose, kdf }: Bound): Uint8Array {
  const info = encodeCanonicalJson({ type, workspace, purpose });
  const salt = Buffer.from(kdf.salt, 'hex');
  return new Uint8Array(hkdfSync('sha256', secret, salt, info, 2 * KEY_BYTES));
}

/** A digest of the second half, so that the file holds no bit of what HKDF gave. */
function checkOf(derived: Uint8Array): string {
  const digest = createHash('sha256').update(derived.subarray(KEY_BYTES)).digest();
  return toHex(digest.subarray(0, CHECK_BYTES));
}
