import type { CardRouter } from './card-router.ts';
import type { CardTable } from './card-table.ts';
import { IntakeFault } from './errors.ts';
import { AMBIGUOUS_EXPIRY } from './expiry-screen.ts';
import { bitsOfReasons } from './exposure-screen.ts';
import type { FindingSink } from './findings.ts';
import { CardFolder } from './folding.ts';
import { hashBytes } from './hash-slots.ts';
import { ReferenceFolder } from './reference-folder.ts';
import { RECORDS_MAX } from './limits.ts';
import { OrderKeys } from './order-keys.ts';
import type { MerchantBook } from './merchant-book.ts';
import type { PersonBook } from './person-book.ts';
import { MERCHANT_BLANK } from './merchant-screen.ts';
import { reasonIndex, reasons, warnings } from './reasons.ts';
import {
  LISTED_ONLY_MET,
  LUHN_WARNED,
  MERCHANT_MARK_BYTES,
  REFERENCE_WITHHELD,
  ROW_BIN,
  ROW_BYTES,
  ROW_CARD_HASH,
  ROW_EXPIRY,
  ROW_KEY_END,
  ROW_KEY_HASH,
  ROW_LINE,
  ROW_MERCHANT,
  ROW_NUMBER_HASH,
  ROW_PACKED,
  ROW_PASSED,
  ROW_REFERENCE_END,
  ROW_REFERENCE_HASH,
  ROW_VERDICT,
  ROW_WINDOWS,
  ROW_WORDS,
  TEST_NUMBER_MET,
  type RecordRows,
} from './record-rows.ts';
import type { ReferenceArena } from './reference-arena.ts';
import type { Scope } from './scope.ts';
import type { ReferenceKind } from './source-kinds.ts';
import { TallyCounts } from './tally.ts';

/** Rows whose places in the indexes are read ahead: they fit into the first level of the processor's cache. */
const warmedRows = 256;

const NOT_CARD = reasonIndex('not-card');
const SAME_ORDER = reasonIndex('same-order');
const OUTSIDE = reasonIndex('outside-window');
const UNKNOWN_BRAND = reasonIndex('unknown-brand');
const NO_RECIPIENT = reasonIndex('no-recipient');
const TEST_NUMBER = reasonIndex('test-number');
const DUPLICATE = reasonIndex('duplicate');
const LUHN_WARNING = warnings.indexOf('luhn');
const DIFFERS_WARNING = warnings.indexOf('expiry-differs');
const WITHHELD_WARNING = warnings.indexOf('reference-withheld');
const DETAIL_WARNING = warnings.indexOf('detail-differs');

/** Where the rows of one source go. */
export interface FoldingRoom {
  /** The source's number among those of the prepare, from 0. */
  readonly source: number;
  readonly scope: Pick<Scope, 'acceptHeld'>;
  /** Whether the source names its orders, and whether it has a row per item. */
  readonly hasOrderKeys: boolean;
  readonly isRowPerItem: boolean;
  /** Of a source of references. */
  readonly referenceKind?: ReferenceKind;
  /** Whether rows of one order may leave out their merchant. */
  readonly hasMerchantColumn: boolean;
  readonly router: CardRouter;
  readonly cards: CardTable;
  readonly references: ReferenceArena;
  readonly sink: FindingSink;
  readonly merchants?: MerchantBook | undefined;
  readonly persons?: PersonBook | undefined;
}

/**
 * Folds rows into cards, in input order, and keeps the tally of a source: what depends on other records is decided
 * here, so that records can be read in any number of threads.
 *
 * Throws `expiry-ambiguous`, `too-many-records`.
 */
export class RowFolder {
  readonly counts = new TallyCounts();
  /** Records whose card number was looked at. */
  inspected = 0;
  readonly #room: FoldingRoom;
  readonly #folder: CardFolder;
  readonly #named: ReferenceFolder | undefined;
  readonly #orders = new OrderKeys();
  /** The orders without their merchants, for rows that leave them out; empty where none can. */
  readonly #bareOrders = new OrderKeys();
  readonly #hasBareOrders: boolean;
  readonly #isTestAccepted: boolean;

  constructor(room: FoldingRoom) {
    this.#room = room;
    const { cards, references, router, source, merchants, referenceKind: kind } = room;
    this.#folder = new CardFolder(cards, router, source);
    this.#named =
      kind && new ReferenceFolder({ cards, references, merchants, router, source, kind });
    this.#hasBareOrders = merchants !== undefined && room.hasMerchantColumn && room.isRowPerItem;
    this.#isTestAccepted = (bitsOfReasons(room.scope.acceptHeld) & (1 << TEST_NUMBER)) !== 0;
  }

