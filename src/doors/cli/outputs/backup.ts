import { z } from 'zod';

import type { MadeBackup } from '../../../exchange/backup/make-backup.ts';
import type { RestoredBackup } from '../../../exchange/backup/restore-backup.ts';

const manifest = {
  backup: z.string(),
  workspace: z.string(),
  mode: z.enum(['drill', 'live']),
  createdAt: z.string(),
  /** Leaves of the log, and their root as hex. */
  size: z.int(),
  root: z.string(),
  files: z.int(),
};

/** `backup --json`. */
export const backupSchema = z.strictObject({
  ...manifest,
  file: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  leftOut: z.array(z.string()),
  places: z.array(z.strictObject({ check: z.string(), path: z.string() })).optional(),
});

export function backupDocument(made: MadeBackup, file: string): z.infer<typeof backupSchema> {
  const places = made.places.map(({ check, facts }) => ({ check, path: String(facts['path']) }));
  return {
    ...headOf(made),
    ...{ file, bytes: made.bytes, sha256: made.sha256, leftOut: [...made.leftOut] },
    ...(places.length === 0 ? {} : { places }),
  };
}

/** `restore --json`. `size`: entries of the log in the backup; the restored one has one more. `code` says why the workspace may be read only. */
export const restoreSchema = z.strictObject({
  ...manifest,
  directory: z.string(),
  mayGoOn: z.boolean(),
  comparedWith: z.enum(['anchor', 'checkpoint', 'nothing']).optional(),
  code: z.string().optional(),
  anchored: z.int().optional(),
});

export function restoreDocument(
  made: Pick<RestoredBackup, 'manifest' | 'standing'>,
  directory: string,
): z.infer<typeof restoreSchema> {
  const { standing } = made;
  const head = { ...headOf(made), directory };
  if (standing.mayGoOn) return { ...head, mayGoOn: true, comparedWith: standing.comparedWith };
  const { code, facts } = standing.fault;
  const { anchored } = facts;
  return {
    ...{ ...head, mayGoOn: false, code },
    ...(typeof anchored === 'number' ? { anchored } : {}),
  };
}

function headOf(made: Pick<MadeBackup, 'manifest'>) {
  const { backup, workspace, mode, createdAt, size, root, files } = made.manifest;
  return { backup, workspace, mode, createdAt, size, root, files: files.length };
}
