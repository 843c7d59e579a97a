import { z } from 'zod';

import { encodeCanonicalJson, parseCanonicalJson } from '../canonical-json.ts';
import type { Json } from '../canonical-json.ts';
import { BackupFault } from './errors.ts';
import { DATABASE_PATH, isBackupPath } from './backup-path.ts';

const FILES_MAX = 100_000;
/** What the size field of a tar header holds: eleven octal digits. */
export const FILE_BYTES_MAX = 8 ** 11 - 1;
/** Of a manifest that names as many files as it may. */
export const MANIFEST_BYTES_MAX = 64 * 1024 * 1024;

const hexDigest = z.string().regex(/^[0-9a-f]{64}$/);

const fileSchema = z.strictObject({
  path: z.string().refine(isBackupPath),
  bytes: z.int().min(0).max(FILE_BYTES_MAX),
  sha256: hexDigest,
});

const manifestSchema = z.strictObject({
  type: z.literal('mimamori/backup/v1'),
  /** Names this backup in the log of the workspace and of whatever is restored from it. */
  backup: z.string().regex(/^[a-z0-9]{4,32}$/),
  workspace: z.string().min(1).max(64),
  mode: z.enum(['drill', 'live']),
  createdAt: z.iso.datetime(),
  /** Version of the program that made it. */
  program: z.string().min(1).max(64),
  /** Log of the copied database: its verifier key, its leaves and their root. */
  vkey: z.string().min(1).max(400),
  size: z.int().min(1),
  root: hexDigest,
  /** The newest signed checkpoint over that log, as a C2SP note; missing when nothing was ever signed. */
  checkpoint: z.string().max(8_192).optional(),
  files: z.array(fileSchema).min(1).max(FILES_MAX),
});

/** What a backup holds, file by file (docs/formats/backup-v1.md). */
export type BackupManifest = z.infer<typeof manifestSchema>;

export function encodeManifest(manifest: BackupManifest): Uint8Array {
  return encodeCanonicalJson(JSON.parse(JSON.stringify(manifest)) as Json);
}

/**
 * Reads a manifest. Throws `backup-version` for a later one, `backup-not-one` for another document, `backup-altered`
 * for one that names a file twice or no database.
 */
export function parseManifest(bytes: Uint8Array, file: string): BackupManifest {
  let value: Json;
  try {
    value = parseCanonicalJson(bytes);
  } catch (cause) {
    throw new BackupFault('backup-not-one', { file }, cause);
  }
  const type = typeOf(value);
  if (type !== 'mimamori/backup/v1') {
    const isLater = /^mimamori\/backup\/v[0-9]{1,4}$/.test(type);
    throw new BackupFault(isLater ? 'backup-version' : 'backup-not-one', { file, found: type });
  }
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) throw new BackupFault('backup-altered', { file, reason: 'manifest' });
  const paths = new Set(parsed.data.files.map(({ path }) => path));
  if (paths.size !== parsed.data.files.length || !paths.has(DATABASE_PATH)) {
    throw new BackupFault('backup-altered', { file, reason: 'manifest' });
  }
  return parsed.data;
}

function typeOf(value: Json): string {
  if (typeof value !== 'object' || Array.isArray(value)) return '';
  const { type } = value as Readonly<Record<string, Json>>;
  return typeof type === 'string' ? type.slice(0, 64) : '';
}