  /** Distinct order keys so far; 0 for a source without an order key. */
  get orders(): number {
    return this.#orders.count;
  }

  /** Makes room for the orders of a source of so many records, at the rate of those so far. */
  foresee(records: number): void {
    if (this.counts.read > 0) this.#orders.reserve((records / this.counts.read) * this.orders);
  }

  /** Folds a block of rows, whose lines are counted from `linesBefore`. */
  fold(rows: RecordRows, linesBefore: number): void {
    const { cards, references } = this.#room;
    const { words } = rows;
    for (let from = 0; from < rows.count; from += warmedRows) {
      const to = Math.min(rows.count, from + warmedRows);
      const [first, last] = [from * ROW_WORDS, to * ROW_WORDS];
      cards.warm(words, first + ROW_CARD_HASH, last, ROW_WORDS);
      references.warm(words, first + ROW_REFERENCE_HASH, last, ROW_WORDS);
      if (this.#room.hasOrderKeys) this.#orders.warm(words, first + ROW_KEY_HASH, last, ROW_WORDS);
      this.#foldSome(rows, from, to, linesBefore);
    }
  }

  wipe(): void {
    this.#orders.wipe();
    this.#bareOrders.wipe();
  }

  #foldSome(rows: RecordRows, from: number, to: number, linesBefore: number): void {
    const { sink, source, merchants } = this.#room;
    const { counts } = this;
    for (let row = from; row < to; row++) {
      if (counts.read === RECORDS_MAX) {
        throw new IntakeFault('too-many-records', { max: RECORDS_MAX });
      }
      counts.read++;
      const line = linesBefore + rows.words[row * ROW_WORDS + ROW_LINE]!;
      const merchant =
        merchants === undefined ? 0 : rows.halves[row * ROW_WORDS * 2 + ROW_MERCHANT]!;
      let reason = this.#judge(rows, row, merchant);
      if (reason === ROW_PASSED) {
        if (this.#include(rows, row, line, merchant)) continue;
        reason = DUPLICATE;
      } else {
        if (reason >= OUTSIDE) this.#keepWithout(rows, row, reason);
        merchants?.count(merchant, reason);
      }
      counts.byReason[reason]! += 1;
      sink.finding(source, line, reason, merchant);
    }
  }

  #judge(rows: RecordRows, row: number, merchant: number): number {
    const { words, text } = rows;
    const at = row * ROW_WORDS;
    const verdict = words[at + ROW_VERDICT]!;
    const reason = verdict & 0xff;
    const room = this.#room;
    if (this.#hasBareOrders && merchant === MERCHANT_BLANK) {
      if (this.#isBareItem(words, text, at)) return SAME_ORDER;
    } else if (room.hasOrderKeys && reason !== NOT_CARD) {
      const start = words[at + ROW_REFERENCE_END]!;
      const end = words[at + ROW_KEY_END]!;
      const numberHash = words[at + ROW_NUMBER_HASH]! >>> 0;
      const isKnown = this.#orders.isKnown(text, start, end, words[at + ROW_KEY_HASH]!, numberHash);
      if (isKnown && room.isRowPerItem) return SAME_ORDER;
      if (this.#hasBareOrders && end > start) {
        const bareEnd = end - MERCHANT_MARK_BYTES;
        const hash = hashBytes(text, start, bareEnd);
        this.#bareOrders.isKnown(text, start, bareEnd, hash, numberHash);
      }
    } else if (room.isRowPerItem && this.#isSilentItem(words, text, at)) return SAME_ORDER;
    // Reasons stand in the order of the checks, and `ROW_PASSED` behind them all.
    if (reason > OUTSIDE) this.inspected++;
    if (reason !== ROW_PASSED) return reason;
    const brand = (verdict >>> 8) & 0xff;
    if (room.router.recipientOf(words[at + ROW_BIN]!, brand, merchant) < 0) {
      return brand === 0 && this.#named === undefined ? UNKNOWN_BRAND : NO_RECIPIENT;
    }
    const isTest = ((verdict >>> 24) & TEST_NUMBER_MET) !== 0;
    return isTest && !this.#isTestAccepted ? TEST_NUMBER : ROW_PASSED;
  }

  /** A record without a card that is in scope, or is if a list names its card: kept by its reference where it has one. */
  #keepWithout(rows: RecordRows, row: number, reason: number): void {
    const { words, text } = rows;
    const at = row * ROW_WORDS;
    const start = rows.textEnd(row - 1);
    const end = words[at + ROW_REFERENCE_END]!;
    if (end === start) return;
    const { references, persons } = this.#room;
    const { cardless, listed } = references;
    const windows = words[at + ROW_WINDOWS]!;
    if (reason !== OUTSIDE) {
      cardless.add(text, start, end, windows, reason);
      persons?.leadNowhere(row, reason, windows);
    } else if ((words[at + ROW_VERDICT]! >>> 24) & LISTED_ONLY_MET) {
      listed.add(rows.bytes, row * ROW_BYTES + ROW_PACKED * 4, text, start, end, windows);
      persons?.leadListed(row, listed.count - 1);
    }
  }

  /** A row that leaves out the payment method its order had on the first one. Orders not paid by card are not kept. */
  #isSilentItem(words: Int32Array, text: Uint8Array, at: number): boolean {
    const start = words[at + ROW_REFERENCE_END]!;
    const end = words[at + ROW_KEY_END]!;
    return end > start && this.#orders.has(text, start, end, words[at + ROW_NUMBER_HASH]! >>> 0);
  }

