import { byteClasses } from '../domain/intake/byte-classes.ts';
import { codePointRead, type ByteEncoding } from '../domain/intake/code-points.ts';
import { FieldLessons, NO_COLUMN, type PlainColumns } from '../domain/intake/field-lessons.ts';
import type { ReadingRoom } from '../domain/intake/record-reader.ts';
import { type RecordRows, verdictOf } from '../domain/intake/record-rows.ts';
import { type RecordScanner, WIDE } from '../domain/intake/scanner.ts';
import { startWasm, type WasmMemory, type WasmModule } from '../edge/wasm/web-assembly.ts';
import { FieldMemo } from './field-memo.ts';
import type { LanePlaces } from './lane-memory.ts';
import { PLAIN_FIELDS_MAX, PlainOrders } from './plain-orders.ts';
import type { ScreeningTables } from './screening-tables.ts';
import { fillWideTables } from './wide-tables.ts';

/** Bytes of a date and a time to the second, and of the date in front of it. */
const momentBytes = 19;
const dayBytes = 10;

/**
 * Reads what is plain in a segment, at a fraction of the cost: whole runs of records between those that need
 * `RecordReader`. Comes to the same rows. What fields say it takes from `FieldLessons`, once for each distinct value.
 */
export class PlainRecords {
  readonly #orders: PlainOrders;
  readonly #memory: SharedArrayBuffer;
  readonly #places: LanePlaces;
  readonly #channels: FieldMemo;
  readonly #days: FieldMemo;
  readonly #moments: FieldMemo;
  readonly #expiries: FieldMemo;
  readonly #payments: FieldMemo;
  readonly #run: (orders: number) => void;
  #lessons: FieldLessons | undefined;
  #encoding: ByteEncoding = 'utf-8';
  #knowsWide = false;

  constructor(module: WasmModule, memory: WasmMemory, places: LanePlaces, tables: ScreeningTables) {
    this.#memory = memory.buffer;
    this.#places = places;
    this.#orders = new PlainOrders(memory.buffer, places.orders);
    const memo = (place: number): FieldMemo => new FieldMemo(memory.buffer, places.memos[place]!);
    this.#channels = memo(0);
    this.#days = memo(1);
    this.#moments = memo(2);
    this.#expiries = memo(3);
    this.#payments = memo(4);
    this.#orders.set({ ...tables, leads: places.leads, pairs: places.pairs });
    this.#run = startWasm(module, memory)['read'] as (orders: number) => void;
  }

  /** Prepares for the records of a source. */
  begin(room: ReadingRoom): void {
    this.wipe();
    const lessons = new FieldLessons(room);
    const { columns } = lessons;
    if (columns === undefined) return;
    const { options } = room.layout;
    const needed = Math.max(...(Object.values(columns) as number[])) + 1;
    if (needed > PLAIN_FIELDS_MAX) return;
    this.#lessons = lessons;
    this.#encoding = options.encoding;
    this.#orders.classes.set(byteClasses(options.delimiter, options.quoting));
    this.#orders.needFields(needed);
    this.#orders.set({
      ...columnOrders(columns, lessons),
      needsWindow: Number(lessons.needsWindow),
      isLive: Number(room.scope.mode === 'live'),
      ...{ channels: this.#channels.address, days: this.#days.address },
      ...{ moments: this.#moments.address, expiries: this.#expiries.address },
      payments: this.#payments.address,
    });
  }

  /** Reads on from where the scanner stands, and has it stand behind; returns how many records it was. */
  read(scanner: RecordScanner, slot: number, length: number, rows: RecordRows): number {
    if (this.#lessons === undefined) return 0;
    const orders = this.#orders;
    const before = rows.count;
    const from = scanner.settle();
    orders.aim(slot + from, slot + length, scanner.lines + 1, rows);
    this.#run(orders.address);
    rows.count = orders.get('count');
    const read = rows.count - before;
    if (read > 0) scanner.resume(orders.get('at') - slot, orders.get('line') - 1);
    return read;
  }

  /** Takes from the record on which the scanner stands what its fields say, for those that say the same. */
  learn(scanner: RecordScanner): void {
    const lessons = this.#lessons;
    if (lessons?.columns === undefined) return;
    if (!this.#knowsWide && (scanner.recordFlags & WIDE) !== 0) this.#learnWide();
    const { channel, date, expiry, payment } = lessons.columns;
    if (this.#isNew(this.#channels, scanner, channel)) {
      const value = lessons.channelWindows();
      if (value !== 0) this.#keep(this.#channels, scanner, channel, value);
    }
    if (date < scanner.fieldCount) this.#learnDate(scanner, lessons, date);
    if (this.#isNew(this.#expiries, scanner, expiry) && lessons.expires()) {
      const second = verdictOf(0, 0, lessons.warning, 0);
      this.#keep(this.#expiries, scanner, expiry, lessons.expiry, second);
    }
    if (this.#isNew(this.#payments, scanner, payment) && lessons.isCard()) {
      this.#keep(this.#payments, scanner, payment, 1);
    }
  }

  wipe(): void {
    this.#lessons?.wipe();
    this.#lessons = undefined;
    for (const memo of [this.#channels, this.#days, this.#moments]) memo.clear();
    for (const memo of [this.#expiries, this.#payments]) memo.clear();
    if (this.#knowsWide) fillWideTables(this.#memory, this.#places, undefined);
    this.#knowsWide = false;
  }

  #learnDate(scanner: RecordScanner, lessons: FieldLessons, column: number): void {
    const { bytes } = scanner;
    const start = scanner.starts[column]!;
    const end = scanner.ends[column]!;
    const isMoment = end - start === momentBytes;
    const memo = isMoment ? this.#moments : this.#days;
    const keyEnd = isMoment ? start + dayBytes : end;
    if (!memo.isNew(bytes, start, keyEnd)) return;
    if (!(isMoment ? lessons.exposesDay() : lessons.exposes())) return;
    memo.keep(bytes, start, keyEnd, { value: lessons.windows, moment: lessons.seenMs });
  }

  #learnWide(): void {
    this.#knowsWide = true;
    fillWideTables(this.#memory, this.#places, {
      read: codePointRead(this.#encoding),
      hasThrees: this.#encoding === 'utf-8',
    });
  }

  #isNew(memo: FieldMemo, { bytes, starts, ends, fieldCount }: RecordScanner, column: number) {
    if (column < 0 || column >= fieldCount) return false;
    return memo.isNew(bytes, starts[column]!, ends[column]!);
  }

  #keep(memo: FieldMemo, scanner: RecordScanner, column: number, value: number, second = 0): void {
    memo.keep(scanner.bytes, scanner.starts[column]!, scanner.ends[column]!, { value, second });
  }
}

function columnOrders(
  { pan, date, expiry, channel, payment, reference, key }: PlainColumns,
  lessons: FieldLessons,
): Parameters<PlainOrders['set']>[0] {
  return {
    ...{ numberColumn: pan, dateColumn: date, expiryColumn: expiry, paymentColumn: payment },
    ...{ referenceColumn: reference, keyColumn: key },
    channelColumn: lessons.hasFixedChannel ? NO_COLUMN : channel,
    fixedWindows: lessons.hasFixedChannel ? lessons.channelWindows() : 0,
  };
}
