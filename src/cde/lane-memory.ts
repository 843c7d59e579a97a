import type { BinLookupColumns } from '../domain/bins/bin-lookup.ts';
import { wipeMemory } from '../domain/intake/column-memory.ts';
import { recordRowsBytes } from '../domain/intake/record-rows.ts';
import { sharedWasmMemory, type WasmMemory } from '../edge/wasm/web-assembly.ts';
import { FIELD_MEMO_BYTES } from './field-memo.ts';
import { PAGE_BYTES_MAX } from './make-pages.ts';
import { ORDERS_BYTES } from './plain-orders.ts';
import { fillTables, placeTables, type ScreeningTables } from './screening-tables.ts';

/** How much a thread is given at a time. */
export interface LaneSizes {
  /** Bytes of a source that are read in one go; more than the longest record, or records that long are refused. */
  readonly segmentBytes: number;
  /** Rows of a block: few enough to be folded while they are in the processor's cache. A multiple of 8. */
  readonly blockRows: number;
}

/** Segments a worker may be given before it has read one: it never waits for the next. */
const slotsPerLane = 2;
/** Blocks of a worker, full or free. */
const blocksPerLane = 4;
/** Memos of a worker: channels, days, moments, expiries, payments. */
const memosPerLane = 5;
/** Pages of a worker, made or on their way. */
const pagesPerLane = 4;

/** Addresses of what one worker shares with the thread that folds. States of blocks: 0 free, 1 full, four bytes each. */
export interface LanePlaces {
  readonly slots: readonly number[];
  readonly blocks: readonly number[];
  readonly states: number;
  readonly orders: number;
  readonly memos: readonly number[];
  /** For tables of the characters of one source's encoding. */
  readonly leads: number;
  readonly pairs: number;
  readonly pages: readonly number[];
}

/**
 * One memory for all threads: tables that are only read, and for each thread its segments, blocks of rows, orders, memos
 * and pages. `wipe` zeroes what held card numbers.
 */
export class LaneMemory {
  readonly memory: WasmMemory;
  readonly tables: ScreeningTables;
  readonly lanes: readonly LanePlaces[];
  readonly #lanesAt: number;

  constructor(lanes: number, bins: BinLookupColumns, sizes: LaneSizes) {
    const ruler = new Ruler();
    this.tables = placeTables(bins, (bytes) => ruler.take(bytes));
    this.#lanesAt = ruler.end;
    this.lanes = Array.from({ length: lanes }, () => placeLane(ruler, sizes));
    this.memory = sharedWasmMemory(ruler.end);
    fillTables(this.memory.buffer, this.tables, bins);
  }

  wipe(): void {
    wipeMemory(new Uint8Array(this.memory.buffer, this.#lanesAt));
  }
}

function placeLane(ruler: Ruler, { segmentBytes, blockRows }: LaneSizes): LanePlaces {
  const several = (count: number, bytes: number): number[] =>
    Array.from({ length: count }, () => ruler.take(bytes));
  return {
    // One byte more, where the scanner of a segment puts its end mark.
    slots: several(slotsPerLane, segmentBytes + 1),
    blocks: several(blocksPerLane, recordRowsBytes(blockRows)),
    states: ruler.take(blocksPerLane * 4),
    orders: ruler.take(ORDERS_BYTES),
    memos: several(memosPerLane, FIELD_MEMO_BYTES),
    leads: ruler.take(256),
    pairs: ruler.take(65_536),
    pages: several(pagesPerLane, PAGE_BYTES_MAX),
  };
}

/** Bytes between two places, so that no two threads write into one line of the processor's cache. */
const apart = 128;

/** The pages of one worker, in the memory that it shares. */
export function pagesOf(memory: WasmMemory, { pages }: LanePlaces): readonly Uint8Array[] {
  return pages.map((at) => new Uint8Array(memory.buffer, at, PAGE_BYTES_MAX));
}

class Ruler {
  /** Address 0 stands for nothing. */
  end = apart;

  take(bytes: number): number {
    const at = this.end;
    this.end = Math.ceil((at + bytes) / apart) * apart;
    return at;
  }
}