  /** A row that leaves out the merchant its order had on the first one, and perhaps the payment method too. */
  #isBareItem(words: Int32Array, text: Uint8Array, at: number): boolean {
    const start = words[at + ROW_REFERENCE_END]!;
    const end = words[at + ROW_KEY_END]! - MERCHANT_MARK_BYTES;
    const numberHash = words[at + ROW_NUMBER_HASH]! >>> 0;
    return end > start && this.#bareOrders.has(text, start, end, numberHash);
  }

  /** Folds the record into its card; true where the card is new. */
  #include(rows: RecordRows, row: number, line: number, merchant: number): boolean {
    const { cards, merchants, persons } = this.#room;
    const { counts } = this;
    const { words } = rows;
    const at = row * ROW_WORDS;
    const special = words[at + ROW_VERDICT]! >>> 16;
    const relied = words[at + ROW_EXPIRY]! >>> 16;
    if ((special | relied) !== 0) this.#countAccepted(special & 0xff, special >>> 8, relied);
    if (this.#named !== undefined) return this.#includeReference(rows, row, line, merchant);
    const card = this.#folder.fold(rows, row, line, merchant);
    const isNew = cards.wasNew;
    if (special !== 0) this.#warnAll(card, special & 0xff, special >>> 8);
    merchants?.include(card, merchant);
    persons?.lead(row, card);
    if (this.#folder.differs) this.#warn(card, DIFFERS_WARNING);
    const start = rows.textEnd(row - 1);
    const end = words[at + ROW_REFERENCE_END]!;
    if (end > start) {
      const { references } = this.#room;
      const hash = words[at + ROW_REFERENCE_HASH];
      const before = references.count;
      const reference = references.intern(rows.text, start, end, hash);
      if (reference === before) merchants?.refer(merchant);
      references.expose(reference, words[at + ROW_WINDOWS]!);
      references.link(cards, card, reference);
    }
    if (isNew) counts.cards++;
    return isNew;
  }

  #includeReference(rows: RecordRows, row: number, line: number, merchant: number): boolean {
    const named = this.#named!;
    const isNew = named.fold(rows, row, line, merchant);
    const special = rows.words[row * ROW_WORDS + ROW_VERDICT]! >>> 16;
    this.#warnAll(named.place, special & 0xff, special >>> 8);
    this.#room.persons?.lead(row, named.place);
    if (named.differs) this.#warn(named.place, DETAIL_WARNING);
    if (isNew) this.counts.cards++;
    return isNew;
  }

  #warnAll(card: number, warning: number, flags: number): void {
    if (warning !== 0) this.#warn(card, warning - 1);
    if ((flags & LUHN_WARNED) !== 0) this.#warn(card, LUHN_WARNING);
    if ((flags & REFERENCE_WITHHELD) !== 0) this.#warn(card, WITHHELD_WARNING);
  }

  #warn(card: number, warning: number): void {
    this.counts.byWarning[warning]! += 1;
    this.#room.cards.warned?.add(card, warning);
  }

  #countAccepted(warning: number, flags: number, relied: number): void {
    const { counts } = this;
    if (warning === AMBIGUOUS_EXPIRY + 1) {
      throw new IntakeFault('expiry-ambiguous', { as_month_year: 0, as_year_month: 0, of: 1 });
    }
    if ((flags & TEST_NUMBER_MET) !== 0) counts.accepted[TEST_NUMBER]! += 1;
    for (let place = 0; place < reasons.length && relied !== 0; place++) {
      if ((relied & (1 << place)) !== 0) counts.accepted[place]! += 1;
    }
  }
}
