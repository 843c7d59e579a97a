import { Fault } from '../domain/fault.ts';
import type { PageMessage, ToLane } from './lane-messages.ts';
import type { PageTask } from './make-pages.ts';
import type { RowsSink } from './outbound.ts';

/** The thread that makes pages. */
interface PageMaker {
  postMessage(message: ToLane): void;
}

/** Pages of one task. */
interface Making {
  readonly sink: RowsSink;
  readonly made: PromiseWithResolvers<undefined>;
}

/**
 * Pages that another thread makes, in memory that both have: sends them on from here, in their order. The thread makes one
 * task after the other.
 */
export class LanedPages {
  readonly #worker: PageMaker;
  readonly #pages: readonly Uint8Array[];
  readonly #makings: Making[] = [];
  #sent: Promise<void> = Promise.resolve();

  constructor(worker: PageMaker, pages: readonly Uint8Array[]) {
    this.#worker = worker;
    this.#pages = pages;
  }

  /** Resolves when all pages are sent. Rejects with the fault of the thread, or with what sending threw. */
  async make(task: PageTask, sink: RowsSink): Promise<void> {
    const made = Promise.withResolvers<undefined>();
    this.#makings.push({ sink, made });
    this.#post({ kind: 'pages', task });
    await made.promise;
  }

  receive(message: PageMessage): void {
    // The thread tells nothing but what it was asked for; after a failure nobody waits any more.
    const making = this.#makings[0];
    if (making === undefined) return;
    if (message.kind === 'page') {
      const { page, head, frame, length } = message;
      const rows = this.#pages[page]!.subarray(0, length);
      this.#sent = this.#sent.then(async () => {
        await making.sink.sendRows(frame, head, rows);
        this.#post({ kind: 'page-sent', page });
      });
      this.#sent.catch((error: unknown) => {
        this.fail(error);
      });
      return;
    }
    this.#makings.shift();
    const { made } = making;
    if (message.fault === undefined) {
      this.#sent.then(() => {
        made.resolve(undefined);
      }, made.reject);
    } else {
      const { code, retry, facts } = message.fault;
      made.reject(new Fault(code, retry, facts));
    }
  }

  /** A thread ended, or pages cannot be sent: whoever waits hears it. */
  fail(error: unknown): void {
    for (const { made } of this.#makings.splice(0)) made.reject(error);
  }

  #post(message: ToLane): void {
    this.#worker.postMessage(message);
  }
}
