import type { FrameKind } from './frames.ts';
import type { PageMessage } from './lane-messages.ts';
import type { RowsSink } from './outbound.ts';

/** Gives pages to the thread that sends them: some can be on their way while the next is made. */
export class LanePages implements RowsSink {
  readonly #pages: readonly Uint8Array[];
  readonly #free: number[];
  readonly #post: (message: PageMessage) => void;
  #waiting: (() => void) | undefined;

  /** `pages`: memory that both threads have, each as long as the longest page. */
  constructor(pages: readonly Uint8Array[], post: (message: PageMessage) => void) {
    this.#pages = pages;
    this.#free = pages.map((_page, number) => number);
    this.#post = post;
  }

  async sendRows(frame: FrameKind, head: unknown, rows: Uint8Array): Promise<void> {
    if (this.#free.length === 0) {
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
    const page = this.#free.pop()!;
    this.#pages[page]!.set(rows);
    this.#post({ kind: 'page', frame, head, page, length: rows.length });
  }

  /** A page was sent: its memory is free again. */
  sent(page: number): void {
    this.#free.push(page);
    this.#waiting?.();
    this.#waiting = undefined;
  }
}
