import { createHash } from 'node:crypto';

import { BackupFault } from '../../domain/backup/errors.ts';
import { MANIFEST_BYTES_MAX, parseManifest } from '../../domain/backup/manifest.ts';
import type { BackupManifest } from '../../domain/backup/manifest.ts';
import {
  TAR_END_BYTES,
  TAR_HEADER_BYTES,
  tarHeader,
  tarPadding,
  tarSize,
} from '../../domain/backup/tar-header.ts';
import type { NewFolder } from '../workspace/new-folders.ts';
import { MANIFEST_NAME, WORKSPACE_FOLDER } from './write-backup.ts';

/**
 * Takes a backup apart into a hidden folder: what the manifest names, in its order, byte for byte, and nothing else.
 * Nothing in it is a choice of the file: names were checked with the manifest, and everything between the files has to be
 * what this program would have written.
 *
 * Throws `backup-not-one`, `backup-version`, `backup-altered`; then the folder is worth nothing.
 */
export async function readBackup(
  clear: AsyncIterable<Uint8Array>,
  file: string,
  folder: Pick<NewFolder, 'write'>,
  onProgress: (done: number, total: number) => void,
): Promise<BackupManifest> {
  const reader = new ClearReader(clear, file);
  try {
    const manifest = await readManifest(reader, file);
    const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
    let done = 0;
    for (const { path, bytes, sha256 } of manifest.files) {
      await reader.expect(tarHeader(`${WORKSPACE_FOLDER}${path}`, bytes));
      const hash = createHash('sha256');
      await folder.write(
        path,
        seen(reader.pass(bytes), hash, (size) => {
          onProgress(done + size, total);
        }),
      );
      if (hash.digest('hex') !== sha256) throw reader.altered(path);
      await reader.expect(new Uint8Array(tarPadding(bytes)));
      done += bytes;
    }
    await reader.expect(new Uint8Array(TAR_END_BYTES));
    await reader.end();
    return manifest;
  } finally {
    await reader.close();
  }
}

async function readManifest(reader: ClearReader, file: string): Promise<BackupManifest> {
  const header = await reader.take(TAR_HEADER_BYTES);
  const size = tarSize(header) ?? 0;
  const ours = tarHeader(MANIFEST_NAME, size);
  const isOurs = header.every((byte, at) => byte === ours[at]);
  if (!isOurs || size > MANIFEST_BYTES_MAX) throw new BackupFault('backup-not-one', { file });
  const manifest = parseManifest(await reader.take(size), file);
  await reader.expect(new Uint8Array(tarPadding(size)));
  return manifest;
}

async function* seen(
  chunks: AsyncIterable<Uint8Array>,
  hash: { update(chunk: Uint8Array): unknown },
  onSize: (size: number) => void,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    size += chunk.length;
    yield chunk;
    onSize(size);
  }
}

/** Reads a stream by numbers of bytes. */
class ClearReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #file: string;
  #rest = new Uint8Array(0);

  constructor(clear: AsyncIterable<Uint8Array>, file: string) {
    this.#chunks = clear[Symbol.asyncIterator]();
    this.#file = file;
  }

  altered(path: string): BackupFault {
    return new BackupFault('backup-altered', { file: this.#file, reason: path });
  }

  /** Exactly so many bytes, in parts. */
  async *pass(size: number): AsyncGenerator<Uint8Array> {
    let left = size;
    while (left > 0) {
      if (this.#rest.length === 0) await this.#more();
      const part = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }

  async take(size: number): Promise<Uint8Array> {
    const whole = new Uint8Array(size);
    let at = 0;
    for await (const part of this.pass(size)) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  async expect(bytes: Uint8Array): Promise<void> {
    const found = await this.take(bytes.length);
    if (!found.every((byte, at) => byte === bytes[at])) throw this.altered('archive');
  }

  /** Reads on to the end, where the whole is vouched for; there must be nothing more. */
  async end(): Promise<void> {
    const hasMore = this.#rest.length > 0 || (await this.#chunks.next()).done !== true;
    if (hasMore) throw this.altered('archive');
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #more(): Promise<void> {
    const next = await this.#chunks.next();
    if (next.done === true) throw this.altered('truncated');
    this.#rest = new Uint8Array(next.value);
  }
}
