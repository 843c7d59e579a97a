import type { CardRouter } from './card-router.ts';
import type { CardTable } from './card-table.ts';
import { codePointRead } from './code-points.ts';
import { IntakeFault } from './errors.ts';
import type { ExpiryOrder } from './expiry.ts';
import { ExpiryScreen, NO_WARNING } from './expiry-screen.ts';
import { bitsOfReasons, ExposureScreen } from './exposure-screen.ts';
import { FieldView } from './field-view.ts';
import type { FindingSink } from './findings.ts';
import { CardFolder, type Exposure } from './folding.ts';
import type { Layout } from './layout.ts';
import { RECORDS_MAX } from './limits.ts';
import { NumberScreen, PASSED } from './number-screen.ts';
import { OrderKeys } from './order-keys.ts';
import { PaymentFilter } from './payments.ts';
import type { ReferenceArena } from './reference-arena.ts';
import { ReferenceText } from './reference-text.ts';
import { reasonIndex, reasons, warnings } from './reasons.ts';
import { WATCHED, type RecordScanner } from './scanner.ts';
import type { Scope } from './scope.ts';
import { sensitiveData } from './sensitive-columns.ts';
import type { SourceSpec } from './source-spec.ts';
import { TallyCounts } from './tally.ts';
import { hasTrackData } from './track-data.ts';

const NOT_CARD = reasonIndex('not-card');
const SAME_ORDER = reasonIndex('same-order');
const TEST_NUMBER = reasonIndex('test-number');
const DUPLICATE = reasonIndex('duplicate');
const LUHN_WARNING = warnings.indexOf('luhn');
const DIFFERS_WARNING = warnings.indexOf('expiry-differs');
const WITHHELD_WARNING = warnings.indexOf('reference-withheld');

/** Everything one source is screened with. */
export interface ScreeningRoom {
  readonly source: number;
  readonly spec: SourceSpec;
  readonly scope: Scope;
  readonly layout: Layout;
  readonly expiryOrder: ExpiryOrder;
  readonly scanner: RecordScanner;
  readonly router: CardRouter;
  readonly cards: CardTable;
  readonly references: ReferenceArena;
  readonly sink: FindingSink;
}

/**
 * Screens the records of one source one after the other: the first check that fails names the record, and a record that
 * passes all of them is folded into its card. Nothing is allocated per record.
 *
 * Throws `channel-unmapped` on construction; `sensitive-data`, `expiry-ambiguous`, `too-many-records` from `screen`.
 */
export class RecordScreen implements Exposure {
  readonly counts = new TallyCounts();
  windows = 0;
  seenMs = Number.NaN;
  expiry = 0;
  /** Records whose card number was looked at. */
  inspected = 0;
  readonly #room: ScreeningRoom;
  readonly #exposure: ExposureScreen;
  readonly #number: NumberScreen;
  readonly #expiry: ExpiryScreen;
  readonly #folder: CardFolder;
  readonly #payments: PaymentFilter;
  readonly #orders: OrderKeys;
  readonly #reference: FieldView;
  readonly #referenceText: ReferenceText;
  readonly #isLive: boolean;
  readonly #isTestAccepted: boolean;
  /** Accepted held reasons the record relies on. */
  #relied = 0;

