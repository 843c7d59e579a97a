import { describe, expect, it } from 'vitest';

import { batchTask } from '../../../src/cde/emit-pages.ts';
import { referenceTask } from '../../../src/cde/emit-references.ts';
import { frameKind } from '../../../src/cde/frames.ts';
import type { ToLane } from '../../../src/cde/lane-messages.ts';
import { LanePages } from '../../../src/cde/lane-pages.ts';
import { LanedPages } from '../../../src/cde/laned-pages.ts';
import { makePages, PAGE_BYTES_MAX } from '../../../src/cde/make-pages.ts';
import type { PageTask } from '../../../src/cde/make-pages.ts';
import type { RowsSink } from '../../../src/cde/outbound.ts';
import { KEYED_HASH_BYTES } from '../../../src/domain/cards/keyed-hash.ts';
import { packPan } from '../../../src/domain/cards/packed-pan.ts';
import { CARD_PAGE_ROWS } from '../../../src/domain/handoff/card-page.ts';
import { CardTable } from '../../../src/domain/intake/card-table.ts';
import { ReferenceArena } from '../../../src/domain/intake/reference-arena.ts';
import { cardDigits, seededRandom } from '../../support/seeded-cards.ts';

/** Cards with up to three references of 200 characters each: some ten pages. */
function referring(): PageTask {
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
  return { kind: 'references', references: referenceTask(cards, references) };
}

/** A batch of cards, of two issuers and more than one page. */
function paging(): PageTask {
  const cards = new CardTable();
  const packed = new Uint8Array(10);
  const count = CARD_PAGE_ROWS + 10;
  const rng = seededRandom(5);
  while (cards.count < count) {
    const digits = cardDigits(rng, { prefix: '490020' });
    packPan(digits, digits.length, packed, 0);
    cards.add(packed);
  }
  const order = Int32Array.from({ length: count }, (_, at) => count - 1 - at);
  const group = { issuer: '', brand: 'visa', brandIndex: 1, country: '' };
  const groups = [
    { group, start: 0, end: 100 },
    { group, start: 100, end: count },
  ];
  const hashes = new Uint8Array(count * KEYED_HASH_BYTES);
  hashes.forEach((_, at) => (hashes[at] = Math.floor(rng() * 256)));
  const batch = { recipient: 0, start: 0, end: count, groups };
  return { kind: 'batch', batch: batchTask(cards, hashes, { order }, batch, 'b-1') };
}

interface Page {
  readonly kind: number;
  readonly head: unknown;
  readonly rows: Uint8Array;
}

class Kept implements RowsSink {
  readonly pages: Page[] = [];
  async sendRows(kind: number, head: unknown, rows: Uint8Array): Promise<void> {
    // The next page would be made meanwhile, in memory that must not be this one's.
    await new Promise(setImmediate);
    this.pages.push({ kind, head, rows: rows.slice() });
  }
}

/** What one thread would send. */
async function alone(tasks: readonly PageTask[]): Promise<readonly Page[]> {
  const sink = new Kept();
  for (const task of tasks) await makePages(sink, task);
  return sink.pages;
}

/** Both ends, with messages that are copied and come later, as between threads. */
function ends(places = 4): LanedPages {
  const pages = Array.from({ length: places }, () => new Uint8Array(PAGE_BYTES_MAX));
  const lane = new LanePages(pages, (message) => {
    setImmediate(() => {
      laned.receive(message);
    });
  });
  let making = Promise.resolve();
  const take = async (task: PageTask): Promise<void> => {
    await makePages(lane, task);
    setImmediate(() => {
      laned.receive({ kind: 'pages-made' });
    });
  };
  const postMessage = (message: ToLane): void => {
    setImmediate(() => {
      if (message.kind === 'page-sent') lane.sent(message.page);
      if (message.kind === 'pages') making = making.then(() => take(message.task));
    });
  };
  const laned = new LanedPages({ postMessage }, pages);
  return laned;
}

const silent = { postMessage: () => undefined };

describe('LanedPages', () => {
  it.each([1, 2, 4])('sends what one thread would, through %i pages of memory', async (places) => {
    const tasks = [referring(), paging()];
    const expected = await alone(tasks);
    const kinds = new Set(expected.map(({ kind }) => kind));
    expect([...kinds]).toEqual([frameKind.referencePage, frameKind.cardPage, frameKind.hashPages]);
    const sink = new Kept();
    const laned = ends(places);
    await Promise.all(tasks.map((task) => laned.make(task, sink)));
    expect(sink.pages).toEqual(expected);
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
    let isDone = false;
    const done = ends(100)
      .make(referring(), sink)
      .then(() => (isDone = true));
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    expect({ sent, isDone }).toEqual({ sent: 1, isDone: false });
    held.resolve(undefined);
    await done;
    expect(sent).toBeGreaterThan(5);
  });

  it('tells the fault of the thread to whom it befell, and goes on', async () => {
    const laned = new LanedPages(silent, [new Uint8Array(10)]);
    const sink = new Kept();
    const first = laned.make(referring(), sink);
    const second = laned.make(paging(), sink);
    laned.receive({ kind: 'pages-made', fault: { code: 'lost', retry: 'never', facts: {} } });
    await expect(first).rejects.toMatchObject({ code: 'lost', retry: 'never' });
    laned.receive({ kind: 'page', page: 0, frame: 17, head: {}, length: 10 });
    laned.receive({ kind: 'pages-made' });
    await second;
    expect(sink.pages).toHaveLength(1);
  });

  it('tells everybody who waits that the thread ended', async () => {
    const laned = new LanedPages(silent, []);
    const waiting = [referring(), paging()].map((task) => laned.make(task, new Kept()));
    laned.fail(new Error('a thread ended'));
    for (const made of waiting) await expect(made).rejects.toThrow('a thread ended');
  });

  it('tells everybody what sending threw, without waiting for more pages', async () => {
    const broken: RowsSink = { sendRows: () => Promise.reject(new Error('pipe')) };
    const laned = new LanedPages(silent, [new Uint8Array(10)]);
    const waiting = [referring(), paging()].map((task) => laned.make(task, broken));
    laned.receive({ kind: 'page', page: 0, frame: 17, head: {}, length: 10 });
    for (const made of waiting) await expect(made).rejects.toThrow('pipe');
  });
});
