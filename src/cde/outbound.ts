import { once } from 'node:events';
import type { Writable } from 'node:stream';

import { encodeDocument, encodeFrameHeader, FRAME_HEADER_BYTES } from './frames.ts';
import type { FrameKind } from './frames.ts';

/** Where pages go: to the main process, or first to the thread that speaks with it. */
export interface RowsSink {
  /** Resolves when `rows` may be overwritten. */
  sendRows(kind: FrameKind, head: unknown, rows: Uint8Array): Promise<void>;
}

/**
 * Writes frames to the main process and waits until each is gone, so that nothing piles up here. Frames that are sent
 * while another is under way wait for it: pages and progress come from different hands.
 */
export class Outbound implements RowsSink {
  readonly #stream: Writable;
  #last: Promise<void> = Promise.resolve();

  constructor(stream: Writable) {
    this.#stream = stream;
  }

  /** Sends one frame. The payload must not be changed until the promise resolves. */
  async send(kind: FrameKind, payload: Uint8Array): Promise<void> {
    await this.#inTurn(() => this.#write(encodeFrameHeader(kind, payload.length), payload));
  }

  async sendDocument(kind: FrameKind, value: unknown): Promise<void> {
    await this.send(kind, encodeDocument(value));
  }

  /** Sends a small document, then rows, as one frame: u16 length of the document, the document, the rows. */
  async sendRows(kind: FrameKind, head: unknown, rows: Uint8Array): Promise<void> {
    await this.sendPieces(kind, head, rows.length, [rows]);
  }

  /**
   * `sendRows` for rows that are made as they go. `pieces` must come to `rowBytes` together, and each may be
   * overwritten when the next is asked for.
   */
  async sendPieces(
    kind: FrameKind,
    head: unknown,
    rowBytes: number,
    pieces: Iterable<Uint8Array>,
  ): Promise<void> {
    const document = encodeDocument(head);
    const bytes = 2 + document.length + rowBytes;
    const start = new Uint8Array(FRAME_HEADER_BYTES + 2 + document.length);
    start.set(encodeFrameHeader(kind, bytes));
    new DataView(start.buffer).setUint16(FRAME_HEADER_BYTES, document.length, true);
    start.set(document, FRAME_HEADER_BYTES + 2);
    await this.#inTurn(async () => {
      let next: Uint8Array | undefined = start;
      for (const piece of pieces) {
        if (next === undefined) await this.#write(piece);
        else await this.#write(next, piece);
        next = undefined;
      }
      if (next !== undefined) await this.#write(next);
    });
  }

  /** Begins when the frame before is out, whatever came of it. */
  #inTurn(write: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(write);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Flushes and ends the stream. */
  async end(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#stream.end(() => {
        resolve();
      });
    });
  }

  /**
   * Waits until the bytes are out of our hands, which go there in one call. A broken pipe is the stream's own error, and
   * is heard there.
   */
  async #write(...pieces: readonly Uint8Array[]): Promise<void> {
    const filled = pieces.filter(({ length }) => length > 0);
    const last = filled.pop();
    if (last === undefined) return;
    await new Promise<void>((resolve) => {
      this.#stream.cork();
      for (const piece of filled) this.#stream.write(piece);
      this.#stream.write(last, () => {
        resolve();
      });
      this.#stream.uncork();
    });
  }
}

/** A write into a pipe whose reader is gone may never be answered. */
export async function untilClosed(pipe: Writable, send: () => Promise<void>): Promise<void> {
  if (pipe.closed) return;
  const done = new AbortController();
  try {
    await Promise.race([once(pipe, 'close', { signal: done.signal }), send()]);
  } finally {
    // A listener of each write would stay as long as the pipe.
    done.abort();
  }
}

/** Takes apart what `sendRows` put together. */
export function splitRows(payload: Uint8Array): { head: Uint8Array; rows: Uint8Array } {
  const length = new DataView(payload.buffer, payload.byteOffset).getUint16(0, true);
  return { head: payload.subarray(2, 2 + length), rows: payload.subarray(2 + length) };
}
