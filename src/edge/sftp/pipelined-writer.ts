import { createHash } from 'node:crypto';

import type { SFTPWrapper } from 'ssh2';

import type { Progress } from '../../exchange/courier.ts';
import { StallWatch } from './request-deadline.ts';
import type { Lifeline } from './request-deadline.ts';

/**
 * Some servers corrupt writes longer than the 32 KiB that version 3 asks every server to take. A little less than that
 * lets a write and its header travel in one SSH packet of the size OpenSSH announces. Longer writes to servers that allow
 * them were measured and gain nothing.
 */
export const BLOCK_BYTES = 32 * 1024 - 64;
/** As many as OpenSSH's own client keeps under way: 2 MiB, the size of its channel window. */
export const IN_FLIGHT_MAX = 64;

/**
 * Cuts any chunks into blocks of BLOCK_BYTES, the last one shorter. A block that lies within one chunk is a view of
 * it; others share one scratch buffer, so each must be used before the next is asked for.
 */
async function* intoBlocks(payload: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const scratch = Buffer.alloc(BLOCK_BYTES);
  let filled = 0;
  for await (const chunk of payload) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let at = 0;
    while (at < bytes.length) {
      if (filled === 0 && bytes.length - at >= BLOCK_BYTES) {
        yield bytes.subarray(at, at + BLOCK_BYTES);
        at += BLOCK_BYTES;
        continue;
      }
      const taken = Math.min(BLOCK_BYTES - filled, bytes.length - at);
      bytes.copy(scratch, filled, at, at + taken);
      filled += taken;
      at += taken;
      if (filled === BLOCK_BYTES) {
        yield scratch;
        filled = 0;
      }
    }
  }
  if (filled > 0) yield scratch.subarray(0, filled);
}

/** Requests under way, with a place to wait for one to come back. */
class Pipeline {
  #count = 0;
  #failure: unknown;
  #wake: (() => void) | undefined;
  readonly #watch: StallWatch;

  constructor(watch: StallWatch) {
    this.#watch = watch;
  }

  add(request: Promise<unknown>, bytes: number): void {
    this.#count += 1;
    this.#watch.wait();
    request.then(
      () => {
        this.#finish(bytes);
      },
      (error: unknown) => {
        this.#failure ??= error;
        this.#finish(0);
      },
    );
  }

  #finish(bytes: number): void {
    this.#count -= 1;
    this.#watch.progress(bytes, this.#count === 0);
    this.#wake?.();
  }

  /** Resolves when at most `count` are under way. Rejects with the first failure once every request has come back. */
  async downTo(count: number): Promise<void> {
    while (this.#count > (this.#failure === undefined ? count : 0)) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    if (this.#failure !== undefined) throw this.#failure as Error;
  }
}

/**
 * Writes the payload from offset 0 with up to IN_FLIGHT_MAX requests under way, and hashes what it sends.
 *
 * Holds one block; ssh2 holds those under way (2 MiB). Rejects as `Lifeline.request` does, or with an error of the
 * payload or of `onProgress`.
 */
export async function writePipelined(
  line: Lifeline,
  sftp: SFTPWrapper,
  handle: Buffer,
  payload: AsyncIterable<Uint8Array>,
  onProgress?: Progress,
): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  const watch = new StallWatch(line, 'write');
  const pipeline = new Pipeline(watch);
  let position = 0;
  try {
    for await (const block of intoBlocks(payload)) {
      await pipeline.downTo(IN_FLIGHT_MAX - 1);
      hash.update(block);
      const offset = position;
      // ssh2 copies the block before write() returns.
      const written = line.request('write', undefined, (answer) => {
        line.gather();
        sftp.write(handle, block, 0, block.length, offset, answer);
      });
      pipeline.add(written, block.length);
      position += block.length;
      await onProgress?.(position);
    }
    await pipeline.downTo(0);
    return { bytes: position, sha256: hash.digest('hex') };
  } finally {
    watch.stop();
  }
}
