import { createHash } from 'node:crypto';

import { DATABASE_PATH } from '../../domain/backup/backup-path.ts';
import { BackupFault } from '../../domain/backup/errors.ts';
import { encodeManifest } from '../../domain/backup/manifest.ts';
import type { BackupManifest } from '../../domain/backup/manifest.ts';
import { TAR_END_BYTES, tarHeader, tarPadding } from '../../domain/backup/tar-header.ts';
import type { BackupFiles, DatabaseSnapshot } from './backup-files.ts';

/** First in the archive, so that a reader knows all that must follow. */
export const MANIFEST_NAME = 'manifest.json';
/** So that the archive, taken apart by hand, puts the workspace into a folder of its own. */
export const WORKSPACE_FOLDER = 'workspace/';

/**
 * The clear bytes of a backup: a tar archive of the manifest and then every file that it names, in its order. Nothing is
 * held but the chunk that passes. `onProgress` gets the bytes of files so far.
 *
 * Throws `backup-changed` when a file is not any more what the manifest says.
 */
export async function* writeBackup(
  manifest: BackupManifest,
  sources: { readonly files: BackupFiles; readonly snapshot: DatabaseSnapshot },
  onProgress: (done: number) => void,
): AsyncGenerator<Uint8Array> {
  const document = encodeManifest(manifest);
  yield tarHeader(MANIFEST_NAME, document.length);
  yield document;
  yield new Uint8Array(tarPadding(document.length));
  let done = 0;
  for (const { path, bytes, sha256 } of manifest.files) {
    yield tarHeader(`${WORKSPACE_FOLDER}${path}`, bytes);
    const hash = createHash('sha256');
    let seen = 0;
    const chunks = path === DATABASE_PATH ? sources.snapshot.read() : sources.files.read(path);
    for await (const chunk of chunks) {
      seen += chunk.length;
      if (seen > bytes) break;
      hash.update(chunk);
      yield chunk;
      onProgress(done + seen);
    }
    if (seen !== bytes || hash.digest('hex') !== sha256) {
      throw new BackupFault('backup-changed', { path });
    }
    yield new Uint8Array(tarPadding(bytes));
    done += bytes;
  }
  yield new Uint8Array(TAR_END_BYTES);
}
