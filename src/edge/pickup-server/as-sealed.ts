import { createHash } from 'node:crypto';
import { closeSync, constants, createReadStream, fstatSync, openSync } from 'node:fs';

import type { UnfitCode } from '../../exchange/pickup/pickup-server.ts';

const CHUNK_BYTES = 1024 * 1024;

/**
 * A regular file with exactly the bytes that were approved, to be closed by the caller; otherwise why it is none. What
 * is sent comes from this descriptor: another file put in its place later is not read. Nothing that waits for a writer
 * is waited for, and nothing is read on once `isLeft`.
 */
export async function openAsSealed(
  path: string,
  approved: { readonly sizeBytes: number; readonly sha256: string },
  isLeft: () => boolean,
): Promise<{ readonly descriptor: number } | { readonly unfit: UnfitCode }> {
  let descriptor: number;
  try {
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    descriptor = openSync(path, flags);
  } catch {
    return { unfit: 'sealed-file-unreadable' };
  }
  try {
    const found = fstatSync(descriptor);
    const hasSize = found.isFile() && found.size === approved.sizeBytes;
    if (hasSize && (await digestOf(descriptor, isLeft)) === approved.sha256) return { descriptor };
  } catch {
    closeSync(descriptor);
    return { unfit: 'sealed-file-unreadable' };
  }
  closeSync(descriptor);
  return { unfit: 'sealed-file-differs' };
}

/** In pieces, so that other visitors are served meanwhile. */
async function digestOf(fd: number, isLeft: () => boolean): Promise<string> {
  const hash = createHash('sha256');
  const content = createReadStream('', {
    ...{ fd, start: 0, autoClose: false, highWaterMark: CHUNK_BYTES },
  }) as AsyncIterable<Uint8Array>;
  for await (const chunk of content) {
    if (isLeft()) break;
    hash.update(chunk);
  }
  return hash.digest('hex');
}
