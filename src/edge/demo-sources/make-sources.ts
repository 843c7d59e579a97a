import { MadeNumbers } from './made-numbers.ts';
import { OrderRows } from './order-rows.ts';
import { SeededRandom } from './seeded-random.ts';
import { writeOrders } from './write-orders.ts';
import { writeRecovered } from './write-recovered.ts';

/** What the shop exports and the investigator found, made from a seed: the same bytes each time. */
export function makeSources(seed: number): { orders: Uint8Array; recovered: Uint8Array } {
  const random = new SeededRandom(seed);
  const numbers = new MadeNumbers(random);
  const rows = new OrderRows(random, numbers);
  const orders = writeOrders(rows.all(), random);
  return { orders, recovered: writeRecovered(rows, numbers) };
}
