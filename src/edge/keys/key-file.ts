import { createHash, randomBytes, randomFillSync, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

import { z } from 'zod';

import { encodeCanonicalJson, parseCanonicalJson } from '../../domain/canonical-json.ts';
import type { Json } from '../../domain/canonical-json.ts';
import { writeFileAtomically } from '../files/atomic-write.ts';
import { readSecretFile } from '../files/secret-file.ts';
import { KeyFault } from './errors.ts';
import { KEY_BYTES, openSealedBytes, sealBytes } from './sealed-bytes.ts';

/** scrypt cost: 128 MiB and about half a second per try (RFC 7914 §2; OWASP's first choice). */
const KDF = { name: 'scrypt', n: 2 ** 17, r: 8, p: 1 } as const;
const SALT_BYTES = 16;
const CHECK_BYTES = 16;

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

const keyFileSchema = z.strictObject({
  type: z.literal('mimamori/key-file/v1'),
  workspace: z.string().min(1).max(64),
  purpose: z.literal('key-encryption'),
  // Literals and not ranges: an altered file must not choose how much memory we spend or how little a guess costs.
  kdf: z.strictObject({
    name: z.literal(KDF.name),
    n: z.literal(KDF.n),
    r: z.literal(KDF.r),
    p: z.literal(KDF.p),
    salt: hex(SALT_BYTES),
  }),
  check: hex(CHECK_BYTES),
  wrapped: hex(12 + KEY_BYTES + 16),
  sum: hex(32),
});

type KeyFile = z.infer<typeof keyFileSchema>;
type Bound = Omit<KeyFile, 'check' | 'wrapped' | 'sum'>;

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
    const bytes = encodeCanonicalJson({ ...content, sum: sumOf(content) });
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
 * Opens the key file of this workspace. Returns the key (32 bytes, the caller zeroes it).
 *
 * A wrong passphrase and a damaged file are told apart: a plain checksum shows damage before any work is done, then a
 * check value derived from the passphrase shows a wrong one. (Who alters the salt *and* the checksum gets
 * `passphrase-wrong`; nothing could tell.) Throws `passphrase-wrong`, `key-file-altered`, `key-file-other-workspace`
 * and the codes of `readSecretFile`; all name the `file`.
 */
export async function openKeyFile(
  file: string,
  workspace: string,
  passphrase: Uint8Array,
): Promise<Uint8Array> {
  const content = parseKeyFile(file, await readSecretFile(file));
  if (content.workspace !== workspace) {
    throw new KeyFault('key-file-other-workspace', { file, workspace });
  }
  const { type, purpose, kdf, check, wrapped } = content;
  const stretched = await stretch(passphrase, content.kdf.salt);
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

function parseKeyFile(file: string, bytes: Uint8Array): KeyFile {
  let value: Json;
  try {
    value = parseCanonicalJson(bytes);
  } catch (cause) {
    throw new KeyFault('key-file-altered', { file }, cause);
  }
  const parsed = keyFileSchema.safeParse(value);
  if (!parsed.success) throw new KeyFault('key-file-altered', { file });
  const { sum, ...content } = parsed.data;
  if (sumOf(content) !== sum) throw new KeyFault('key-file-altered', { file });
  return parsed.data;
}

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
  return encodeCanonicalJson(bound);
}

function sumOf(content: Omit<KeyFile, 'sum'>): string {
  return toHex(createHash('sha256').update(encodeCanonicalJson(content)).digest());
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}
