import { describe, expect, it } from 'vitest';

import {
  emitReferences,
  REFERENCE_PAGE_BYTES_MAX,
  referenceTask,
} from '../../../src/cde/emit-references.ts';
import type { ReferenceTask } from '../../../src/cde/emit-references.ts';
import type { ToLane } from '../../../src/cde/lane-messages.ts';
import { LanePages } from '../../../src/cde/lane-pages.ts';
import { LanedPages } from '../../../src/cde/laned-pages.ts';
import type { RowsSink } from '../../../src/cde/outbound.ts';
import { packPan } from '../../../src/domain/cards/packed-pan.ts';
import { CardTable } from '../../../src/domain/intake/card-table.ts';
import { ReferenceArena } from '../../../src/domain/intake/reference-arena.ts';
import { cardDigits, seededRandom } from '../../support/seeded-cards.ts';

/** Cards with up to three references of 200 characters each: some ten pages. */
function task(): ReferenceTask {
  const rng = seededRandom(4);
  const cards = new CardTable();
  const references = new ReferenceArena();
  const packed = new Uint8Array(10);
  for (let number = 0; number < 2_000; number += 1) {
    const digits = cardDigits(rng, { prefix: '490020' });
    packPan(digits, digits.length, packed, 0);
    const card = cards.add(packed);
    for (let further = 0; further <= number % 3; further += 1) {
      const text = new TextEncoder().encode(`${number}-${further}`.padStart(200, `${number}/`));
      const reference = references.intern(text, 0, text.length);
      references.expose(reference, number);
      references.link(cards, card, reference);
    }
  }
  return referenceTask(cards, references);
}

class Kept implements RowsSink {
  readonly pages: { head: unknown; rows: Uint8Array }[] = [];
  async sendRows(_kind: number, head: unknown, rows: Uint8Array): Promise<void> {
    // The next page would be made meanwhile, in memory that must not be this one's.
    await new Promise(setImmediate);
    this.pages.push({ head, rows: rows.slice() });
  }
}

/** Both ends, with messages that are copied and come later, as between threads. */
function begun(sink: RowsSink, made: ReferenceTask, places = 4): LanedPages {
  const pages = Array.from({ length: places }, () => new Uint8Array(REFERENCE_PAGE_BYTES_MAX));
  const lane = new LanePages(pages, (message) => {
    setImmediate(() => {
      laned.receive(message);
    });
  });
  const take = async (message: ToLane): Promise<void> => {
    if (message.kind === 'page-sent') lane.sent(message.page);
    if (message.kind !== 'references') return;
    await emitReferences(lane, message.task);
    setImmediate(() => {
      laned.receive({ kind: 'pages-made' });
    });
  };
  const postMessage = (message: ToLane): void => {
    setImmediate(() => void take(message));
  };
  const laned = new LanedPages({ postMessage }, pages, made, sink);
  return laned;
}

describe('LanedPages', () => {
  it.each([1, 2, 4])('sends what one thread would, through %i pages of memory', async (places) => {
    const made = task();
    const alone = new Kept();
    await emitReferences(alone, made);
    expect(alone.pages.length).toBeGreaterThan(5);
    const sink = new Kept();
    await begun(sink, made, places).done();
    expect(sink.pages).toEqual(alone.pages);
  });

  it('is not done before the last page is sent', async () => {
    const held = Promise.withResolvers<undefined>();
    let sent = 0;
    const sink: RowsSink = {
      sendRows: async () => {
        sent += 1;
        await held.promise;
      },
    };
    const laned = begun(sink, task());
    let isDone = false;
    const done = laned.done().then(() => (isDone = true));
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    expect({ sent, isDone }).toEqual({ sent: 1, isDone: false });
    held.resolve(undefined);
    await done;
    expect(sent).toBeGreaterThan(5);
  });

  it('tells the fault of the thread, and that it ended', async () => {
    const silent = { postMessage: () => undefined };
    const told = new LanedPages(silent, [], task(), new Kept());
    told.receive({ kind: 'pages-made', fault: { code: 'lost', retry: 'never', facts: {} } });
    await expect(told.done()).rejects.toMatchObject({ code: 'lost', retry: 'never' });
    const ended = new LanedPages(silent, [], task(), new Kept());
    ended.fail(new Error('a thread ended'));
    await expect(ended.done()).rejects.toThrow('a thread ended');
  });

  it('tells what sending threw, without waiting for more pages', async () => {
    const broken: RowsSink = { sendRows: () => Promise.reject(new Error('pipe')) };
    const silent = { postMessage: () => undefined };
    const laned = new LanedPages(silent, [new Uint8Array(10)], task(), broken);
    laned.receive({ kind: 'page', page: 0, frame: 17, head: {}, length: 10 });
    await expect(laned.done()).rejects.toThrow('pipe');
  });
});
