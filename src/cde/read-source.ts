import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

import { CardProcessFault } from './errors.ts';

/** Large enough that neither decryption nor scanning pays for small pieces. */
const chunkBytes = 512 * 1024;
/** What a file is read by that says it is empty, and may not be. */
const chunkBytesMin = 4096;

/** The bytes of a source as they came, with their digest once they were read to the end. */
export interface ReceivedBytes {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Size by the file system; 0 for standard input, whose end is not known before. */
  readonly totalBytes: number;
  readonly receivedBytes: () => number;
  /** Only after the last chunk. */
  readonly sha256: () => string;
}

/**
 * Opens a source; `path` '-' is the standard input inherited from the person's shell. Reads into buffers of its own
 * outside Node's shared pool, which a caller may overwrite as soon as the next chunk is asked for.
 *
 * Throws `source-missing`, `source-not-a-file`, `source-unreadable`, with the source's number and never its path:
 * people name files after what is in them.
 */
export async function receiveSource(path: string, number: number): Promise<ReceivedBytes> {
  const hash = createHash('sha256');
  let received = 0;
  const count = (chunk: Uint8Array): void => {
    hash.update(chunk);
    received += chunk.length;
  };
  const rest = { receivedBytes: () => received, sha256: () => hash.digest('hex') };
  if (path === '-') {
    return {
      chunks: counted(createReadStream('', { fd: 0, highWaterMark: chunkBytes }), count),
      totalBytes: 0,
      ...rest,
    };
  }
  const { handle, size } = await openFile(path, number);
  return { chunks: counted(readFile(handle, size, number), count), totalBytes: size, ...rest };
}

async function openFile(
  path: string,
  number: number,
): Promise<{ handle: FileHandle; size: number }> {
  let handle: FileHandle;
  try {
    // Without O_NONBLOCK opening a named pipe that nobody writes to would wait for ever.
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new CardProcessFault(missing ? 'source-missing' : 'source-unreadable', {
      source: number + 1,
    });
  }
  const status = await handle.stat();
  if (!status.isFile()) {
    await handle.close();
    throw new CardProcessFault('source-not-a-file', { source: number + 1 });
  }
  return { handle, size: status.size };
}

async function* readFile(
  handle: FileHandle,
  size: number,
  number: number,
): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(Math.min(chunkBytes, Math.max(chunkBytesMin, size)));
  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } catch {
    throw new CardProcessFault('source-unreadable', { source: number + 1 });
  } finally {
    buffer.fill(0);
    await handle.close();
  }
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  count: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    count(chunk);
    yield chunk;
  }
}
