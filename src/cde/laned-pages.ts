import { Fault } from '../domain/fault.ts';
import type { ReferenceTask } from './emit-references.ts';
import type { PageMessage, ToLane } from './lane-messages.ts';
import type { RowsSink } from './outbound.ts';

/** The thread that makes pages. */
interface PageMaker {
  postMessage(message: ToLane): void;
}

/** Pages that another thread makes, in memory that both have: sends them on from here, in their order. */
export class LanedPages {
  readonly #worker: PageMaker;
  readonly #pages: readonly Uint8Array[];
  readonly #sink: RowsSink;
  readonly #made = Promise.withResolvers<undefined>();
  #sent: Promise<void> = Promise.resolve();

  constructor(
    worker: PageMaker,
    pages: readonly Uint8Array[],
    task: ReferenceTask,
    sink: RowsSink,
  ) {
    this.#worker = worker;
    this.#pages = pages;
    this.#sink = sink;
    this.#post({ kind: 'references', task });
  }

  /** Resolves when all pages are sent. Rejects with the fault of the thread, or with what sending threw. */
  async done(): Promise<void> {
    await this.#made.promise;
    await this.#sent;
  }

  receive(message: PageMessage): void {
    if (message.kind === 'page') {
      const { page, head, frame, length } = message;
      const rows = this.#pages[page]!.subarray(0, length);
      this.#sent = this.#sent.then(async () => {
        await this.#sink.sendRows(frame, head, rows);
        this.#post({ kind: 'page-sent', page });
      });
      this.#sent.catch((error: unknown) => {
        this.#made.reject(error);
      });
    } else if (message.fault === undefined) this.#made.resolve(undefined);
    else {
      const { code, retry, facts } = message.fault;
      this.#made.reject(new Fault(code, retry, facts));
    }
  }

  /** A thread ended: whoever waits hears it. */
  fail(error: unknown): void {
    this.#made.reject(error);
  }

  #post(message: ToLane): void {
    this.#worker.postMessage(message);
  }
}