  constructor(room: ScreeningRoom) {
    const { scanner, spec, scope, layout, router, cards } = room;
    const { columns } = layout;
    const read = codePointRead(layout.options.encoding);
    this.#room = room;
    this.#exposure = new ExposureScreen(scanner, read, columns, spec, scope);
    this.#number = new NumberScreen(read, columns.pan, router);
    this.#expiry = new ExpiryScreen(scanner, read, columns, room.expiryOrder, scope.today);
    this.#folder = new CardFolder(cards, router, room.source);
    this.#payments = new PaymentFilter(scanner, read, columns.payment_method, spec);
    const key = columns.order_key.length > 0 ? columns.order_key : columns.reference;
    this.#orders = new OrderKeys(
      scanner,
      spec.one_row_per_item ? key : columns.order_key,
      columns.pan,
    );
    this.#reference = new FieldView(scanner, columns.reference);
    this.#referenceText = new ReferenceText(read);
    this.#isLive = scope.mode === 'live';
    this.#isTestAccepted = (bitsOfReasons(scope.acceptHeld) & (1 << TEST_NUMBER)) !== 0;
  }

  /** Distinct order keys so far; 0 for a source without an order key. */
  get orders(): number {
    return this.#orders.count;
  }

  /** Screens the record the scanner stands on. */
  screen(): void {
    const { scanner, sink, source } = this.#room;
    if (isBlank(scanner)) {
      this.counts.blankRows++;
      return;
    }
    if (this.counts.read === RECORDS_MAX) {
      throw new IntakeFault('too-many-records', { max: RECORDS_MAX });
    }
    this.counts.read++;
    if ((scanner.recordFlags & WATCHED) !== 0) this.#assertNoTrack();
    const reason = this.#judge();
    if (reason === PASSED && this.#include()) return;
    const named = reason === PASSED ? DUPLICATE : reason;
    this.counts.byReason[named]! += 1;
    sink.finding(source, scanner.line, named);
  }

  wipe(): void {
    this.#exposure.wipe();
    this.#number.wipe();
    this.#payments.wipe();
    this.#orders.wipe();
    this.#reference.wipe();
    this.#referenceText.wipe();
  }

  #judge(): number {
    const { scanner, spec } = this.#room;
    if (!this.#payments.isCard(scanner)) return NOT_CARD;
    const isFurtherRow = this.#orders.isMapped && this.#orders.isKnown(scanner);
    if (isFurtherRow && spec.one_row_per_item) return SAME_ORDER;
    const exposure = this.#exposure.screen(scanner);
    if (exposure !== PASSED) return exposure;
    this.#relied = this.#exposure.relied;
    this.inspected++;
    const number = this.#number.screen(scanner);
    if (number !== PASSED) return number;
    if (!this.#isLive || !this.#number.isTestNumber()) return PASSED;
    if (!this.#isTestAccepted) return TEST_NUMBER;
    this.#relied |= 1 << TEST_NUMBER;
    return PASSED;
  }

  /** Folds the record into its card; true where the card is new. */
  #include(): boolean {
    const { scanner, cards } = this.#room;
    const { counts } = this;
    const warning = this.#expiry.screen(scanner);
    if (warning !== NO_WARNING) counts.byWarning[warning]! += 1;
    if (this.#number.isLuhnWarned) counts.byWarning[LUHN_WARNING]! += 1;
    if (this.#relied !== 0) this.#countRelied();
    this.windows = this.#exposure.windows;
    this.seenMs = this.#exposure.seenMs;
    this.expiry = this.#expiry.expiry;
    const card = this.#folder.fold(this.#number.packed, scanner.line, this);
    const isNew = cards.wasNew;
    if (this.#folder.differs) counts.byWarning[DIFFERS_WARNING]! += 1;
    if (this.#reference.isMapped) this.#keepReference(card);
    if (isNew) counts.cards++;
    return isNew;
  }

  #keepReference(card: number): void {
    const { scanner, references, cards } = this.#room;
    const text = this.#referenceText;
    this.#reference.take(scanner);
    if (text.take(this.#reference.bytes, this.#reference.start, this.#reference.end)) {
      references.link(cards, card, references.intern(text.bytes, text.start, text.end));
    } else if (text.isWithheld) this.counts.byWarning[WITHHELD_WARNING]! += 1;
  }

  #countRelied(): void {
    for (let place = 0; place < reasons.length; place++) {
      if ((this.#relied & (1 << place)) !== 0) this.counts.accepted[place]! += 1;
    }
  }

  /** Wherever in the source it stands, in whatever column that is not ignored. */
  #assertNoTrack(): void {
    const { scanner, layout } = this.#room;
    for (let column = 0; column < scanner.fieldCount; column++) {
      if ((scanner.flags[column]! & WATCHED) === 0 || layout.ignored[column] === 1) continue;
      if (hasTrackData(scanner.bytes, scanner.starts[column]!, scanner.ends[column]!)) {
        throw sensitiveData(layout, column, 'track', 1, this.counts.read);
      }
    }
  }
}

/** Spreadsheets save rows of nothing but delimiters below a table. */
function isBlank(scanner: RecordScanner): boolean {
  for (let column = 0; column < scanner.fieldCount; column++) {
    const end = scanner.ends[column]!;
    for (let at = scanner.starts[column]!; at < end; at++) {
      if (scanner.bytes[at] !== 0x20) return false;
    }
  }
  return true;
}
