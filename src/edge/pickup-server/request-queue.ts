import type { Socket } from 'node:net';

/** What waits for its turn; a client that asks for a whole file at once asks for that many pieces of 32 KiB. */
const REQUESTS_MAX = 16_384;
/** So much of what was sent waits before no more is taken from the network: clients write whole files without waiting. */
const BYTES_MAX = 4 * 1024 * 1024;

interface Waiting {
  readonly bytes: number;
  readonly act: () => Promise<void> | void;
}

/** How many queues hold a socket back: sessions of one connection share it, and the last one lets it go on. */
const holders = new WeakMap<Socket, number>();

function hold(socket: Socket, more: 1 | -1): void {
  const now = (holders.get(socket) ?? 0) + more;
  holders.set(socket, now);
  if (now === 0) socket.resume();
  else socket.pause();
}

/** The requests of one session, done one after the other in the order they came. */
export class RequestQueue {
  readonly #socket: Socket;
  readonly #waiting: Waiting[] = [];
  #bytes = 0;
  #isWorking = false;
  #isHolding = false;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** `bytes`: of the request, as long as it waits. */
  add(bytes: number, act: () => Promise<void> | void): void {
    if (this.#waiting.length >= REQUESTS_MAX) {
      this.#socket.destroy();
      return;
    }
    this.#waiting.push({ bytes, act });
    this.#bytes += bytes;
    if (this.#bytes > BYTES_MAX && !this.#isHolding) {
      this.#isHolding = true;
      hold(this.#socket, 1);
    }
    if (!this.#isWorking) void this.#work();
  }

  /** What waits is not done any more. */
  clear(): void {
    this.#waiting.length = 0;
    this.#bytes = 0;
    this.#goOn();
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    try {
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
        this.#bytes -= next.bytes;
        this.#goOn();
        await next.act();
      }
    } catch {
      // A connection that is gone or out of order; other visitors are not to notice.
      this.#socket.destroy();
    } finally {
      this.#isWorking = false;
    }
  }

  #goOn(): void {
    if (!this.#isHolding || this.#bytes > BYTES_MAX / 2) return;
    this.#isHolding = false;
    hold(this.#socket, -1);
  }
}
