import { createHash } from 'node:crypto';

import type { SFTPWrapper } from 'ssh2';

import type { Progress } from '../../exchange/delivery/courier.ts';
import { StallWatch } from './request-deadline.ts';
import type { Lifeline } from './request-deadline.ts';
import { WriteRequests } from './write-requests.ts';

/**
 * Some servers corrupt writes longer than the 32 KiB that version 3 asks every server to take. A little less than that
 * lets a write and its header travel in one SSH packet of the size OpenSSH announces.
 */
export const BLOCK_BYTES = 32 * 1024 - 64;
/** As many as OpenSSH's own client keeps under way: 2 MiB, the size of its channel window. */
export const IN_FLIGHT_MAX = 64;
/** OpenSSH's own limit. A server that is asked and takes as much needs fewer answers and fewer calls for a file. */
const LARGE_BLOCK_BYTES = 255 * 1024;
const LARGE_IN_FLIGHT_MAX = 16;
/** A slow line keeps to small blocks: the wait for the next acknowledgement has a deadline. */
const PROMPT_MS = 1_000;

/**
 * Cuts any chunks into blocks of as many bytes as `blockBytes` says at the time, the last one shorter. A block that
 * lies within one chunk is a view of it; others share one scratch buffer, so each must be used before the next is
 * asked for.
 */
async function* intoBlocks(
  payload: AsyncIterable<Uint8Array>,
  blockBytes: () => number,
): AsyncGenerator<Buffer> {
  let scratch = Buffer.alloc(BLOCK_BYTES);
  let filled = 0;
  let wanted = 0;
  for await (const chunk of payload) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let at = 0;
    while (at < bytes.length) {
      if (filled === 0) wanted = blockBytes();
      if (filled === 0 && bytes.length - at >= wanted) {
        yield bytes.subarray(at, at + wanted);
        at += wanted;
        continue;
      }
      if (scratch.length < wanted) scratch = Buffer.alloc(wanted);
      const taken = Math.min(wanted - filled, bytes.length - at);
      bytes.copy(scratch, filled, at, at + taken);
      filled += taken;
      at += taken;
      if (filled === wanted) {
        yield scratch.subarray(0, filled);
        filled = 0;
      }
    }
  }
  if (filled > 0) yield scratch.subarray(0, filled);
}

/** Requests under way, with a place to wait for one to come back. */
class Pipeline {
  /** Whether the latest request to come back took a short time. */
  isPrompt = false;
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
    const sentAt = performance.now();
    request.then(
      () => {
        this.isPrompt = performance.now() - sentAt < PROMPT_MS;
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
 * Writes the payload from offset 0 with many requests under way, and hashes what it sends. Blocks are large where the
 * server says that it takes them and answers promptly.
 *
 * Holds one block and one SSH packet; what is under way, the socket holds (2 MiB, or the channel's window if that is
 * smaller). Rejects as `Lifeline.request` does, or with an error of the payload or of `onProgress`.
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
  const requests = new WriteRequests(line, sftp, handle);
  const { bytesMax = BLOCK_BYTES } = requests;
  const smallBytes = Math.min(bytesMax, BLOCK_BYTES);
  const largeBytes = Math.min(bytesMax, LARGE_BLOCK_BYTES);
  const mayBeLarge = (): boolean => pipeline.isPrompt && largeBytes > smallBytes;
  let position = 0;
  try {
    for await (const block of intoBlocks(payload, () => (mayBeLarge() ? largeBytes : smallBytes))) {
      await pipeline.downTo((mayBeLarge() ? LARGE_IN_FLIGHT_MAX : IN_FLIGHT_MAX) - 1);
      hash.update(block);
      let sent: Promise<void> | undefined;
      const written = line.request('write', undefined, (answer) => {
        sent = requests.send(block, position, answer);
      });
      pipeline.add(written, block.length);
      await sent;
      position += block.length;
      await onProgress?.(position);
    }
    await pipeline.downTo(0);
    return { bytes: position, sha256: hash.digest('hex') };
  } finally {
    watch.stop();
  }
}
