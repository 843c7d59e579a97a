import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { isFault } from '../../domain/fault.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { SealedShape } from '../openpgp/sealed-shape.ts';
import { syncDirectory } from './atomic-write.ts';
import { errnoOf } from './errno.ts';

/** What was written. */
export interface SealedFile {
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

/**
 * Writes a sealed file under `directory`: whole, checked and on the disk, or not at all.
 *
 * The bytes go to `.<name>.part` (new, 0600); while they pass, their outer packets are held against the pinned
 * encryption subkey (40 hex digits) and their SHA-256 is taken. Then sync, rename, sync of the directory. After any
 * failure nothing of it is left. A failed sync is not tried again: the kernel may have dropped the pages, and a second
 * sync would report success.
 *
 * Throws what `chunks` throws, `seal-shape-unexpected`, `file-exists` (this name or its part is taken), `disk-full`
 * or `file-write-failed`.
 */
export async function writeSealedFile(
  directory: string,
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  encryptionSubkey: string,
): Promise<SealedFile> {
  const place = join(directory, name);
  const part = join(directory, `.${name}.part`);
  const handle = await openPart(part, name);
  let standsAs = part;
  try {
    const written = await writeAll(handle, chunks, encryptionSubkey);
    await handle.sync();
    await handle.close();
    await assertFree(place, name);
    await rename(part, place);
    standsAs = place;
    await syncDirectory(directory);
    return written;
  } catch (error) {
    await handle.close().catch(() => undefined);
    await unlink(standsAs).catch(() => undefined);
    throw errnoOf(error) === 'unknown' || isFault(error) ? error : faultOf(name, error);
  }
}

async function openPart(part: string, name: string): Promise<FileHandle> {
  const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants;
  try {
    return await open(part, O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY, 0o600);
  } catch (error) {
    throw faultOf(name, error);
  }
}

async function writeAll(
  handle: FileHandle,
  chunks: AsyncIterable<Uint8Array>,
  encryptionSubkey: string,
): Promise<SealedFile> {
  const hash = createHash('sha256');
  const shape = new SealedShape(encryptionSubkey);
  let bytes = 0;
  for await (const chunk of chunks) {
    shape.feed(chunk);
    hash.update(chunk);
    await writeWhole(handle, chunk);
    bytes += chunk.length;
  }
  shape.finish();
  return { bytes, sha256: hash.digest('hex') };
}

async function writeWhole(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  let at = 0;
  while (at < chunk.length) {
    const { bytesWritten } = await handle.write(chunk, at);
    at += bytesWritten;
  }
}

/** Names are drawn at random and used once: a taken one is a bug or a second process, never to be overwritten. */
async function assertFree(path: string, name: string): Promise<void> {
  try {
    await (await open(path, constants.O_RDONLY)).close();
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') {
      return;
    }
    throw error;
  }
  throw new WorkspaceFault('file-exists', { file: name });
}

function faultOf(name: string, error: unknown): WorkspaceFault {
  const reason = errnoOf(error);
  if (reason === 'ENOSPC' || reason === 'EDQUOT') {
    return new WorkspaceFault('disk-full', { file: name }, error);
  }
  if (reason === 'EEXIST') {
    return new WorkspaceFault('file-exists', { file: name }, error);
  }
  return new WorkspaceFault('file-write-failed', { file: name, reason }, error);
}
