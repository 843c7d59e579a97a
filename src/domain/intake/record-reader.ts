import { isPublishedTestNumber } from '../cards/test-numbers.ts';
import type { CardClassifier } from './card-router.ts';
import { hashPacked } from './card-table.ts';
import { codePointRead } from './code-points.ts';
import type { ExpiryOrder } from './expiry.ts';
import { ExpiryScreen } from './expiry-screen.ts';
import { ExposureScreen } from './exposure-screen.ts';
import { FieldView } from './field-view.ts';
import { hashBytes } from './hash-slots.ts';
import type { Layout } from './layout.ts';
import { MERCHANT_BLANK, MerchantScreen } from './merchant-screen.ts';
import { NumberScreen, PASSED } from './number-screen.ts';
import { orderKeyColumns } from './order-key-columns.ts';
import { PaymentFilter } from './payments.ts';
import { reasonIndex } from './reasons.ts';
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
  ROW_SEEN,
  ROW_VERDICT,
  ROW_WINDOWS,
  ROW_WORDS,
  TEST_NUMBER_MET,
  verdictOf,
  type RecordRows,
} from './record-rows.ts';
import { ReferenceRecord } from './reference-record.ts';
import { ReferenceText } from './reference-text.ts';
import { WATCHED, type RecordScanner } from './scanner.ts';
import type { Scope } from './scope.ts';
import { sensitiveData } from './sensitive-columns.ts';
import type { SourceSpec } from './source-spec.ts';
import { hasTrackData } from './track-data.ts';

const NOT_CARD = reasonIndex('not-card');
const UNKNOWN_MERCHANT = reasonIndex('unknown-merchant');
const OUTSIDE = reasonIndex('outside-window');
const SPACE = 0x20;

/** What reading the records of one source takes; the same in every thread that reads a part of it. */
export interface ReadingRoom {
  readonly spec: SourceSpec;
  readonly scope: Scope;
  readonly layout: Layout;
  readonly expiryOrder: ExpiryOrder;
  readonly scanner: RecordScanner;
  readonly classifier: CardClassifier;
}

/**
 * Reads records one after the other into rows: everything that can be said of a record without knowing any other one.
 * Whether its order or its card came before, and who receives it, is for `RowFolder` to say. Nothing is allocated per
 * record.
 *
 * Throws `channel-unmapped` and `merchant-unmapped` on construction; `sensitive-data` from `read`.
 */
export class RecordReader {
  /** Rows of nothing but delimiters so far. */
  blankRows = 0;
  /** Records so far. */
  records = 0;
  readonly #room: ReadingRoom;
  readonly #exposure: ExposureScreen;
  readonly #number: NumberScreen;
  readonly #expiry: ExpiryScreen;
  readonly #payments: PaymentFilter;
  /** Undefined where the incident lists no merchants. */
  readonly #merchants: MerchantScreen | undefined;
  readonly #key: FieldView;
  readonly #keyNumber: FieldView;
  readonly #reference: FieldView;
  readonly #referenceText: ReferenceText;
  /** Of a source of references, which stand in place of card numbers. */
  readonly #named: ReferenceRecord | undefined;
  readonly #isLive: boolean;

  constructor(room: ReadingRoom) {
    const { scanner, spec, scope, layout, classifier } = room;
    const { columns } = layout;
    const read = codePointRead(layout.options.encoding);
    this.#room = room;
    this.#exposure = new ExposureScreen(scanner, read, columns, spec, scope);
    this.#number = new NumberScreen(read, columns.pan, classifier);
    this.#expiry = new ExpiryScreen(scanner, read, columns, room.expiryOrder, scope.today);
    this.#payments = new PaymentFilter(scanner, read, columns.payment_method, spec);
    this.#merchants =
      scope.merchants && new MerchantScreen(scanner, read, columns.merchant, spec, scope.merchants);
    this.#key = new FieldView(scanner, orderKeyColumns(layout, spec));
    this.#keyNumber = new FieldView(scanner, columns.pan);
    this.#reference = new FieldView(scanner, columns.reference);
    this.#referenceText = new ReferenceText(read);
    this.#named =
      spec.kind === 'references' ? new ReferenceRecord(scanner, read, columns) : undefined;
    this.#isLive = scope.mode === 'live';
  }

