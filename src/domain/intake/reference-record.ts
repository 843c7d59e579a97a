import { brandIndexOfWord } from '../bins/brand-words.ts';
import type { CodePointRead } from './code-points.ts';
import type { Columns } from './column-map.ts';
import { FieldView } from './field-view.ts';
import { LAST_FOUR_UNREADABLE, readLastFour } from './last-four.ts';
import { PASSED } from './number-screen.ts';
import { reasonIndex, warnings } from './reasons.ts';
import {
  ROW_BIN,
  ROW_EXPIRY,
  ROW_REFERENCE_END,
  type RecordRows,
  ROW_WORDS,
} from './record-rows.ts';
import { ReferenceText } from './reference-text.ts';
import type { RecordScanner } from './scanner.ts';
import { TextValues } from './text-values.ts';

const MISSING = reasonIndex('reference-missing');
const TOO_LONG = reasonIndex('reference-too-long');
const IS_NUMBER = reasonIndex('reference-is-number');
const DETAIL_UNREADABLE = warnings.indexOf('detail-unreadable');
const UNREADABLE_BRAND = -1;

/**
 * What a record of a `references` source says in place of a card number: the reference, and brand and last four digits
 * where the source has them. After `PASSED` the row has the reference's text, and its `ROW_EXPIRY` the last four
 * digits as `readLastFour` has them: a reference has no expiry.
 *
 * Checks `reference-missing`, `reference-too-long`, `reference-is-number`. Details that cannot be read are left out
 * and warned of: the reference stands without them.
 */
export class ReferenceRecord {
  /** Place of the brand in the brand table; 0 where the record says none. */
  brand = 0;
  /** Place in `warnings` plus 1; 0 is none. */
  warning = 0;
  readonly #reference: FieldView;
  readonly #brand: FieldView;
  readonly #lastFour: FieldView;
  readonly #text: ReferenceText;
  readonly #brands: TextValues;
  readonly #read: CodePointRead;

  constructor(scanner: RecordScanner, read: CodePointRead, columns: Columns) {
    this.#read = read;
    this.#reference = new FieldView(scanner, columns.reference);
    this.#brand = new FieldView(scanner, columns.brand);
    this.#lastFour = new FieldView(scanner, columns.last_four);
    this.#text = new ReferenceText(read);
    this.#brands = new TextValues(read, (text) =>
      text === '' ? 0 : (brandIndexOfWord(text) ?? UNREADABLE_BRAND),
    );
  }

  /** The reason the record stops here, or `PASSED`: then the row stands, whose text begins at `textStart`. */
  screen(scanner: RecordScanner, rows: RecordRows, row: number, textStart: number): number {
    const view = this.#reference;
    view.take(scanner);
    const end = this.#keep(view, rows.text, textStart);
    if (end < 0) {
      const { isNumber, isWithheld } = this.#text;
      return isNumber ? IS_NUMBER : isWithheld ? TOO_LONG : MISSING;
    }
    const at = row * ROW_WORDS;
    const { words } = rows;
    words[at + ROW_REFERENCE_END] = end;
    words[at + ROW_BIN] = -1;
    words[at + ROW_EXPIRY] = this.#details(scanner);
    return PASSED;
  }

  wipe(): void {
    for (const view of [this.#reference, this.#brand, this.#lastFour]) view.wipe();
    this.#text.wipe();
    this.#brands.wipe();
  }

  /** Where the reference ends in `into`; -1 where there is none to keep. */
  #keep({ bytes: from, start, end }: FieldView, into: Uint8Array, to: number): number {
    const text = this.#text;
    const plainEnd = text.copyPlain(from, start, end, into, to);
    if (plainEnd > 0) return plainEnd;
    if (!text.take(from, start, end)) return -1;
    const kept = text.bytes.subarray(text.start, text.end);
    into.set(kept, to);
    return to + kept.length;
  }

  #details(scanner: RecordScanner): number {
    const view = this.#lastFour;
    view.take(scanner);
    const lastFour = readLastFour(this.#read, view.bytes, view.start, view.end);
    const named = this.#brand;
    named.take(scanner);
    const brand = this.#brands.of(named.bytes, named.start, named.end);
    this.brand = Math.max(brand, 0);
    const isUnreadable = brand === UNREADABLE_BRAND || lastFour === LAST_FOUR_UNREADABLE;
    this.warning = isUnreadable ? DETAIL_UNREADABLE + 1 : 0;
    return Math.max(lastFour, 0);
  }
}
