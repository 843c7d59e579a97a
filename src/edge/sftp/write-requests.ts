import type { SFTPWrapper } from 'ssh2';

import type { Answer, Lifeline } from './request-deadline.ts';

const SSH_FXP_WRITE = 6;
const REQUEST_ID_MAX = 0x7fffffff;

/** What ssh2 keeps to itself; the dependency is pinned exactly. */
interface OpenChannel {
  readonly outgoing: {
    readonly id: number;
    readonly packetSize: number;
    window: number;
    readonly state: string;
  };
  readonly _protocol: { channelData(channel: number, bytes: Buffer): void };
  readonly _requests: Record<number, { readonly cb: Answer<unknown> }>;
  readonly _extensions: Readonly<Record<string, string | undefined>>;
  readonly _maxWriteLen: number;
  _writeReqid: number;
  _waitWindow: boolean;
  _chunkcb: (() => void) | undefined;
}

/**
 * Sends WRITE requests for one open file straight from the caller's buffer.
 *
 * ssh2's own `write` copies each block into a buffer of its own and queues it when the channel's window is used up.
 * Here nothing is queued: `send` ends when the last byte of the block was handed to the socket, and until then the
 * block must stay as it is. One at a time, with no other request meanwhile.
 *
 *     uint32 length | byte 6 | uint32 id | string handle | uint64 offset | string data   (draft-ietf-secsh-filexfer-02)
 */
export class WriteRequests {
  /** What the server says it takes in one write; undefined when it does not say. */
  readonly bytesMax: number | undefined;
  readonly #line: Lifeline;
  readonly #channel: OpenChannel;
  /** The first packet of a request: its head, always with the same handle, and the beginning of the data. */
  readonly #first: Buffer;
  readonly #headBytes: number;
  readonly #offsetAt: number;

  constructor(line: Lifeline, sftp: SFTPWrapper, handle: Buffer) {
    this.#line = line;
    this.#channel = sftp as unknown as OpenChannel;
    const { _extensions: offered, _maxWriteLen: bytesMax, outgoing } = this.#channel;
    this.bytesMax = offered['limits@openssh.com'] === '1' ? bytesMax : undefined;
    this.#offsetAt = 13 + handle.length;
    this.#headBytes = this.#offsetAt + 12;
    this.#first = Buffer.alloc(Math.max(this.#headBytes, outgoing.packetSize));
    this.#first[4] = SSH_FXP_WRITE;
    this.#first.writeUInt32BE(handle.length, 9);
    this.#first.set(handle, 13);
  }

  /** `answer` is called back as by ssh2. Never rejects: what goes wrong here ends the connection and so the request. */
  async send(block: Buffer, offset: number, answer: Answer<unknown>): Promise<void> {
    try {
      await this.#send(block, offset, answer);
    } catch (error) {
      this.#line.fail(this.#line.fault('connection-lost', 'write', undefined, error));
    }
  }

  async #send(block: Buffer, offset: number, answer: Answer<unknown>): Promise<void> {
    const channel = this.#channel;
    const id = (channel._writeReqid + 1) & REQUEST_ID_MAX;
    channel._writeReqid = id;
    channel._requests[id] = { cb: answer };
    const first = this.#first;
    first.writeUInt32BE(this.#headBytes - 4 + block.length, 0);
    first.writeUInt32BE(id, 5);
    first.writeUInt32BE(Math.floor(offset / 2 ** 32), this.#offsetAt);
    first.writeUInt32BE(offset >>> 0, this.#offsetAt + 4);
    first.writeUInt32BE(block.length, this.#offsetAt + 8);
    const beside = Math.min(block.length, first.length - this.#headBytes);
    block.copy(first, this.#headBytes, 0, beside);
    await this.#sendData(first.subarray(0, this.#headBytes + beside));
    await this.#sendData(block.subarray(beside));
  }

  async #sendData(bytes: Buffer): Promise<void> {
    const { outgoing } = this.#channel;
    let sent = 0;
    while (sent < bytes.length) {
      if (outgoing.window === 0) await this.#untilWindow();
      // Closed by the server: the line's end tells everybody who waits.
      if (outgoing.state !== 'open') return;
      const next = Math.min(bytes.length - sent, outgoing.window, outgoing.packetSize);
      outgoing.window -= next;
      this.#line.gather();
      this.#channel._protocol.channelData(outgoing.id, bytes.subarray(sent, sent + next));
      sent += next;
    }
  }

  /** Until the server is willing to take more. The StallWatch of the whole transfer guards this wait. */
  async #untilWindow(): Promise<void> {
    const channel = this.#channel;
    await this.#line.request('write', undefined, (answer) => {
      channel._chunkcb = () => {
        channel._chunkcb = undefined;
        answer();
      };
      channel._waitWindow = true;
    });
  }
}
