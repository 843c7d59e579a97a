import type { CodePointRead } from './code-points.ts';
import type { Columns } from './column-map.ts';
import {
  EXPIRY_AMBIGUOUS,
  EXPIRY_EMPTY,
  EXPIRY_READ,
  ExpiryReader,
  monthCount,
  type ExpiryOrder,
  type ExpiryReading,
} from './expiry.ts';
import { PlainField } from './plain-field.ts';
import { warnings } from './reasons.ts';
import type { RecordScanner } from './scanner.ts';

const MISSING = warnings.indexOf('expiry-missing');
const UNREADABLE = warnings.indexOf('expiry-unreadable');
const EXPIRED = warnings.indexOf('expired');
const NO_WARNING = -1;
/** Month and year can be read either way, and the head of the source had nothing to decide the order by. */
export const AMBIGUOUS_EXPIRY = 0xfe;

/** Reads the expiry of included records. Whatever it turns out to be, the card is sent; a warning is counted. */
export class ExpiryScreen {
  /** year * 12 + month - 1; 0 where there is none. */
  expiry = 0;
  readonly #reader: ExpiryReader;
  readonly #thisMonth: number;
  readonly #whole: PlainField;
  readonly #month: PlainField;
  readonly #year: PlainField;

  constructor(
    scanner: RecordScanner,
    read: CodePointRead,
    columns: Columns,
    order: ExpiryOrder,
    today: { readonly year: number; readonly month: number },
  ) {
    this.#reader = new ExpiryReader(order);
    this.#thisMonth = monthCount(today.year, today.month);
    this.#whole = new PlainField(scanner, read, columns.expiry);
    this.#month = new PlainField(scanner, read, columns.expiry_month);
    this.#year = new PlainField(scanner, read, columns.expiry_year);
  }

  /** Place of the warning in `warnings`, `NO_WARNING` or `AMBIGUOUS_EXPIRY`, for which the source is refused. */
  screen(scanner: RecordScanner): number {
    const reading = this.#read(scanner);
    this.expiry = reading === EXPIRY_READ ? this.#reader.value : 0;
    if (reading === EXPIRY_READ) return this.expiry < this.#thisMonth ? EXPIRED : NO_WARNING;
    if (reading === EXPIRY_AMBIGUOUS) return AMBIGUOUS_EXPIRY;
    return reading === EXPIRY_EMPTY ? MISSING : UNREADABLE;
  }

  #read(scanner: RecordScanner): ExpiryReading {
    const reader = this.#reader;
    const whole = this.#whole;
    if (whole.isMapped) {
      whole.take(scanner);
      return reader.read(whole.bytes, whole.start, whole.end);
    }
    const month = this.#month;
    if (!month.isMapped) return EXPIRY_EMPTY;
    month.take(scanner);
    const year = this.#year;
    year.take(scanner);
    const value = reader.readMonth(month.bytes, month.start, month.end);
    return reader.readYear(year.bytes, year.start, year.end, value);
  }
}
