import { codePointRead } from './code-points.ts';
import { AMBIGUOUS_EXPIRY, ExpiryScreen } from './expiry-screen.ts';
import { ExposureScreen } from './exposure-screen.ts';
import type { Layout } from './layout.ts';
import { filtersPayments, PaymentFilter } from './payments.ts';
import { orderKeyColumns } from './order-key-columns.ts';
import type { ReadingRoom } from './record-reader.ts';
import type { SourceSpec } from './source-spec.ts';

/** No such column. */
export const NO_COLUMN = -1;

/** One column for each purpose, or `NO_COLUMN`. */
export interface PlainColumns {
  readonly pan: number;
  readonly date: number;
  readonly expiry: number;
  readonly channel: number;
  readonly payment: number;
  readonly reference: number;
  readonly key: number;
}

/**
 * The columns of a source whose records can be understood field by field: one for each purpose, with a number, a date
 * and an expiry at least, and no merchants. Undefined for other sources.
 */
function plainColumns(
  { columns, options }: Layout,
  spec: SourceSpec,
  key: readonly number[],
  hasMerchants: boolean,
): PlainColumns | undefined {
  const isOther = spec.kind === 'references' || hasMerchants || columns.expiry_month.length > 0;
  const isMarked = options.delimiter === 0x3d || options.delimiter === 0x5e;
  const payment = filtersPayments(spec) ? columns.payment_method : [];
  const { pan, ordered_at: date, expiry, channel, reference } = columns;
  const all = [pan, date, expiry, channel, payment, reference, key];
  if (isOther || isMarked || all.some(({ length }) => length > 1)) return undefined;
  if (pan.length + date.length + expiry.length < 3) return undefined;
  const one = ([column = NO_COLUMN]: readonly number[]): number => column;
  return {
    ...{ pan: one(pan), date: one(date), expiry: one(expiry), channel: one(channel) },
    ...{ payment: one(payment), reference: one(reference), key: one(key) },
  };
}

/**
 * What single fields of a source mean, for a reader that remembers them by their bytes. Of the record the scanner stands
 * on; the same rules as those of `RecordReader`, which are asked here field by field.
 */
export class FieldLessons {
  readonly columns: PlainColumns | undefined;
  /** Whether a record outside all windows stops here. */
  readonly needsWindow: boolean;
  /** After `channel`, `exposes`, `exposesDay`: the windows, one bit each; and the moment. */
  windows = 0;
  seenMs = 0;
  /** After `channel`: the windows that take it in recovered sources alone. */
  listed = 0;
  /** After `expires`: the expiry and the place of its warning plus 1, as a row has them. */
  expiry = 0;
  warning = 0;
  readonly #scanner: ReadingRoom['scanner'];
  readonly #exposure: ExposureScreen;
  readonly #expiry: ExpiryScreen;
  readonly #payments: PaymentFilter;

  constructor({ scanner, spec, scope, layout, expiryOrder }: ReadingRoom) {
    const { columns, options } = layout;
    const read = codePointRead(options.encoding);
    const key = orderKeyColumns(layout, spec);
    this.columns = plainColumns(layout, spec, key, scope.merchants !== undefined);
    this.needsWindow = spec.kind !== 'recovered';
    this.#scanner = scanner;
    this.#exposure = new ExposureScreen(scanner, read, columns, spec, scope);
    this.#expiry = new ExpiryScreen(scanner, read, columns, expiryOrder, scope.today);
    this.#payments = new PaymentFilter(scanner, read, columns.payment_method, spec);
  }

  /** The reason a record stops at its channel, or `PASSED`: then sets `windows` and `listed` to those that take it. */
  channel(): number {
    const reason = this.#exposure.readChannel(this.#scanner);
    this.listed = this.#exposure.listed;
    this.#take();
    return reason;
  }

  /** Whether every channel of the source means the same, so that no field is looked at. */
  get hasFixedChannel(): boolean {
    return this.#exposure.hasFixedChannel;
  }

  /** Whether the record's date can be read. */
  exposes(): boolean {
    const isRead = this.#exposure.readDate(this.#scanner);
    this.#take();
    return isRead;
  }

  /** Whether the day the record's date begins with, `YYYY-MM-DD`, is one whose every moment lies in the same windows. */
  exposesDay(): boolean {
    const isEven = this.#exposure.readDay(this.#scanner);
    this.#take();
    return isEven;
  }

  /** Whether the record's expiry can be read, or be said to be none. */
  expires(): boolean {
    const warning = this.#expiry.screen(this.#scanner);
    this.expiry = this.#expiry.expiry;
    this.warning = warning + 1;
    return warning !== AMBIGUOUS_EXPIRY;
  }

  isCard(): boolean {
    return this.#payments.isCard(this.#scanner);
  }

  wipe(): void {
    this.#exposure.wipe();
    this.#payments.wipe();
  }

  #take(): void {
    this.windows = this.#exposure.windows;
    this.seenMs = this.#exposure.seenMs;
  }
}
