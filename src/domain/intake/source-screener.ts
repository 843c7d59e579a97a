import type { CardRouter } from './card-router.ts';
import type { CardTable } from './card-table.ts';
import type { DetectedEncoding } from './encodings.ts';
import { IntakeFault } from './errors.ts';
import type { FindingSink } from './findings.ts';
import type { Layout } from './layout.ts';
import { HEAD_BYTES, RECORD_BYTES_MAX, REFUSAL_RECORDS_MIN } from './limits.ts';
import { RecordScreen } from './record-screen.ts';
import type { ReferenceArena } from './reference-arena.ts';
import { reasonIndex } from './reasons.ts';
import { RecordScanner } from './scanner.ts';
import type { Scope } from './scope.ts';
import { assertText, readHead } from './source-head.ts';
import type { SourceSpec } from './source-spec.ts';
import type { SourceTally } from './tally.ts';
import { Utf16Narrower } from './utf16.ts';

const MASKED = reasonIndex('masked-number');
const DAMAGED = reasonIndex('spreadsheet-damage');
const damagedShareMin = 0.01;
const maskedShareMin = 0.5;

/** One source to be read. */
export interface SourceJob {
  /** Its number among the sources of the prepare, from 0. */
  readonly number: number;
  readonly spec: SourceSpec;
}

/** What stands once the head was looked at. */
interface Reading {
  readonly detected: DetectedEncoding;
  readonly narrower: Utf16Narrower | undefined;
  readonly layout: Layout;
  readonly scanner: RecordScanner;
  readonly screen: RecordScreen;
  isHeaderAhead: boolean;
}

/**
 * Reads one source, fed in chunks of any size: the result is the same however it is cut.
 *
 * The first mebibyte is held back until encoding, delimiter, header, columns and the order of expiry dates are decided
 * and nothing sensitive was found; then records are screened as they come. Cards, references and findings of a source
 * that is refused, at whatever byte, must be discarded by the caller.
 *
 * Throws `IntakeFault` from `feed` and `finish`. Memory: 1 MiB of head, 128 KiB of scanner, the caller's tables.
 */
export class SourceScreener {
  readonly #job: SourceJob;
  readonly #scope: Scope;
  readonly #router: CardRouter;
  readonly #cards: CardTable;
  readonly #references: ReferenceArena;
  readonly #sink: FindingSink;
  readonly #referencesBefore: number;
  #head = new Uint8Array(4_096);
  #headLength = 0;
  #reading: Reading | undefined;

  constructor(
    job: SourceJob,
    scope: Scope,
    router: CardRouter,
    cards: CardTable,
    references: ReferenceArena,
    sink: FindingSink,
  ) {
    this.#job = job;
    this.#scope = scope;
    this.#router = router;
    this.#cards = cards;
    this.#references = references;
    this.#sink = sink;
    this.#referencesBefore = references.count;
  }

  /** Records read so far. */
  get records(): number {
    return this.#reading?.screen.counts.read ?? 0;
  }

  /** Takes the next bytes; they are copied, and may be overwritten afterwards. */
  feed(chunk: Uint8Array): void {
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
    this.#head.fill(0);
    this.#reading?.narrower?.wipe();
    this.#reading?.scanner.wipe();
    this.#reading?.screen.wipe();
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
      const taken = Math.min(rest.length, HEAD_BYTES - this.#headLength);
      this.#makeRoom(taken);
      this.#head.set(rest.subarray(0, taken), this.#headLength);
      this.#noticeEarly(this.#headLength, (this.#headLength += taken));
      if (this.#headLength < HEAD_BYTES) return;
      this.#begin(false);
      rest = rest.subarray(taken);
    }
    this.#consume(rest);
  }

  #close(): SourceTally {
    if (this.#reading === undefined) this.#begin(true);
    const reading = this.#reading!;
    reading.narrower?.finish();
    reading.scanner.end();
    this.#drain(reading);
    this.#assertUsable(reading);
    return this.#tally(reading);
  }

  /** What is no list should not have to be read for a mebibyte to be refused. */
  #noticeEarly(before: number, now: number): void {
    const enough = RECORD_BYTES_MAX + 16;
    if (before >= enough || now < enough) return;
    const head = this.#head.subarray(0, now);
    assertText(head);
    if (head.subarray(0, enough).some((byte) => byte === 0x0a || byte === 0x0d)) return;
    throw new IntakeFault('line-too-long', { line: 1, max: RECORD_BYTES_MAX });
  }

