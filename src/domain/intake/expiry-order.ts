import { codePointRead } from './code-points.ts';
import { IntakeFault } from './errors.ts';
import { EXPIRY_AMBIGUOUS, ExpiryReader, expiryOrderOf, type ExpiryOrder } from './expiry.ts';
import { visitHead, type Head } from './head-sample.ts';
import type { Layout } from './layout.ts';
import { EXPIRY_RECORDS } from './limits.ts';
import { PlainField } from './plain-field.ts';

/**
 * The order of month and year in a source's expiry column: as declared, or as the first 10,000 records of its head
 * show it. One value that is possible in one order only decides, unless another decides otherwise. Undefined where no
 * record has two pairs of digits: then there is nothing to decide.
 *
 * Throws `expiry-ambiguous` where records contradict each other or all can be read either way. It would be a card with
 * a wrong expiry; a person has to say.
 */
export function decideExpiryOrder(head: Head, layout: Layout, declared: string): ExpiryOrder {
  const order = expiryOrderOf(declared);
  const { expiry } = layout.columns;
  if (order !== undefined || expiry.length === 0) return order;
  const read = codePointRead(layout.options.encoding);
  const reader = new ExpiryReader(undefined);
  const skipped = layout.header === undefined ? 0 : 1;
  let field: PlainField | undefined;
  let monthYear = 0;
  let yearMonth = 0;
  let open = 0;
  const visited = visitHead(head, layout.options, EXPIRY_RECORDS + skipped, (scanner, record) => {
    if (record < skipped) return;
    field ??= new PlainField(scanner, read, expiry);
    field.take(scanner);
    const isOpen = reader.read(field.bytes, field.start, field.end) === EXPIRY_AMBIGUOUS;
    if (reader.canBeMonthYear && !reader.canBeYearMonth) monthYear++;
    if (reader.canBeYearMonth && !reader.canBeMonthYear) yearMonth++;
    if (isOpen) open++;
  });
  const isContradicted = monthYear > 0 && yearMonth > 0;
  if (isContradicted || (monthYear + yearMonth === 0 && open > 0)) {
    const facts = { as_month_year: monthYear, as_year_month: yearMonth, of: visited - skipped };
    throw new IntakeFault('expiry-ambiguous', facts);
  }
  if (monthYear > 0) return 'month-year';
  return yearMonth > 0 ? 'year-month' : undefined;
}
