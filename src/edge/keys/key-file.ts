import { createHash, randomBytes, randomFillSync, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

import { encodeCanonicalJson } from '../../domain/canonical-json.ts';
import { writeFileAtomically } from '../files/atomic-write.ts';
import { readSecretFile } from '../files/secret-file.ts';
import { KeyFault } from './errors.ts';
import { encodeSummed, hasShape, hex, isWorkspaceId, parseSummed, toHex } from './key-shape.ts';
import type { Shape } from './key-shape.ts';
import { KEY_BYTES, openSealedBytes, sealBytes } from './sealed-bytes.ts';

/** scrypt cost: 128 MiB and about half a second per try (RFC 7914 §2; OWASP's first choice). */
const KDF = { name: 'scrypt', n: 2 ** 17, r: 8, p: 1 } as const;
const SALT_BYTES = 16;
const CHECK_BYTES = 16;

/** What is authenticated with the key, beside the key itself. */
interface Bound {
  readonly type: 'mimamori/key-file/v1';
  readonly workspace: string;
  readonly purpose: 'key-encryption';
  readonly kdf: typeof KDF & { readonly salt: string };
}

/** A key file that is whole and ours by its looks; who has the passphrase opens it with `unlockKeyFile`. */
export interface KeyFile extends Bound {
  readonly file: string;
  readonly check: string;
  readonly wrapped: string;
}

const derive = promisify<Uint8Array, Uint8Array, number, object, Buffer>(scrypt);

/**
 * Creates `keys/workspace.key.json`: a new random key-encryption key, wrapped under the passphrase.
 *
 * Returns the key (32 bytes, the caller zeroes it). Throws `file-exists` rather than replace a
 * key that others are wrapped under, and as `writeFileAtomically`.
 */
export async function createKeyFile(
  file: string,
  workspace: string,
  passphrase: Uint8Array,
): Promise<Uint8Array> {
  const salt = randomBytes(SALT_BYTES).toString('hex');
  const bound: Bound = {
    type: 'mimamori/key-file/v1',
    workspace,
    purpose: 'key-encryption',
    kdf: { ...KDF, salt },
  };
  const key = randomFillSync(new Uint8Array(KEY_BYTES));
  const stretched = await stretch(passphrase, salt);
  try {
    const wrapped = sealBytes(stretched.subarray(0, KEY_BYTES), contextOf(bound), key);
    const content = { ...bound, check: checkOf(stretched), wrapped: toHex(wrapped) };
    const bytes = encodeSummed(content);
    await writeFileAtomically(file, bytes, { replace: false });
    return key;
  } catch (error) {
    key.fill(0);
    throw error;
  } finally {
    stretched.fill(0);
  }
}

/**
 * Reads a key file; a plain checksum shows damage before any work is done. Throws `key-file-altered` and the codes of
 * `readSecretFile`; all name the `file`.
 */
export async function readKeyFile(file: string): Promise<KeyFile> {
  return { file, ...parseKeyFile(file, await readSecretFile(file)) };
}

/**
 * Opens a key file. Returns the key (32 bytes, the caller zeroes it). Stretching the passphrase has begun when this
 * returns its promise, and goes on beside everything else.
 *
 * A wrong passphrase and a damaged file are told apart: a check value derived from the passphrase shows a wrong one.
 * (Who alters the salt *and* the checksum gets `passphrase-wrong`; nothing could tell.) Throws `passphrase-wrong` and
 * `key-file-altered`; both name the `file`.
 */
export async function unlockKeyFile(
  { file, type, workspace, purpose, kdf, check, wrapped }: KeyFile,
  passphrase: Uint8Array,
): Promise<Uint8Array> {
  const stretched = await stretch(passphrase, kdf.salt);
  try {
    if (!timingSafeEqual(Buffer.from(checkOf(stretched)), Buffer.from(check))) {
      throw new KeyFault('passphrase-wrong', { file });
    }
    const context = contextOf({ type, workspace, purpose, kdf });
    const wrapping = stretched.subarray(0, KEY_BYTES);
    const key = openSealedBytes(wrapping, context, Buffer.from(wrapped, 'hex'));
    if (key === undefined) throw new KeyFault('key-file-altered', { file });
    return key;
  } finally {
    stretched.fill(0);
  }
}

function parseKeyFile(file: string, bytes: Uint8Array): Omit<KeyFile, 'file'> {
  // The shapes say no less than the type.
  return parseSummed(file, bytes, topShape) as unknown as Omit<KeyFile, 'file'>;
}

const kdfShape: Shape = {
  // One value and no range: an altered file must not choose how much memory we spend or how little a guess costs.
  name: (value) => value === KDF.name,
  n: (value) => value === KDF.n,
  r: (value) => value === KDF.r,
  p: (value) => value === KDF.p,
  salt: hex(SALT_BYTES),
};

const topShape: Shape = {
  type: (value) => value === 'mimamori/key-file/v1',
  workspace: isWorkspaceId,
  purpose: (value) => value === 'key-encryption',
  kdf: (value) => hasShape(value, kdfShape),
  check: hex(CHECK_BYTES),
  wrapped: hex(12 + KEY_BYTES + 16),
};

/** 32 bytes that wrap the key, then 32 that only serve to recognise the passphrase. */
async function stretch(passphrase: Uint8Array, salt: string): Promise<Uint8Array> {
  const { n, r, p } = KDF;
  const options = { N: n, r, p, maxmem: 2 * 128 * n * r };
  return derive(passphrase, Buffer.from(salt, 'hex'), 2 * KEY_BYTES, options);
}

/** A digest of the second half, so that the file holds no bit of the first: scrypt's output blocks are independent (PBKDF2). */
function checkOf(stretched: Uint8Array): string {
  const digest = createHash('sha256').update(stretched.subarray(KEY_BYTES)).digest();
  return toHex(digest.subarray(0, CHECK_BYTES));
}

/** Everything but the secret parts is authenticated with the key: workspace, purpose and cost. */
function contextOf(bound: Bound): Uint8Array {
  return encodeCanonicalJson({ ...bound });
}
