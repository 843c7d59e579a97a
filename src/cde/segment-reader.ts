import { BinLookup } from '../domain/bins/bin-lookup.ts';
import { IntakeFault } from '../domain/intake/errors.ts';
import { RecordReader } from '../domain/intake/record-reader.ts';
import { RecordRows } from '../domain/intake/record-rows.ts';
import { RecordScanner } from '../domain/intake/scanner.ts';
import { IssuerClassifier } from './classify-cards.ts';
import type { LanePlaces } from './lane-memory.ts';
import type {
  BlockMessage,
  LaneStart,
  SegmentEnd,
  SegmentMessage,
  SourceMessage,
} from './lane-messages.ts';
import { PlainRecords } from './plain-records.ts';

/** Reads segments of a source into blocks of rows, in a thread that has memory for them. */
export class SegmentReader {
  readonly #slots: readonly Uint8Array[];
  readonly #blocks: readonly RecordRows[];
  readonly #states: Int32Array;
  readonly #classifier: IssuerClassifier;
  readonly #places: LanePlaces;
  readonly #plain: PlainRecords;
  #scanner: RecordScanner | undefined;
  #reader: RecordReader | undefined;
  readonly #post: (message: BlockMessage) => void;
  #block = 0;

  constructor(start: LaneStart, post: (message: BlockMessage) => void) {
    const { memory, places, bins, sizes, plainRecords, tables } = start;
    const { buffer } = memory;
    this.#post = post;
    this.#places = places;
    this.#slots = places.slots.map((at) => new Uint8Array(buffer, at, sizes.segmentBytes + 1));
    this.#blocks = places.blocks.map((at) => new RecordRows(buffer, sizes.blockRows, at));
    this.#states = new Int32Array(buffer, places.states, places.blocks.length);
    this.#classifier = new IssuerClassifier(new BinLookup(bins));
    this.#plain = new PlainRecords(plainRecords, memory, places, tables);
  }

  begin({ spec, scope, layout, expiryOrder }: SourceMessage): void {
    this.#reader?.wipe();
    const scanner = new RecordScanner(layout.options, 0);
    const classifier = this.#classifier;
    this.#scanner = scanner;
    const room = { spec, scope, layout, expiryOrder, scanner, classifier };
    this.#reader = new RecordReader(room);
    this.#plain.begin(room);
  }

  read(message: SegmentMessage): void {
    const scanner = this.#scanner!;
    const reader = this.#reader!;
    reader.blankRows = 0;
    reader.records = 0;
    let fault: SegmentEnd['fault'];
    try {
      this.#scan(scanner, reader, message);
    } catch (error) {
      if (!(error instanceof IntakeFault)) throw error;
      fault = { code: error.code, facts: error.facts };
    }
    const { slot, length: bytes } = message;
    const end = {
      slot,
      bytes,
      lines: scanner.lines,
      blankRows: reader.blankRows,
      ...(fault && { fault }),
    };
    this.#send(message.segment, end);
  }

  #scan(scanner: RecordScanner, reader: RecordReader, message: SegmentMessage): void {
    const { slot, length, segment } = message;
    const plain = this.#plain;
    const at = this.#places.slots[slot]!;
    scanner.readWhole(this.#slots[slot]!, length, message.offset);
    if (message.hasHeader) scanner.next();
    for (;;) {
      const rows = this.#free();
      reader.records += plain.read(scanner, at, length, rows);
      if (rows.hasRoom()) {
        if (!scanner.next()) return;
        reader.read(rows);
        plain.learn(scanner);
      }
      if (!rows.hasRoom()) this.#send(segment);
    }
  }

  /** The block that is being filled; waits until the folding thread has given it back. */
  #free(): RecordRows {
    const block = this.#blocks[this.#block]!;
    if (block.count === 0) Atomics.wait(this.#states, this.#block, 1);
    return block;
  }

  #send(segment: number, end?: SegmentEnd): void {
    const block = this.#block;
    const rows = this.#free();
    const message: BlockMessage = {
      kind: 'block',
      segment,
      block,
      rows: rows.count,
      ...(end && { end }),
    };
    Atomics.store(this.#states, block, 1);
    rows.clear();
    this.#block = (block + 1) % this.#blocks.length;
    this.#post(message);
  }
}
