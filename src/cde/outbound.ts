import type { Writable } from 'node:stream';
import { once } from 'node:events';

import { encodeDocument, encodeFrameHeader } from './frames.ts';
import type { FrameKind } from './frames.ts';

/** Writes frames to the main process and waits whenever the pipe is full, so that nothing piles up here. */
export class Outbound {
  readonly #stream: Writable;

  constructor(stream: Writable) {
    this.#stream = stream;
  }

  /** Sends one frame. The payload must not be changed until the promise resolves. */
  async send(kind: FrameKind, payload: Uint8Array): Promise<void> {
    this.#stream.write(encodeFrameHeader(kind, payload.length));
    const flowing = payload.length === 0 || this.#stream.write(payload);
    if (!flowing) await once(this.#stream, 'drain');
  }

  async sendDocument(kind: FrameKind, value: unknown): Promise<void> {
    await this.send(kind, encodeDocument(value));
  }

  /** Sends a small document, then rows, as one frame: u16 length of the document, the document, the rows. */
  async sendRows(kind: FrameKind, head: unknown, rows: Uint8Array): Promise<void> {
    const document = encodeDocument(head);
    const payload = new Uint8Array(2 + document.length + rows.length);
    new DataView(payload.buffer).setUint16(0, document.length, true);
    payload.set(document, 2);
    payload.set(rows, 2 + document.length);
    await this.send(kind, payload);
  }

  /** Flushes and ends the stream. */
  async end(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#stream.end(() => {
        resolve();
      });
    });
  }
}

/** Takes apart what `sendRows` put together. */
export function splitRows(payload: Uint8Array): { head: Uint8Array; rows: Uint8Array } {
  const length = new DataView(payload.buffer, payload.byteOffset).getUint16(0, true);
  return { head: payload.subarray(2, 2 + length), rows: payload.subarray(2 + length) };
}
