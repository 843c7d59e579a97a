import { PACKED_PAN_BYTES } from '../domain/cards/packed-pan.ts';
import { TRUNCATED_BYTES, truncatePacked } from '../domain/cards/truncation.ts';
import {
  NO_LAST_FOUR,
  REFERENCE_HANDED,
  REFERENCE_HEAD_BYTES,
  REFERENCE_PAGE_BYTES,
  SHARED_BYTES_MAX,
  VARIABLE_BYTES_MAX,
} from '../domain/handoff/reference-page.ts';
import type { CardlessColumns } from '../domain/intake/cardless-records.ts';
import type { CardTable } from '../domain/intake/card-table.ts';
import { REFERENCE_BYTES_MAX } from '../domain/intake/limits.ts';
import { packedKind } from '../domain/intake/packed-reference.ts';
import { MERCHANT_MARK_BYTES } from '../domain/intake/record-rows.ts';
import type { ReferenceColumns } from '../domain/intake/reference-arena.ts';
import { frameKind } from './frames.ts';
import type { RowsSink } from './outbound.ts';

const rowBytesMax = REFERENCE_HEAD_BYTES + 3 * VARIABLE_BYTES_MAX + REFERENCE_BYTES_MAX;

/** No page of references is longer. */
export const REFERENCE_PAGE_BYTES_MAX = REFERENCE_PAGE_BYTES + rowBytesMax;

/** The columns of a `CardTable` that say what rows of references tell of cards. */
export type ReferredCards = Pick<
  CardTable,
  'count' | 'packed' | 'brand' | 'expiry' | 'references' | 'firstReference'
>;

/**
 * What the references of a prepare are made of: columns over shared memory, so that any thread can do it. `hasMerchants`
 * where the incident lists merchants.
 */
export interface ReferenceTask {
  readonly cards: ReferredCards;
  readonly references: ReferenceColumns;
  readonly hasMerchants: boolean;
}

/** The task for cards and references as they are now, which must not change until it is done. */
export function referenceTask(
  { count, packed, brand, expiry, references: counts, firstReference }: ReferredCards,
  references: { readonly columns: ReferenceColumns },
  hasMerchants = false,
): ReferenceTask {
  const cards = { count, packed, brand, expiry, references: counts, firstReference };
  return { cards, references: references.columns, hasMerchants };
}

/**
 * Sends the order references of a prepare: a row for each card and reference, also of cards that an earlier handoff
 * covers; then one for each order whose card a list names; then one for each reference of a record in scope without a
 * card. Nothing is sent for sources without references. Of a card the rows hold the brand and the last four digits.
 *
 * Memory: one page of 64 KiB.
 */
export async function emitReferences(sink: RowsSink, task: ReferenceTask): Promise<void> {
  const { cards, references } = task;
  const { cardless, listed } = references;
  if (references.count + cardless.count + listed.count === 0) return;
  const page = new ReferencePage(sink, task);
  const walk = new CardWalk(task);
  while (walk.fill(page)) await page.send();
  for (let order = 0; order < listed.count; order += 1) {
    const card = listed.cards[order] ?? -1;
    if (card < 0) continue;
    page.takeCard(cards, card);
    const text = listed.texts[order]!;
    const start = text === 0 ? 0 : listed.ends[text - 1]!;
    const windows = listed.windows[order]!;
    if (page.putText(listed.bytes, start, listed.ends[text]!, windows)) await page.send();
  }
  await putCardless(page, cardless);
  await page.send();
}

/**
 * Goes through the references of all cards, a page at a time: millions of rows, in a function that waits for nothing and so
 * is compiled once.
 */
class CardWalk {
  readonly #task: ReferenceTask;
  #card = 0;
  /** The next further reference of the card before `#card`; negative for none. */
  #link = -1;

  constructor(task: ReferenceTask) {
    this.#task = task;
  }

