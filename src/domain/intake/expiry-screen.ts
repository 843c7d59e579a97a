import type { CodePointRead } from './code-points.ts';
import type { ColumnMap } from './column-map.ts';
import { IntakeFault } from './errors.ts';
import {
  EXPIRY_AMBIGUOUS,
  EXPIRY_EMPTY,
  EXPIRY_READ,
  ExpiryReader,
  monthCount,
  type ExpiryOrder,
  type ExpiryReading,
} from './expiry.ts';
import { FieldView } from './field-view.ts';
import { PlainText } from './plain-text.ts';
import { warnings } from './reasons.ts';
import type { RecordScanner } from './scanner.ts';

const MISSING = warnings.indexOf('expiry-missing');
const UNREADABLE = warnings.indexOf('expiry-unreadable');
const EXPIRED = warnings.indexOf('expired');
export const NO_WARNING = -1;

/** Reads the expiry of included records. Whatever it turns out to be, the card is sent; a warning is counted. */
export class ExpiryScreen {
  /** year * 12 + month - 1; 0 where there is none. */
  expiry = 0;
  readonly #reader: ExpiryReader;
  readonly #thisMonth: number;
  readonly #whole: FieldView;
  readonly #month: FieldView;
  readonly #year: FieldView;
  readonly #text: PlainText;
  readonly #yearText: PlainText;

  constructor(
    scanner: RecordScanner,
    read: CodePointRead,
    columns: ColumnMap['columns'],
    order: ExpiryOrder,
    today: { readonly year: number; readonly month: number },
  ) {
    this.#reader = new ExpiryReader(order);
    this.#thisMonth = monthCount(today.year, today.month);
    this.#whole = new FieldView(scanner, columns.expiry);
    this.#month = new FieldView(scanner, columns.expiry_month);
    this.#year = new FieldView(scanner, columns.expiry_year);
    this.#text = new PlainText(read);
    this.#yearText = new PlainText(read);
  }

  /**
   * Place of the warning in `warnings`, or `NO_WARNING`. Throws `expiry-ambiguous` where the head of the source had
   * nothing to decide the order by and a record has.
   */
  screen(scanner: RecordScanner): number {
    const reading = this.#read(scanner);
    this.expiry = reading === EXPIRY_READ ? this.#reader.value : 0;
    if (reading === EXPIRY_READ) return this.expiry < this.#thisMonth ? EXPIRED : NO_WARNING;
    if (reading === EXPIRY_AMBIGUOUS) {
      throw new IntakeFault('expiry-ambiguous', { as_month_year: 0, as_year_month: 0, of: 1 });
    }
    return reading === EXPIRY_EMPTY ? MISSING : UNREADABLE;
  }

  #read(scanner: RecordScanner): ExpiryReading {
    if (this.#whole.isMapped) {
      this.#take(scanner, this.#whole, this.#text);
      return this.#reader.read(this.#text);
    }
    if (!this.#month.isMapped) return EXPIRY_EMPTY;
    this.#take(scanner, this.#month, this.#text);
    this.#take(scanner, this.#year, this.#yearText);
    return this.#reader.readColumns(this.#text, this.#yearText);
  }

  #take(scanner: RecordScanner, view: FieldView, text: PlainText): void {
    view.take(scanner);
    text.clear();
    text.append(view.bytes, view.start, view.end);
    text.unwrap();
  }
}
