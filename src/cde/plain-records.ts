import { byteClasses } from '../domain/intake/byte-classes.ts';
import { codePointRead, type ByteEncoding } from '../domain/intake/code-points.ts';
import { FieldLessons, NO_COLUMN, type PlainColumns } from '../domain/intake/field-lessons.ts';
import { PASSED } from '../domain/intake/number-screen.ts';
import { reasonIndex } from '../domain/intake/reasons.ts';
import type { ReadingRoom } from '../domain/intake/record-reader.ts';
import { type RecordRows, verdictOf } from '../domain/intake/record-rows.ts';
import { type RecordScanner, WIDE } from '../domain/intake/scanner.ts';
import { startWasm, type WasmMemory, type WasmModule } from '../edge/wasm/web-assembly.ts';
import { FieldMemo, type Remembered } from './field-memo.ts';
import type { LanePlaces } from './lane-memory.ts';
import { PLAIN_FIELDS_MAX, PlainOrders } from './plain-orders.ts';
import type { ScreeningTables } from './screening-tables.ts';
import { fillWideTables, noWideDigits, wideDigitsOf } from './wide-tables.ts';

const NOT_CARD = reasonIndex('not-card');
const EXCLUDED_CHANNEL = reasonIndex('excluded-channel');
const SPACE = 0x20;

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
    this.#orders.set({ ...tables, ...noWideDigits, leads: places.leads, pairs: places.pairs });
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
    // Where every record has the same channel and stops at it, none is plain.
    if (lessons.hasFixedChannel && lessons.channel() !== PASSED) return;
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
    if (this.#isNew(this.#channels, scanner, channel))
      this.#learnChannel(scanner, lessons, channel);
    if (date < scanner.fieldCount) this.#learnDate(scanner, lessons, date);
    if (this.#isNew(this.#expiries, scanner, expiry) && lessons.expires()) {
      const second = verdictOf(0, 0, lessons.warning, 0);
      this.#keep(this.#expiries, scanner, expiry, { value: lessons.expiry, second });
    }
    if (this.#isNew(this.#payments, scanner, payment)) {
      if (lessons.isCard()) this.#keep(this.#payments, scanner, payment, {});
      else if (saysSomething(scanner, payment)) {
        this.#keep(this.#payments, scanner, payment, { reason: NOT_CARD });
      }
    }
  }

  wipe(): void {
    this.#lessons?.wipe();
    this.#lessons = undefined;
    for (const memo of [this.#channels, this.#days, this.#moments]) memo.clear();
    for (const memo of [this.#expiries, this.#payments]) memo.clear();
    if (this.#knowsWide) fillWideTables(this.#memory, this.#places, undefined);
    this.#knowsWide = false;
    this.#orders.set(noWideDigits);
  }

  /** Channels that nobody knows are looked at each time: they may be accepted. */
  #learnChannel(scanner: RecordScanner, lessons: FieldLessons, column: number): void {
    const reason = lessons.channel();
    if (reason === PASSED) {
      const { windows: value, listed: second } = lessons;
      this.#keep(this.#channels, scanner, column, { value, second });
    } else if (reason === EXCLUDED_CHANNEL && saysSomething(scanner, column)) {
      this.#keep(this.#channels, scanner, column, { reason });
    }
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
    this.#orders.set(wideDigitsOf(this.#encoding));
  }

  #isNew(memo: FieldMemo, { bytes, starts, ends, fieldCount }: RecordScanner, column: number) {
    if (column < 0 || column >= fieldCount) return false;
    return memo.isNew(bytes, starts[column]!, ends[column]!);
  }

  #keep(memo: FieldMemo, scanner: RecordScanner, column: number, said: Remembered): void {
    memo.keep(scanner.bytes, scanner.starts[column]!, scanner.ends[column]!, said);
  }
}

/** Whether a field is more than spaces: a record whose other fields are no more is none, for whatever reason. */
function saysSomething({ bytes, starts, ends }: RecordScanner, column: number): boolean {
  return bytes.subarray(starts[column], ends[column]).some((byte) => byte !== SPACE);
}

function columnOrders(
  { pan, date, expiry, channel, payment, reference, key }: PlainColumns,
  { hasFixedChannel, windows, listed }: FieldLessons,
): Parameters<PlainOrders['set']>[0] {
  return {
    ...{ numberColumn: pan, dateColumn: date, expiryColumn: expiry, paymentColumn: payment },
    ...{ referenceColumn: reference, keyColumn: key },
    channelColumn: hasFixedChannel ? NO_COLUMN : channel,
    ...{ fixedWindows: windows, fixedListed: listed },
  };
}
