import type { Socket } from 'node:net';

import type { SFTPWrapper } from 'ssh2';

/** Bytes that may lie between us and the network before the next request is answered. */
const UNSENT_MAX = 2 * 1024 * 1024;

/** What the library keeps to itself: replies that wait for the client's window, and packets that wait for new keys. */
interface Inner {
  readonly _buffer: readonly unknown[];
  readonly outgoing: { readonly state: string };
  readonly _protocol: { readonly _queue?: readonly unknown[] };
}

interface Piece {
  /** Bytes the socket has taken when this piece is among them; unknown while the library holds it. */
  mark: number | undefined;
  readonly onSent: () => void;
}

/** What was answered and has not left yet. Given to the library is not sent: a client may never make room for it. */
export class Outflow {
  readonly #inner: Inner;
  readonly #socket: Socket;
  readonly #pieces: Piece[] = [];
  #isGathering = false;

  constructor(sftp: SFTPWrapper, socket: Socket) {
    this.#inner = sftp as unknown as Inner;
    this.#socket = socket;
  }

  /** Otherwise the library drops without a word what it is given. */
  get isOpen(): boolean {
    const { _readableState: readable } = this.#socket as unknown as {
      readonly _readableState: { readonly ended: boolean };
    };
    return this.#socket.writable && !readable.ended && this.#inner.outgoing.state === 'open';
  }

  get isFull(): boolean {
    this.settle();
    return this.#held > 0 || this.#socket.writableLength > UNSENT_MAX;
  }

  /** Whether every piece that is followed has left. */
  get isEmpty(): boolean {
    this.settle();
    return this.#pieces.length === 0;
  }

  /**
   * What is written from here to the end of this turn of the event loop goes to the kernel together: the library writes
   * each packet in three parts, and a piece of 32 KiB in two packets.
   */
  gather(): void {
    if (this.#isGathering) return;
    this.#isGathering = true;
    this.#socket.cork();
    process.nextTick(() => {
      this.#isGathering = false;
      this.#socket.uncork();
    });
  }

  /** `onSent` is called once what was given to the library until now has left for the network, which may be never. */
  follow(onSent: () => void): void {
    this.#pieces.push({ mark: undefined, onSent });
    this.settle();
  }

  /** Tells of what has left. A socket that broke does not say how much of its queue went out. */
  settle(): void {
    const { destroyed, errored, bytesWritten, writableLength } = this.#socket;
    if (destroyed || errored !== null) return;
    if (this.#held === 0 && this.isOpen) {
      for (const piece of this.#pieces) piece.mark ??= bytesWritten;
    }
    // `bytesWritten` counts what the socket still has to write.
    const left = bytesWritten - writableLength;
    while (this.#pieces[0]?.mark !== undefined && this.#pieces[0].mark <= left) {
      this.#pieces.shift()!.onSent();
    }
  }

  get #held(): number {
    const { _buffer: waiting, _protocol: protocol } = this.#inner;
    return waiting.length + (protocol._queue?.length ?? 0);
  }
}