  #begin(isWhole: boolean): void {
    const bytes = this.#head.subarray(0, this.#headLength);
    const { spec, number: source } = this.#job;
    const scope = this.#scope;
    const { detected, layout, expiryOrder } = readHead(bytes, isWhole, spec, scope);
    const { encoding, markBytes } = detected;
    const isNarrowed = encoding === 'utf-16le' || encoding === 'utf-16be';
    const options = { ...layout.options, offset: isNarrowed ? 0 : markBytes };
    // Narrowing makes at most three bytes of two.
    const scanner = new RecordScanner(options, isWhole ? bytes.length * 2 : undefined);
    const tables = { router: this.#router, cards: this.#cards, references: this.#references };
    const room = { source, spec, scope, layout, expiryOrder, scanner, ...tables, sink: this.#sink };
    this.#reading = {
      ...{ detected, layout, scanner, isHeaderAhead: layout.header !== undefined },
      narrower: isNarrowed ? new Utf16Narrower(encoding, markBytes) : undefined,
      screen: new RecordScreen(room),
    };
    this.#consume(bytes.subarray(markBytes));
    this.#head.fill(0);
    this.#head = new Uint8Array(0);
  }

  /** Room for `more` bytes behind the head; what is outgrown is zeroed. */
  #makeRoom(more: number): void {
    const needed = this.#headLength + more;
    if (needed <= this.#head.length) return;
    const larger = new Uint8Array(Math.min(HEAD_BYTES, Math.max(needed, 2 * this.#head.length)));
    larger.set(this.#head.subarray(0, this.#headLength));
    this.#head.fill(0);
    this.#head = larger;
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

  #drain(reading: Reading): void {
    const { scanner, screen } = reading;
    if (reading.isHeaderAhead && scanner.next()) reading.isHeaderAhead = false;
    while (scanner.next()) screen.screen();
  }

  #assertUsable({ screen, layout }: Reading): void {
    const { counts, inspected } = screen;
    if (counts.read === 0) {
      const found = layout.header === undefined ? 'only-blank-lines' : 'only-header';
      throw new IntakeFault('source-empty', { found });
    }
    const damaged = counts.byReason[DAMAGED]!;
    if (damaged >= REFUSAL_RECORDS_MIN && damaged >= inspected * damagedShareMin) {
      throw new IntakeFault('spreadsheet-damaged-source', { damaged, of: inspected });
    }
    const masked = counts.byReason[MASKED]!;
    if (masked >= REFUSAL_RECORDS_MIN && masked > inspected * maskedShareMin) {
      throw new IntakeFault('masked-source', { masked, of: inspected });
    }
  }

  #tally({ screen, layout, detected }: Reading): SourceTally {
    const { counts } = screen;
    counts.assertAddsUp();
    const references = this.#references.count - this.#referencesBefore;
    return {
      source: this.#job.number,
      kind: this.#job.spec.kind,
      read: counts.read,
      cards: counts.cards,
      excluded: counts.reasonCounts('excluded'),
      held: counts.reasonCounts('held'),
      accepted: counts.acceptedCounts(),
      warnings: counts.warningCounts(),
      blankRows: counts.blankRows,
      orders: layout.columns.order_key.length > 0 || screen.orders > 0 ? screen.orders : references,
      references,
      encoding: detected.encoding,
      layout: layout.shown,
    };
  }
}
