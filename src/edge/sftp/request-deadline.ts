import type { Socket } from 'node:net';

import type { Facts } from '../../domain/fault.ts';
import { DeliveryFault } from '../../exchange/delivery/delivery-errors.ts';
import type { TransferLimits } from './transfer-limits.ts';

/** A status other than OK that the server answered: a definite no, as opposed to silence. */
export class RefusedRequest extends Error {
  readonly step: string;
  readonly status: number;

  constructor(step: string, status: number) {
    super(`${step} refused with status ${status}`);
    this.step = step;
    this.status = status;
  }
}

/** What ssh2 calls back with. `error.code` is the status number; without one the connection broke. */
export type Answer<T> = (error?: (Error & { code?: unknown }) | null, value?: T) => void;

/**
 * One connection's life: every wait on it ends with an answer, at its deadline, or when the connection is lost.
 *
 * ssh2 never answers a request made after its channel closed, and not every request made before; so the library's
 * callbacks are not relied on for that. On expiry the socket is destroyed, because what the server did with the
 * request is then unknown and only a new connection can tell.
 */
export class Lifeline {
  readonly limits: TransferLimits;
  readonly where: Facts;
  readonly #socket: Socket;
  readonly #waiting = new Set<(fault: DeliveryFault) => void>();
  readonly #overall: NodeJS.Timeout;
  #ended: DeliveryFault | undefined;
  #isGathering = false;

  constructor(socket: Socket, limits: TransferLimits, where: Facts) {
    this.#socket = socket;
    this.limits = limits;
    this.where = where;
    this.#overall = setTimeout(() => {
      this.fail(this.fault('deadline-passed', 'whole-connection', limits.overallMs));
    }, limits.overallMs);
  }

  fault(
    code: 'deadline-passed' | 'connection-lost' | 'protocol-fault',
    step: string,
    limitMs?: number,
    cause?: unknown,
  ): DeliveryFault {
    const facts = limitMs === undefined ? { step } : { step, limitMs };
    return new DeliveryFault(code, { ...this.where, ...facts }, cause);
  }

  /** Ends the connection; the first reason stands, and everything that waits fails with it. */
  fail(fault: DeliveryFault): void {
    this.#ended ??= fault;
    clearTimeout(this.#overall);
    this.#socket.destroy();
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const reject of waiting) reject(this.#ended);
  }

  /** Whether nothing can be asked any more. */
  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  /**
   * Sends one request and waits for its answer. `limitMs` undefined: a StallWatch guards it instead.
   *
   * Rejects with RefusedRequest when the server says no, otherwise with the DeliveryFault that ended the connection.
   */
  request<T>(
    step: string,
    limitMs: number | undefined,
    send: (answer: Answer<T>) => unknown,
  ): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) {
        reject(this.#ended);
        return;
      }
      const timer =
        limitMs === undefined
          ? undefined
          : setTimeout(() => {
              this.fail(this.fault('deadline-passed', step, limitMs));
            }, limitMs);
      const abandon = (fault: DeliveryFault): void => {
        clearTimeout(timer);
        reject(fault);
      };
      this.#waiting.add(abandon);
      const answer: Answer<T> = (error, value) => {
        if (!this.#waiting.delete(abandon)) return;
        clearTimeout(timer);
        if (error === undefined || error === null) resolve(value);
        else if (typeof error.code === 'number') reject(new RefusedRequest(step, error.code));
        else {
          this.fail(this.fault('connection-lost', step, undefined, error));
          reject(this.#ended ?? error);
        }
      };
      try {
        send(answer);
      } catch (error) {
        this.fail(this.fault('connection-lost', step, undefined, error));
      }
    });
  }

  /**
   * Lets everything written from here to the end of this turn of the event loop leave in one system call. ssh2 writes
   * every packet in three pieces, and each would be a call and a small segment of its own.
   */
  gather(): void {
    if (this.#isGathering) return;
    this.#isGathering = true;
    this.#socket.cork();
    setImmediate(() => {
      this.#isGathering = false;
      this.#socket.uncork();
    });
  }

  /** Stops all clocks after an orderly end. */
  rest(): void {
    this.#ended ??= this.fault('connection-lost', 'closed');
    clearTimeout(this.#overall);
  }
}

/**
 * Guards many requests under way at once. A queue of requests takes longer than one, so the clock runs from the last
 * acknowledgement; and over the whole transfer the floor holds.
 */
export class StallWatch {
  readonly #line: Lifeline;
  readonly #timer: NodeJS.Timeout;
  readonly #startedAt = performance.now();
  #progressedAt = performance.now();
  #bytes = 0;
  #isWaiting = false;

  constructor(line: Lifeline, step: string) {
    this.#line = line;
    const { requestMs, floorBytesPerSecond } = line.limits;
    this.#timer = setInterval(
      () => {
        const now = performance.now();
        if (!this.#isWaiting) return;
        const elapsedMs = now - this.#startedAt;
        const isTooSlow =
          elapsedMs > requestMs && this.#bytes < (elapsedMs / 1000) * floorBytesPerSecond;
        if (now - this.#progressedAt > requestMs || isTooSlow) {
          this.#line.fail(this.#line.fault('deadline-passed', step, requestMs));
        }
      },
      Math.min(1_000, requestMs / 4),
    );
  }

  /** Something is now under way that was not before. */
  wait(): void {
    if (!this.#isWaiting) this.#progressedAt = performance.now();
    this.#isWaiting = true;
  }

  /** Bytes were acknowledged; `isIdle` when nothing is under way any more. */
  progress(bytes: number, isIdle: boolean): void {
    this.#bytes += bytes;
    this.#progressedAt = performance.now();
    this.#isWaiting = !isIdle;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
