import type { MadeNumbers } from './made-numbers.ts';
import { plain } from './number-spelling.ts';
import { LISTED_FROM_WEB, LISTED_IN_EXPORT, plannedRecovered } from './order-kinds.ts';
import type { OrderRows } from './order-rows.ts';
import { expiryText } from './write-orders.ts';

/** The list an investigator found on the attacker's server: number and expiry, UTF-8, LF, before it is sealed. */
export function writeRecovered(orders: OrderRows, numbers: MadeNumbers): Uint8Array {
  const listed = orders.unlisted.slice(0, LISTED_IN_EXPORT);
  while (listed.length < plannedRecovered.card) listed.push(numbers.card());
  const again = orders.web.slice(0, LISTED_FROM_WEB);
  while (again.length < plannedRecovered.duplicate) again.push(listed[0]!);
  const wrong = Array.from({ length: plannedRecovered.luhn }, () => numbers.wrongCheckDigit());
  const bytes = [...Buffer.from('pan,expiry\n')];
  for (const digits of [...listed, ...again, ...wrong]) {
    bytes.push(...plain(digits), ...Buffer.from(`,${expiryText(digits, '')}\n`));
  }
  return Uint8Array.from(bytes);
}
