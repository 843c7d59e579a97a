import { BinLookup } from '../domain/bins/bin-lookup.ts';
import { IntakeFault } from '../domain/intake/errors.ts';
import { RecordReader } from '../domain/intake/record-reader.ts';
import { RecordRows } from '../domain/intake/record-rows.ts';
import { RecordScanner } from '../domain/intake/scanner.ts';
import { IssuerClassifier } from './classify-cards.ts';
import type {
  BlockMessage,
  LaneStart,
  SegmentEnd,
  SegmentMessage,
  SourceMessage,
} from './lane-messages.ts';

/** Reads segments of a source into blocks of rows, in a thread that has memory for them. */
export class SegmentReader {
  readonly #slots: readonly Uint8Array[];
  readonly #blocks: readonly RecordRows[];
  readonly #states: Int32Array;
  readonly #classifier: IssuerClassifier;
  #scanner: RecordScanner | undefined;
  #reader: RecordReader | undefined;
  readonly #post: (message: BlockMessage) => void;
  #block = 0;

  constructor({ memory, bins, sizes }: LaneStart, post: (message: BlockMessage) => void) {
    this.#post = post;
    this.#slots = memory.slots.map((slot) => new Uint8Array(slot));
    this.#blocks = memory.blocks.map((block) => new RecordRows(block, sizes.blockRows));
    this.#states = new Int32Array(memory.states);
    this.#classifier = new IssuerClassifier(new BinLookup(bins));
  }

  begin({ spec, scope, layout, expiryOrder }: SourceMessage): void {
    this.#reader?.wipe();
    const scanner = new RecordScanner(layout.options, 0);
    const classifier = this.#classifier;
    this.#scanner = scanner;
    this.#reader = new RecordReader({ spec, scope, layout, expiryOrder, scanner, classifier });
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
    scanner.readWhole(this.#slots[message.slot]!, message.length, message.offset);
    if (message.hasHeader) scanner.next();
    while (scanner.next()) {
      const rows = this.#free();
      reader.read(rows);
      if (!rows.hasRoom()) this.#send(message.segment);
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
