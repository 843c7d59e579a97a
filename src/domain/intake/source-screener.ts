import type { CardClassifier, CardRouter } from './card-router.ts';
import type { CardTable } from './card-table.ts';
import { allocateMemory } from './column-memory.ts';
import type { FindingSink } from './findings.ts';
import { HeadCollector, type DecidedHead } from './head-collector.ts';
import type { KnownSpec } from './known-specs.ts';
import type { MerchantBook } from './merchant-book.ts';
import type { PersonBook } from './person-book.ts';
import { personReaderFor, type PersonReader } from './person-reader.ts';
import { RecordReader } from './record-reader.ts';
import { RecordRows, recordRowsBytes } from './record-rows.ts';
import type { ReferenceArena } from './reference-arena.ts';
import { folderOf } from './folder-of.ts';
import type { RowFolder } from './row-folder.ts';
import { RecordScanner } from './scanner.ts';
import type { Scope } from './scope.ts';
import { settleSource } from './settle-source.ts';
import type { SourceSpec } from './source-spec.ts';
import type { SourceTally } from './tally.ts';
import { narrowerFor, type Utf16Narrower } from './utf16.ts';

/** Rows between two foldings: few enough to stay in the processor's cache. */
const blockRows = 512;

/** One source to be read. */
export interface SourceJob {
  /** Its number among the sources of the prepare, from 0. */
  readonly number: number;
  readonly spec: SourceSpec;
  /** Specs that its header may fit; none where nobody asks. */
  readonly known?: readonly KnownSpec[];
}

/** What stands once the head was looked at. */
interface Reading {
  readonly head: DecidedHead;
  readonly narrower: Utf16Narrower | undefined;
  readonly scanner: RecordScanner;
  readonly reader: RecordReader;
  readonly rows: RecordRows;
  readonly folder: RowFolder;
  /** Of a source whose spec maps columns of persons. */
  readonly persons: PersonReader | undefined;
  isHeaderAhead: boolean;
}

/**
 * Reads one source in the calling thread, fed in chunks of any size: the result is the same however it is cut.
 *
 * The first mebibyte is held back until the head has decided; then records are read and folded as they come. Cards,
 * references and findings of a source that is refused, at whatever byte, must be discarded by the caller.
 *
 * Throws `IntakeFault` from `feed` and `finish`. Memory: 1 MiB of head, 256 KiB of scanner and rows, the caller's tables.
 */
export class SourceScreener {
  readonly #job: SourceJob;
  readonly #scope: Scope;
  readonly #router: CardClassifier & CardRouter;
  readonly #cards: CardTable;
  readonly #references: ReferenceArena;
  readonly #sink: FindingSink;
  readonly #merchants: MerchantBook | undefined;
  readonly #persons: PersonBook | undefined;
  readonly #referencesBefore: number;
  readonly #head: HeadCollector;
  #reading: Reading | undefined;

  constructor(
    job: SourceJob,
    scope: Scope,
    router: CardClassifier & CardRouter,
    cards: CardTable,
    references: ReferenceArena,
    sink: FindingSink,
    merchants?: MerchantBook,
    persons?: PersonBook,
  ) {
    this.#merchants = merchants;
    this.#persons = persons;
    this.#job = job;
    this.#scope = scope;
    this.#router = router;
    this.#cards = cards;
    this.#references = references;
    this.#sink = sink;
    this.#referencesBefore = references.count;
    this.#head = new HeadCollector(job.spec, scope, job.known);
  }

  /** Bytes fed so far. */
  readBytes = 0;

  /** Records that `readBytes` stand for, but for some that wait for their end. */
  get readRecords(): number {
    return this.records;
  }

  /** Records read so far. */
  get records(): number {
    return this.#reading?.reader.records ?? 0;
  }

  /** Makes room for what only this source needs; `records`: how many it will have, about. */
  foresee(records: number): void {
    this.#reading?.folder.foresee(records);
  }