  /** True once the page is full; false when all cards are in. */
  fill(page: ReferencePage): boolean {
    const { cards, references } = this.#task;
    const { latestLinks, linked, nextLinks } = references;
    for (;;) {
      while (this.#link >= 0) {
        const link = this.#link;
        this.#link = nextLinks[link]!;
        if (page.put(linked[link]!)) return true;
      }
      while (this.#card < cards.count && cards.references[this.#card] === 0) this.#card += 1;
      if (this.#card === cards.count) return false;
      const card = this.#card++;
      if (cards.references[card]! > 1) this.#link = latestLinks[card]! - 1;
      page.takeCard(cards, card);
      if (page.put(cards.firstReference[card]!)) return true;
    }
  }
}

/** Records in scope without a card, each with its reason. */
async function putCardless(page: ReferencePage, cardless: CardlessColumns): Promise<void> {
  const { bytes, ends, windows } = cardless;
  let start = 0;
  for (let entry = 0; entry < cardless.count; entry += 1) {
    page.takeReason(bytes[start]!);
    const end = ends[entry]!;
    if (page.putText(bytes, start + 1, end, windows[entry]!)) await page.send();
    start = end;
  }
}

/**
 * Sends the references of a prepare that handed over references: first those that go out, in the order of their record
 * references, so that a row tells which one it has; then those that an earlier handoff has; then those of records in scope
 * that nobody takes.
 *
 * Memory: one page of 64 KiB, and a byte a reference.
 */
export async function emitHandedReferences(
  sink: RowsSink,
  task: ReferenceTask,
  order: Int32Array,
): Promise<void> {
  const { cards, references } = task;
  const page = new ReferencePage(sink, task);
  const isOut = new Uint8Array(cards.count);
  const put = async (place: number): Promise<void> => {
    page.takeReference(cards, place);
    if (page.put(cards.firstReference[place]!)) await page.send();
  };
  for (const place of order) {
    isOut[place] = 1;
    await put(place);
  }
  for (let place = 0; place < cards.count; place += 1) if (isOut[place] === 0) await put(place);
  await putCardless(page, references.cardless);
  await page.send();
}

/** The page that is being filled. `put` answers true once it is full: it must be sent then. */
class ReferencePage {
  readonly #sink: RowsSink;
  readonly #bytes = new Uint8Array(REFERENCE_PAGE_BYTES_MAX);
  readonly #texts: Uint8Array;
  readonly #ends: Uint32Array;
  readonly #windows: Uint32Array;
  readonly #hasMerchants: boolean;
  readonly #truncated = new Uint8Array(TRUNCATED_BYTES);
  #before: Uint8Array = new Uint8Array(0);
  #beforeStart = 0;
  #beforeEnd = 0;
  #filled = 0;
  #number = 0;
  #brand = 0;
  #reason = 0;

  constructor(sink: RowsSink, { references, hasMerchants }: ReferenceTask) {
    this.#hasMerchants = hasMerchants;
    this.#sink = sink;
    this.#texts = references.bytes;
    this.#ends = references.ends;
    this.#windows = references.windows;
  }

  takeCard(cards: ReferredCards, card: number): void {
    truncatePacked(cards.packed, card * PACKED_PAN_BYTES, this.#truncated, 0);
    this.#brand = cards.brand[card]!;
    this.#reason = 0;
  }

  takeReference(cards: ReferredCards, place: number): void {
    this.#truncated.fill(0);
    const value = cards.expiry[place]! - 1;
    const digits = value < 0 ? NO_LAST_FOUR : binaryCoded(value);
    this.#truncated[3] = digits >> 8;
    this.#truncated[4] = digits & 0xff;
    this.#brand = cards.brand[place]!;
    this.#reason = REFERENCE_HANDED + packedKind(cards.packed, place * PACKED_PAN_BYTES);
  }

  takeReason(reason: number): void {
    this.#truncated.fill(0);
    this.#brand = 0;
    this.#reason = reason + 1;
  }

  put(reference: number): boolean {
    const start = reference === 0 ? 0 : this.#ends[reference - 1]!;
    const windows = this.#windows[reference] ?? 0;
    return this.putText(this.#texts, start, this.#ends[reference]!, windows);
  }

  /** The text of a reference, which ends with its merchant where the incident lists them. */
  putText(text: Uint8Array, start: number, markedEnd: number, windows: number): boolean {
    const end = this.#hasMerchants ? markedEnd - MERCHANT_MARK_BYTES : markedEnd;
    const shared = this.#sharedWith(text, start, end);
    const from = start + shared;
    const bytes = this.#bytes;
    let at = this.#filled;
    bytes[at++] = shared;
    bytes[at++] = this.#brand;
    bytes[at++] = this.#reason;
    bytes[at++] = this.#truncated[3]!;
    bytes[at++] = this.#truncated[4]!;
    at = putVariable(bytes, at, windows);
    if (this.#hasMerchants) at = putVariable(bytes, at, text[end]! | (text[end + 1]! << 8));
    at = putVariable(bytes, at, end - from);
    for (let next = from; next < end; next += 1) bytes[at++] = text[next]!;
    this.#filled = at;
    this.#before = text;
    this.#beforeStart = start;
    this.#beforeEnd = end;
    return at >= REFERENCE_PAGE_BYTES;
  }

  /** Order numbers run on: most begin as the one before. */
  #sharedWith(text: Uint8Array, start: number, end: number): number {
    const before = this.#before;
    const offset = this.#beforeStart - start;
    const most = Math.min(end - start, this.#beforeEnd - this.#beforeStart, SHARED_BYTES_MAX);
    const stop = start + most;
    let at = start;
    while (at < stop && text[at] === before[at + offset]) at += 1;
    return at - start;
  }

  async send(): Promise<void> {
    if (this.#filled === 0) return;
    const rows = this.#bytes.subarray(0, this.#filled);
    this.#filled = 0;
    this.#beforeEnd = this.#beforeStart;
    await this.#sink.sendRows(frameKind.referencePage, { number: this.#number++ }, rows);
  }
}

/** Writes a number of 32 bits from `at` on; returns where it ends. */
function putVariable(bytes: Uint8Array, at: number, value: number): number {
  let to = at;
  let rest = value;
  for (; rest >>> 0 > 0x7f; rest >>>= 7) bytes[to++] = rest | 0x80;
  bytes[to++] = rest;
  return to;
}

/** A number from 0 to 9999 with a digit in each nibble. */
function binaryCoded(value: number): number {
  const digit = (place: number): number => Math.floor(value / 10 ** place) % 10;
  return (digit(3) << 12) | (digit(2) << 8) | (digit(1) << 4) | digit(0);
}
