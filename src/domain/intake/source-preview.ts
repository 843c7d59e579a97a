import { TRUNCATED_BYTES, renderTruncated, truncatePacked } from '../cards/truncation.ts';
import type { CardClassifier, CardRouter } from './card-router.ts';
import { CardTable } from './card-table.ts';
import { allocateMemory } from './column-memory.ts';
import type { FindingSink } from './findings.ts';
import { HeadCollector, type DecidedHead } from './head-collector.ts';
import type { SourceLayout } from './layout.ts';
import { ExposureView, type SeenExposure } from './exposure-view.ts';
import { reasons, type Reason } from './reasons.ts';
import { RecordReader } from './record-reader.ts';
import {
  recordRowsBytes,
  RecordRows,
  ROW_LINE,
  ROW_MERCHANT,
  ROW_PACKED,
  ROW_PASSED,
  ROW_VERDICT,
} from './record-rows.ts';
import { ReferenceArena } from './reference-arena.ts';
import { folderOf } from './folder-of.ts';
import type { RowFolder } from './row-folder.ts';
import { RecordScanner } from './scanner.ts';
import type { Scope } from './scope.ts';
import type { SourceJob } from './source-screener.ts';
import { narrowerFor } from './utf16.ts';

/** No place in `reasons`. */
const NO_REASON = -1;

/**
 * One record as it would be taken. Nothing of its text: the number truncated, channel and merchant as the incident
 * calls them.
 */
export interface PreviewRecord extends SeenExposure {
  /** Physical line, from 1. */
  readonly line: number;
  /** Id of the merchant whose record it is, where the incident lists them and has this one. */
  readonly merchant?: string;
  /** Truncated, for a record whose number passed its checks. */
  readonly number?: string;
  readonly verdict: 'card' | 'reference' | Reason;
}

/** How a source would be read, with its first records. */
export interface SourcePreview {
  readonly encoding: string;
  readonly layout: SourceLayout;
  readonly records: readonly PreviewRecord[];
}

/**
 * Shows how one source would be read, by its first `recordsMax` records, judged exactly as a prepare judges them. What
 * comes later is not looked at, nor is anything kept. A card number leaves only truncated (`truncatePacked`).
 *
 * Throws the faults of `readHead`, and those that one of these records brings. `wipe` for a caller that gives up.
 */
export class SourcePreviewer {
  readonly #job: SourceJob;
  readonly #scope: Scope;
  readonly #router: CardClassifier & CardRouter;
  readonly #recordsMax: number;
  readonly #head: HeadCollector;
  #preview: SourcePreview | undefined;

  constructor(
    job: SourceJob,
    scope: Scope,
    router: CardClassifier & CardRouter,
    recordsMax: number,
  ) {
    this.#job = job;
    this.#scope = scope;
    this.#router = router;
    this.#recordsMax = recordsMax;
    this.#head = new HeadCollector(job.spec, scope, job.known);
  }

  /** Takes the next bytes, which may be overwritten afterwards; those behind the head are passed over. */
  feed(chunk: Uint8Array): void {
    if (this.#preview !== undefined) return;
    this.#wipingOnRefusal(() => {
      this.#head.take(chunk);
      if (this.#head.isFull) this.#look(false);
    });
  }

  /** Tells that the source has ended. */
  finish(): SourcePreview {
    if (this.#preview === undefined) {
      this.#wipingOnRefusal(() => {
        this.#look(true);
      });
    }
    return this.#preview!;
  }

  wipe(): void {
    this.#head.wipe();
  }

  #wipingOnRefusal(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.wipe();
      throw error;
    }
  }

  #look(isWhole: boolean): void {
    const head = this.#head.decide(isWhole);
    const narrower = narrowerFor(head.detected);
    const text = narrower === undefined ? head.text : narrower.narrow(head.text);
    try {
      this.#preview = {
        encoding: head.detected.encoding,
        layout: head.layout.shown,
        records: this.#read(head, text, isWhole),
      };
    } finally {
      narrower?.wipe();
      this.wipe();
    }
  }

  #read(head: DecidedHead, text: Uint8Array, isWhole: boolean): PreviewRecord[] {
    const { layout } = head;
    const bench = new Bench(this.#job, this.#scope, this.#router, head, text.length);
    const { scanner } = bench;
    const records: PreviewRecord[] = [];
    let isHeaderAhead = layout.header !== undefined;
    try {
      for (let at = 0; at < text.length && records.length < this.#recordsMax;) {
        at += scanner.push(text.subarray(at));
        if (isWhole && at === text.length) scanner.end();
        while (records.length < this.#recordsMax && scanner.next()) {
          if (!isHeaderAhead) records.push(...bench.judge());
          isHeaderAhead = false;
        }
      }
      return records;
    } finally {
      bench.wipe();
    }
  }
}

/** What a prepare takes to judge records, for one record at a time, with tables that are thrown away. */
class Bench implements FindingSink {
  readonly scanner: RecordScanner;
  readonly #reader: RecordReader;
  readonly #rows = new RecordRows(allocateMemory(recordRowsBytes(1)), 1);
  readonly #folder: RowFolder;
  readonly #exposure: ExposureView;
  readonly #cards = new CardTable();
  readonly #references = new ReferenceArena();
  readonly #truncated = new Uint8Array(TRUNCATED_BYTES);
  readonly #merchants: Scope['merchants'];
  readonly #taken: 'card' | 'reference';
  #reason = NO_REASON;

  constructor(
    { number: source, spec }: SourceJob,
    scope: Scope,
    router: CardClassifier & CardRouter,
    { layout, expiryOrder }: DecidedHead,
    textBytes: number,
  ) {
    const scanner = new RecordScanner({ ...layout.options, offset: 0 }, textBytes);
    this.scanner = scanner;
    this.#merchants = scope.merchants;
    this.#taken = spec.kind === 'references' ? 'reference' : 'card';
    this.#reader = new RecordReader({
      ...{ spec, scope, layout, expiryOrder, scanner },
      classifier: router,
    });
    const tables = { router, cards: this.#cards, references: this.#references };
    this.#folder = folderOf({ source, spec, scope, layout, ...tables, sink: this });
    this.#exposure = new ExposureView(scanner, layout, spec, scope);
  }

  finding(_source: number, _line: number, reason: number): void {
    this.#reason = reason;
  }

  /** The record the scanner stands on; none for a blank row. */
  judge(): PreviewRecord[] {
    const rows = this.#rows;
    rows.clear();
    this.#reader.read(rows);
    if (rows.count === 0) return [];
    this.#reason = NO_REASON;
    this.#folder.fold(rows, 0);
    const number = this.#number();
    const merchant = this.#merchants?.[rows.halves[ROW_MERCHANT]!]?.id;
    return [
      {
        line: rows.words[ROW_LINE]!,
        ...this.#exposure.of(this.scanner),
        ...(merchant === undefined ? {} : { merchant }),
        ...(number === undefined ? {} : { number }),
        verdict: reasons[this.#reason]?.id ?? this.#taken,
      },
    ];
  }

  wipe(): void {
    this.scanner.wipe();
    this.#reader.wipe();
    this.#rows.wipe();
    this.#folder.wipe();
    this.#exposure.wipe();
    this.#cards.wipe();
    this.#references.wipe();
  }

  #number(): string | undefined {
    const { words, bytes } = this.#rows;
    if (this.#taken === 'reference') return undefined;
    if ((words[ROW_VERDICT]! & 0xff) !== ROW_PASSED) return undefined;
    truncatePacked(bytes, ROW_PACKED * 4, this.#truncated, 0);
    return renderTruncated(this.#truncated, 0);
  }
}