  /** Reads the record the scanner stands on into the next row, for which there must be room. */
  read(rows: RecordRows): void {
    const { scanner } = this.#room;
    if (isBlank(scanner)) {
      this.blankRows++;
      return;
    }
    this.records++;
    if ((scanner.recordFlags & WATCHED) !== 0) this.#assertNoTrack();
    const { words, count: row } = rows;
    const at = row * ROW_WORDS;
    const textStart = rows.textEnd(row - 1);
    words[at + ROW_LINE] = scanner.line;
    words[at + ROW_REFERENCE_END] = textStart;
    const merchant = this.#merchants === undefined ? 0 : this.#merchants.of(scanner);
    if (this.#merchants !== undefined) rows.halves[row * ROW_WORDS * 2 + ROW_MERCHANT] = merchant;
    const reason = this.#judge(rows, row, textStart, merchant);
    if (reason === PASSED) {
      if (this.#named === undefined) this.#include(rows, row, textStart, merchant);
      else this.#includeReference(rows, row, textStart, merchant, this.#named);
    } else {
      words[at + ROW_VERDICT] = verdictOf(reason, 0, 0, 0);
      // Its number cannot be used, but it lies in scope: who stands behind it is told.
      if (reason >= OUTSIDE && this.#named === undefined && this.#reference.isMapped) {
        if (reason === OUTSIDE) this.#keepListed(rows, row, textStart, merchant);
        else this.#keepCardless(rows, at, textStart, merchant);
      }
    }
    words[at + ROW_KEY_END] = words[at + ROW_REFERENCE_END]!;
    const isOfOrder = reason !== NOT_CARD || this.#payments.isSilent;
    if (this.#key.isMapped && isOfOrder) this.#keepKey(rows, row, merchant);
    rows.count = row + 1;
  }

  wipe(): void {
    this.#exposure.wipe();
    this.#number.wipe();
    this.#payments.wipe();
    this.#merchants?.wipe();
    this.#key.wipe();
    this.#keyNumber.wipe();
    this.#reference.wipe();
    this.#referenceText.wipe();
    this.#named?.wipe();
  }

  #judge(rows: RecordRows, row: number, textStart: number, merchant: number): number {
    const { scanner } = this.#room;
    if (!this.#payments.isCard(scanner)) return NOT_CARD;
    if (merchant >= MERCHANT_BLANK) return UNKNOWN_MERCHANT;
    const reason = this.#exposure.screen(scanner, merchant);
    if (reason !== PASSED) return reason;
    if (this.#named !== undefined) return this.#named.screen(scanner, rows, row, textStart);
    return this.#number.screen(scanner, rows.bytes, row * ROW_BYTES + ROW_PACKED * 4);
  }

  #keepCardless({ words, text }: RecordRows, at: number, textStart: number, merchant: number) {
    words[at + ROW_WINDOWS] = this.#exposure.windows;
    words[at + ROW_REFERENCE_END] = this.#keepReference(text, textStart, merchant);
  }

  /** A record that is in scope if a list names its card keeps its number; most are of no such window. */
  #keepListed(rows: RecordRows, row: number, textStart: number, merchant: number): void {
    const { listed } = this.#exposure;
    if (listed === 0) return;
    const packedAt = row * ROW_BYTES + ROW_PACKED * 4;
    if (this.#number.screen(this.#room.scanner, rows.bytes, packedAt) !== PASSED) return;
    const at = row * ROW_WORDS;
    rows.words[at + ROW_VERDICT] = verdictOf(OUTSIDE, 0, 0, LISTED_ONLY_MET);
    this.#keepCardless(rows, at, textStart, merchant);
    rows.words[at + ROW_WINDOWS] = listed;
  }

  /** Writes what a record says that may become a card. */
  #include(rows: RecordRows, row: number, textStart: number, merchant: number): void {
    const { words, moments, bytes, text } = rows;
    const { scanner, classifier } = this.#room;
    const at = row * ROW_WORDS;
    const packedAt = row * ROW_BYTES + ROW_PACKED * 4;
    const exposure = this.#exposure;
    words[at + ROW_WINDOWS] = exposure.windows;
    moments[(at + ROW_SEEN) >> 1] = exposure.seenMs;
    words[at + ROW_CARD_HASH] = hashPacked(bytes, packedAt);
    words[at + ROW_BIN] = classifier.binIndex;
    const warning = this.#expiry.screen(scanner) + 1;
    words[at + ROW_EXPIRY] = this.#expiry.expiry | (exposure.relied << 16);
    let flags = this.#number.isLuhnWarned ? LUHN_WARNED : 0;
    if (this.#isLive && isPublishedTestNumber(bytes, packedAt)) flags |= TEST_NUMBER_MET;
    if (this.#reference.isMapped) {
      const end = this.#keepReference(text, textStart, merchant);
      if (this.#referenceText.isWithheld) flags |= REFERENCE_WITHHELD;
      words[at + ROW_REFERENCE_END] = end;
      words[at + ROW_REFERENCE_HASH] = hashBytes(text, textStart, end);
    }
    words[at + ROW_VERDICT] = verdictOf(ROW_PASSED, classifier.brandIndex, warning, flags);
  }

  /** Writes what a record says that stands for a reference; its text and details stand in the row already. */
  #includeReference(
    { words, moments, text }: RecordRows,
    row: number,
    textStart: number,
    merchant: number,
    named: ReferenceRecord,
  ): void {
    const at = row * ROW_WORDS;
    const end = this.#mark(text, words[at + ROW_REFERENCE_END]!, merchant);
    words[at + ROW_REFERENCE_END] = end;
    words[at + ROW_REFERENCE_HASH] = hashBytes(text, textStart, end);
    const { windows, seenMs, relied } = this.#exposure;
    words[at + ROW_WINDOWS] = windows;
    moments[(at + ROW_SEEN) >> 1] = seenMs;
    words[at + ROW_EXPIRY]! |= relied << 16;
    words[at + ROW_VERDICT] = verdictOf(ROW_PASSED, named.brand, named.warning, 0);
  }

  /** Copies the reference to `into` from `to` on; returns where it ends there. */
  #keepReference(into: Uint8Array, to: number, merchant: number): number {
    const end = this.#copyReference(into, to);
    return end === to ? end : this.#mark(into, end, merchant);
  }

  /** Ends a reference or an order key with its merchant, where the incident lists them; returns where it ends then. */
  #mark(into: Uint8Array, at: number, merchant: number): number {
    if (this.#merchants === undefined) return at;
    into[at] = merchant & 0xff;
    into[at + 1] = merchant >>> 8;
    return at + MERCHANT_MARK_BYTES;
  }

  #copyReference(into: Uint8Array, to: number): number {
    const text = this.#referenceText;
    const view = this.#reference;
    view.take(this.#room.scanner);
    const plainEnd = text.copyPlain(view.bytes, view.start, view.end, into, to);
    if (plainEnd > 0) return plainEnd;
    if (!text.take(view.bytes, view.start, view.end)) return to;
    const { bytes, start, end } = text;
    let last = to;
    for (let from = start; from < end; from++) into[last++] = bytes[from]!;
    return last;
  }

  /** The key without the spaces around it, and which number it came with. */
  #keepKey(rows: RecordRows, row: number, merchant: number): void {
    const { scanner } = this.#room;
    const view = this.#key;
    view.take(scanner);
    let { start, end } = view;
    while (start < end && view.bytes[start] === SPACE) start++;
    while (end > start && view.bytes[end - 1] === SPACE) end--;
    const { words } = rows;
    const at = row * ROW_WORDS;
    const keyStart = words[at + ROW_KEY_END]!;
    let to = keyStart;
    for (let from = start; from < end; from++) rows.text[to++] = view.bytes[from]!;
    if (to > keyStart) to = this.#mark(rows.text, to, merchant);
    words[at + ROW_KEY_END] = to;
    words[at + ROW_KEY_HASH] = hashBytes(rows.text, keyStart, to);
    const number = this.#keyNumber;
    number.take(scanner);
    // 0 tells the folder that the field is empty; a hash that is 0 by chance becomes 1.
    words[at + ROW_NUMBER_HASH] = number.isEmpty
      ? 0
      : hashBytes(number.bytes, number.start, number.end) || 1;
  }

  /** Wherever in the source it stands, in whatever column that is not ignored. */
  #assertNoTrack(): void {
    const { scanner, layout } = this.#room;
    for (let column = 0; column < scanner.fieldCount; column++) {
      if ((scanner.flags[column]! & WATCHED) === 0 || layout.ignored[column] === 1) continue;
      if (hasTrackData(scanner.bytes, scanner.starts[column]!, scanner.ends[column]!)) {
        throw sensitiveData(layout, column, 'track', 1, this.records);
      }
    }
  }
}

/** Spreadsheets save rows of nothing but delimiters below a table. */
function isBlank(scanner: RecordScanner): boolean {
  for (let column = 0; column < scanner.fieldCount; column++) {
    const end = scanner.ends[column]!;
    for (let at = scanner.starts[column]!; at < end; at++) {
      if (scanner.bytes[at] !== SPACE) return false;
    }
  }
  return true;
}
