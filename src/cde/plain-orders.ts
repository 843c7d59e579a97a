import { PAN_DIGITS_MAX } from '../domain/cards/packed-pan.ts';
import { DELIMITER, HIGH, LINE_END, QUOTING } from '../domain/intake/byte-classes.ts';
import { RECORD_BYTES_MAX, REFERENCE_BYTES_MAX } from '../domain/intake/limits.ts';
import { PLAIN_CHARACTERS_MAX } from '../domain/intake/plain-text.ts';
import { reasonIndex } from '../domain/intake/reasons.ts';
import * as rows from '../domain/intake/record-rows.ts';
import { compileWasm, type WasmModule } from '../edge/wasm/web-assembly.ts';
import { assembleWat } from '../edge/wasm/assemble-wat.ts';
import { memoPlaces } from './field-memo.ts';
import { plainRecordsWat } from './plain-records-wat.ts';

/** Fields of a plain record at most. */
export const PLAIN_FIELDS_MAX = 64;
const FIELD_BYTES = 8;

/** What the plain records are told, one word each; and the table of fields behind them. */
const words = [
  ...['at', 'end', 'line', 'count', 'capacity', 'rows', 'text', 'textEnd', 'textLimit'],
  ...[
    'scratch',
    'scratchEnd',
    'pool',
    'poolEnd',
    'classes',
    'fieldTable',
    'fieldTableEnd',
    'neededFields',
    'leads',
    'pairs',
  ],
  ...['numberColumn', 'dateColumn', 'expiryColumn', 'channelColumn', 'paymentColumn'],
  ...['referenceColumn', 'keyColumn', 'fixedWindows', 'fixedListed', 'needsWindow', 'isLive'],
  ...['wideLead', 'wideMiddle', 'wideZero', 'wideBytes'],
  ...['channels', 'days', 'moments', 'expiries', 'payments'],
  ...['pairSums', 'lengthBits', 'brandBySix', 'testMarks', 'binBrands', 'slices', 'pieces'],
] as const;

export type Order = (typeof words)[number];

const fieldTableAt = words.length * 4;
const classesAt = fieldTableAt + PLAIN_FIELDS_MAX * FIELD_BYTES;

const scratchAt = classesAt + 256;
/** More than a card number has digits. */
const scratchBytes = 32;

const poolAt = scratchAt + scratchBytes;
/** For the texts of one record's fields with doubled quotes. */
const poolBytes = 256;

/** Bytes of memory that orders, fields, classes of bytes, the digits of one number and a few texts take. */
export const ORDERS_BYTES = poolAt + poolBytes;

/** The orders of one thread, in the memory that its plain records read. */
export class PlainOrders {
  readonly address: number;
  readonly classes: Uint8Array;
  readonly #words: Int32Array;

  constructor(memory: SharedArrayBuffer, address: number) {
    this.address = address;
    this.#words = new Int32Array(memory, address, words.length);
    this.classes = new Uint8Array(memory, address + classesAt, 256);
    const fieldTable = address + fieldTableAt;
    const fieldTableEnd = fieldTable + PLAIN_FIELDS_MAX * FIELD_BYTES;
    const scratch = address + scratchAt;
    const scratchEnd = scratch + PAN_DIGITS_MAX;
    this.set({ fieldTable, fieldTableEnd, classes: address + classesAt, scratch, scratchEnd });
    this.set({ pool: address + poolAt, poolEnd: address + poolAt + poolBytes });
  }

  get(order: Order): number {
    return this.#words[placeOf[order]]!;
  }

  set(orders: Partial<Record<Order, number>>): void {
    for (const [order, value] of Object.entries(orders)) {
      this.#words[placeOf[order as Order]] = value;
    }
  }

  /** Says which bytes of a block's memory the next records are to be written to, and where they stand. */
  aim(at: number, end: number, line: number, block: rows.RecordRows): void {
    const told = this.#words;
    told[placeOf.at] = at;
    told[placeOf.end] = end;
    told[placeOf.line] = line;
    told[placeOf.count] = block.count;
    told[placeOf.capacity] = block.capacity;
    told[placeOf.rows] = block.bytes.byteOffset;
    told[placeOf.text] = block.text.byteOffset;
    told[placeOf.textEnd] = block.textEnd(block.count - 1);
    told[placeOf.textLimit] = block.textLimit;
  }

  /** Records of fewer fields than that are not plain. */
  needFields(count: number): void {
    this.set({ neededFields: this.address + fieldTableAt + count * FIELD_BYTES });
  }
}

const placeOf = Object.fromEntries(words.map((word, place) => [word, place])) as Readonly<
  Record<Order, number>
>;

/** The module that follows such orders. */
export function compilePlainRecords(): WasmModule {
  const orderPlaces = words.map((word, place) => [word, place * 4] as const);
  const rowPlaces = {
    rowLine: rows.ROW_LINE,
    rowWindows: rows.ROW_WINDOWS,
    rowCardHash: rows.ROW_CARD_HASH,
    rowReferenceHash: rows.ROW_REFERENCE_HASH,
    rowBin: rows.ROW_BIN,
    rowReferenceEnd: rows.ROW_REFERENCE_END,
    rowKeyEnd: rows.ROW_KEY_END,
    rowNumberHash: rows.ROW_NUMBER_HASH,
    rowVerdict: rows.ROW_VERDICT,
    rowExpiry: rows.ROW_EXPIRY,
    rowSeen: rows.ROW_SEEN,
    rowPacked: rows.ROW_PACKED,
    rowKeyHash: rows.ROW_KEY_HASH,
  };
  const wat = plainRecordsWat({
    ...Object.fromEntries(orderPlaces),
    ...Object.fromEntries(Object.entries(rowPlaces).map(([row, word]) => [row, word * 4])),
    ...memoPlaces,
    ...{ DELIMITER, HIGH, LINE_END, QUOTING, RECORD_BYTES_MAX, REFERENCE_BYTES_MAX },
    ROW_PASSED: rows.ROW_PASSED,
    PLAIN_CHARACTERS_MAX,
    // As memos have reasons.
    NOT_CARD_MARK: reasonIndex('not-card') + 1,
    OUTSIDE_MARK: reasonIndex('outside-window') + 1,
  });
  return compileWasm(assembleWat(wat));
}