  /** Takes the next bytes; they are copied, and may be overwritten afterwards. */
  feed(chunk: Uint8Array): void {
    this.readBytes += chunk.length;
    this.#wipingOnRefusal(() => {
      this.#take(chunk);
    });
  }

  /** Tells that the source is complete, and returns what it came to. */
  finish(): SourceTally {
    const tally = this.#wipingOnRefusal(() => this.#close());
    this.wipe();
    return tally;
  }

  /** Zeroes what the screener holds of the source. `finish` and every refusal do it; for a caller that gives up. */
  wipe(): void {
    this.#head.wipe();
    this.#reading?.narrower?.wipe();
    this.#reading?.scanner.wipe();
    this.#reading?.reader.wipe();
    this.#reading?.persons?.wipe();
    this.#reading?.rows.wipe();
    this.#reading?.folder.wipe();
  }

  #wipingOnRefusal<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      this.wipe();
      throw error;
    }
  }

  #take(chunk: Uint8Array): void {
    let rest = chunk;
    if (this.#reading === undefined) {
      rest = rest.subarray(this.#head.take(rest));
      if (!this.#head.isFull) return;
      this.#begin(false);
    }
    this.#consume(rest);
  }

  #close(): SourceTally {
    if (this.#reading === undefined) this.#begin(true);
    const reading = this.#reading!;
    reading.narrower?.finish();
    reading.scanner.end();
    this.#drain(reading);
    return settleSource({
      number: this.#job.number,
      kind: this.#job.spec.kind,
      ...{ head: reading.head, folder: reading.folder, blankRows: reading.reader.blankRows },
      references: this.#references.count - this.#referencesBefore,
    });
  }

  #begin(isWhole: boolean): void {
    const { spec, number: source } = this.#job;
    const scope = this.#scope;
    const head = this.#head.decide(isWhole);
    const { layout, expiryOrder, detected } = head;
    const narrower = narrowerFor(detected);
    const options = { ...layout.options, offset: narrower ? 0 : detected.markBytes };
    // Narrowing makes at most three bytes of two.
    const scanner = new RecordScanner(options, isWhole ? head.text.length * 2 : undefined);
    const classifier = this.#router;
    const tables = {
      ...{ router: this.#router, cards: this.#cards, references: this.#references },
      merchants: this.#merchants,
      persons: this.#persons,
    };
    this.#reading = {
      ...{ head, narrower, scanner, isHeaderAhead: layout.header !== undefined },
      persons: personReaderFor(scanner, layout, this.#persons),
      reader: new RecordReader({ spec, scope, layout, expiryOrder, scanner, classifier }),
      rows: new RecordRows(allocateMemory(recordRowsBytes(blockRows)), blockRows),
      folder: folderOf({ source, spec, scope, layout, ...tables, sink: this.#sink }),
    };
    this.#consume(head.text);
    this.#head.wipe();
  }

  #consume(chunk: Uint8Array): void {
    const reading = this.#reading!;
    const bytes = reading.narrower === undefined ? chunk : reading.narrower.narrow(chunk);
    for (let at = 0; at < bytes.length;) {
      at += reading.scanner.push(at === 0 ? bytes : bytes.subarray(at));
      // Scanned by full buffers only: what is found must not depend on how the source was cut.
      if (at < bytes.length) this.#drain(reading);
    }
  }

  /** Rows before a record that refuses the source are folded first: an earlier one may refuse it for another reason. */
  #drain(reading: Reading): void {
    const { scanner, reader, rows, persons } = reading;
    try {
      if (reading.isHeaderAhead && scanner.next()) reading.isHeaderAhead = false;
      while (scanner.next()) {
        reader.read(rows);
        persons?.follow(rows);
        if (!rows.hasRoom()) foldBlock(reading);
      }
    } finally {
      foldBlock(reading);
    }
  }
}

/** Folds the rows read so far, once: also rows that refuse the source are not folded again. */
function foldBlock({ rows, folder, persons }: Reading): void {
  try {
    folder.fold(rows, 0);
  } finally {
    rows.clear();
    persons?.endBlock();
  }
}
