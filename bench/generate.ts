// Order exports of any size, the same bytes for the same seed. As a program:
//
//   node bench/generate.ts clean|dirty RECORDS FILE [SEED]

import { between, seededRandom } from '../tests/support/seeded-cards.ts';
import { ByteWriter } from './byte-writer.ts';
import { writeDirtyOrders } from './dirty-orders.ts';
import { MadeNumbers } from './made-numbers.ts';
import { exposedDay, two } from './order-times.ts';
import type { FileKind } from './shop.ts';

export interface ExportRequest {
  readonly kind: FileKind;
  readonly records: number;
  readonly path: string;
  readonly seed?: number;
}

/**
 * Writes an order export.
 *
 * `clean`: a header and rows such as `00000001,2020-01-05,web,<16 digits>,1228`, 46 bytes each and every
 * one of them a card of its own that is handed over. `dirty`: see dirty-orders.ts.
 */
export function writeOrders({ kind, records, path, seed = 1 }: ExportRequest): void {
  const file = new ByteWriter(path);
  if (kind === 'clean') writeCleanOrders(file, records, seed);
  else writeDirtyOrders(file, records, seed);
  file.end();
}

function writeCleanOrders(file: ByteWriter, records: number, seed: number): void {
  const rng = seededRandom(seed);
  const numbers = new MadeNumbers(seed, 16);
  file.putText('order_no,ordered_at,channel,card_number,expiry\n');
  for (let record = 1; record <= records; record++) {
    numbers.next();
    file.putText(`${String(record).padStart(8, '0')},${exposedDay(rng)},web,`);
    file.put(numbers.digits.subarray(0, numbers.length));
    file.putText(`,${two(between(rng, 1, 12))}${between(rng, 28, 34)}\n`);
  }
}

if (import.meta.main) {
  const [kind, records, path, seed = '1'] = process.argv.slice(2);
  if ((kind !== 'clean' && kind !== 'dirty') || path === undefined || !(Number(records) > 0)) {
    console.error('usage: node bench/generate.ts clean|dirty RECORDS FILE [SEED]');
    process.exitCode = 64;
  } else writeOrders({ kind, records: Number(records), path, seed: Number(seed) });
}
