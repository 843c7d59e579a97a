import { createHash } from 'node:crypto';

import type { SFTPWrapper } from 'ssh2';

import type { Progress } from '../../exchange/delivery/courier.ts';
import { BLOCK_BYTES, IN_FLIGHT_MAX } from './pipelined-writer.ts';
import { StallWatch } from './request-deadline.ts';
import type { Lifeline } from './request-deadline.ts';

interface Slot {
  readonly buffer: Buffer;
  read: Promise<number>;
}

/**
 * Reads from offset 0 to the end of the file, but never more than `maxBytes`, and hashes in order.
 *
 * `take` is handed what was read, in order, and the memory of it until it resolves. Holds IN_FLIGHT_MAX blocks. A server may answer with less than asked for; it is asked again for the rest, and only
 * an answer without bytes is the end. Rejects as `Lifeline.request` does.
 */
export async function readPipelined(
  line: Lifeline,
  sftp: SFTPWrapper,
  handle: Buffer,
  maxBytes: number,
  onProgress?: Progress,
  take?: (bytes: Uint8Array) => Promise<void>,
): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  const watch = new StallWatch(line, 'read');
  const blocks = Math.ceil(maxBytes / BLOCK_BYTES);
  const wanted = (block: number): number => Math.min(BLOCK_BYTES, maxBytes - block * BLOCK_BYTES);

  const fill = async (buffer: Buffer, block: number): Promise<number> => {
    let filled = 0;
    while (filled < wanted(block)) {
      const at = block * BLOCK_BYTES + filled;
      const got = await readOnce(line, sftp, handle, buffer.subarray(filled, wanted(block)), at);
      watch.progress(got, false);
      if (got === 0) break;
      filled += got;
    }
    return filled;
  };
  const start = (slot: Slot, block: number): void => {
    slot.read = fill(slot.buffer, block);
    // A later block may fail while an earlier one is awaited; it is looked at in its turn.
    slot.read.catch(() => undefined);
  };

  const slots = Array.from({ length: Math.min(blocks, IN_FLIGHT_MAX) }, (_, block): Slot => {
    const slot = { buffer: Buffer.alloc(BLOCK_BYTES), read: Promise.resolve(0) };
    start(slot, block);
    return slot;
  });
  watch.wait();
  let bytes = 0;
  try {
    for (let block = 0; block < blocks; block += 1) {
      const slot = slots[block % IN_FLIGHT_MAX]!;
      const got = await slot.read;
      hash.update(slot.buffer.subarray(0, got));
      await take?.(slot.buffer.subarray(0, got));
      bytes += got;
      await onProgress?.(bytes);
      if (got < wanted(block)) break;
      if (block + IN_FLIGHT_MAX < blocks) start(slot, block + IN_FLIGHT_MAX);
    }
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    watch.stop();
  }
}

async function readOnce(
  line: Lifeline,
  sftp: SFTPWrapper,
  handle: Buffer,
  into: Buffer,
  position: number,
): Promise<number> {
  const got = await line.request<number>('read', undefined, (answer) => {
    line.gather();
    sftp.read(handle, into, 0, into.length, position, answer);
  });
  return Math.min(got ?? 0, into.length);
}
