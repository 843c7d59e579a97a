import { codePointRead } from './code-points.ts';
import { DateCursor } from './date-cursor.ts';
import { DateField } from './date-field.ts';
import { DATE_EMPTY, DATE_READ } from './dates.ts';
import { IntakeFault } from './errors.ts';
import { visitHead, type Head } from './head-sample.ts';
import type { Layout } from './layout.ts';
import { SENSITIVE_RECORDS } from './limits.ts';
import type { Scope } from './scope.ts';
import type { SourceSpec } from './source-spec.ts';

/** Signs that part day, month and year: `-`, `.` and `/`. */
const signs = Uint8Array.of(0x2d, 0x2e, 0x2f);

/**
 * Refuses a source of orders whose dates have several readings: none of the first 1,000 can be read, and one at least is
 * written as `04/08/2020` or with a year of two digits. Single ones among others are held, record by record.
 *
 * Throws `date-ambiguous`. Not where the spec declares a format, or a person accepted dates that cannot be read.
 */
export function assertDatesHaveOneReading(
  head: Head,
  layout: Layout,
  spec: SourceSpec,
  scope: Pick<Scope, 'acceptHeld'>,
): void {
  const columns = layout.columns.ordered_at;
  const isDecided = spec.date_format !== undefined || spec.kind === 'recovered';
  if (isDecided || columns.length === 0 || scope.acceptHeld.includes('date-unreadable')) return;
  const sample = new Sample();
  const skipped = layout.header === undefined ? 0 : 1;
  let field: DateField | undefined;
  visitHead(head, layout.options, SENSITIVE_RECORDS + skipped, (scanner, record) => {
    if (record < skipped) return;
    const read = codePointRead(layout.options.encoding);
    field ??= new DateField(scanner, read, columns, spec, 'UTC');
    const reading = field.read(scanner);
    if (reading === DATE_READ) sample.read++;
    else if (reading !== DATE_EMPTY) sample.add(field.plain);
  });
  field?.wipe();
  sample.assertClear();
}

class Sample {
  read = 0;
  #ambiguous = 0;
  #asDayMonth = 0;
  #asMonthDay = 0;
  readonly #cursor = new DateCursor();

  add({ bytes, start, end }: DateField['plain']): void {
    const cursor = this.#cursor;
    cursor.start(bytes, start, end);
    const first = cursor.number(1, 2);
    const sign = cursor.isAtEnd() ? 0 : cursor.bytes[cursor.at]!;
    if (first < 0 || !signs.includes(sign)) return;
    cursor.at++;
    const second = cursor.number(1, 2);
    if (second < 0 || !cursor.pass(sign)) return;
    const at = cursor.at;
    const last = cursor.number(1, 4);
    const digits = cursor.at - at;
    if (last < 0 || cursor.isDigitHere()) return;
    this.#ambiguous++;
    const isYearLast = digits === 4;
    if (isYearLast && first > 12 && second <= 12) this.#asDayMonth++;
    if (isYearLast && second > 12 && first <= 12) this.#asMonthDay++;
  }

  assertClear(): void {
    if (this.read > 0 || this.#ambiguous === 0) return;
    throw new IntakeFault('date-ambiguous', {
      of: this.#ambiguous,
      as_day_month: this.#asDayMonth,
      as_month_day: this.#asMonthDay,
    });
  }
}
