import type { CardRouter } from '../domain/intake/card-router.ts';
import type { CardTable } from '../domain/intake/card-table.ts';
import { IntakeFault, type IntakeCode } from '../domain/intake/errors.ts';
import type { FindingSink } from '../domain/intake/findings.ts';
import { HeadCollector, type DecidedHead } from '../domain/intake/head-collector.ts';
import type { MerchantBook } from '../domain/intake/merchant-book.ts';
import type { ReferenceArena } from '../domain/intake/reference-arena.ts';
import { folderOf } from '../domain/intake/folder-of.ts';
import type { RowFolder } from '../domain/intake/row-folder.ts';
import { lastRecordEnd } from '../domain/intake/segment-cut.ts';
import { settleSource } from '../domain/intake/settle-source.ts';
import type { Scope } from '../domain/intake/scope.ts';
import type { SourceJob } from '../domain/intake/source-screener.ts';
import type { SourceTally } from '../domain/intake/tally.ts';
import { narrowerFor, type Utf16Narrower } from '../domain/intake/utf16.ts';
import type { FilledBlock, CardLanes, Slot } from './card-lanes.ts';
import type { SegmentEnd } from './lane-messages.ts';

const LF = 0x0a;
const CR = 0x0d;

/** Where the cards of all sources of a prepare go. */
interface FoldingTables {
  readonly router: CardRouter;
  readonly cards: CardTable;
  readonly references: ReferenceArena;
  readonly findings: FindingSink;
  readonly merchants?: MerchantBook | undefined;
}

/** What stands once the head was looked at. */
interface Reading {
  readonly head: DecidedHead;
  readonly narrower: Utf16Narrower | undefined;
  readonly folder: RowFolder;
}

/**
 * Reads one source in several threads: cut into segments at record ends, read by the lanes, folded here in input order.
 * Comes to exactly what `SourceScreener` comes to, faults included.
 *
 * Throws `IntakeFault` from `feed` and `finish`.
 */
export class LanedScreener {
  readonly #job: SourceJob;
  readonly #scope: Scope;
  readonly #room: FoldingTables;
  readonly #lanes: CardLanes;
  readonly #referencesBefore: number;
  readonly #collector: HeadCollector;
  #reading: Reading | undefined;
  #slot: Slot | undefined;
  #filled = 0;
  #isHeaderAhead = false;
  /** Place in the (narrowed) source of the current slot's first byte. */
  #offset = 0;
  #segments = 0;
  /** The segment whose blocks are folded next, and blocks of later ones that came already. */
  #folding = 0;
  readonly #early = new Map<number, FilledBlock[]>();
  #linesBefore = 0;
  #recordsBefore = 0;
  #foldedBytes = 0;
  #blankRows = 0;

  constructor(job: SourceJob, scope: Scope, room: FoldingTables, lanes: CardLanes) {
    this.#job = job;
    this.#scope = scope;
    this.#room = room;
    this.#lanes = lanes;
    this.#referencesBefore = room.references.count;
    this.#collector = new HeadCollector(job.spec, scope, job.known);
  }

  /** Bytes of the source whose records are folded, about: what a narrower makes longer is not taken off. */
  get readBytes(): number {
    return this.#foldedBytes;
  }

  /** Records of those bytes; later ones of a segment that is not at its end may be folded as well. */
  get readRecords(): number {
    return this.#recordsBefore;
  }

  /** Records folded so far. */
  get records(): number {
    return this.#reading?.folder.counts.read ?? 0;
  }

  /** Makes room for what only this source needs; `records`: how many it will have, about. */
  foresee(records: number): void {
    this.#reading?.folder.foresee(records);
  }

  /** Takes the next bytes, which may be overwritten afterwards. */
  async feed(chunk: Uint8Array): Promise<void> {
    await this.#wipingOnRefusal(() => this.#take(chunk));
  }

  /** Tells that the source is complete, and returns what it came to. */
  async finish(): Promise<SourceTally> {
    const tally = await this.#wipingOnRefusal(() => this.#close());
    this.wipe();
    return tally;
  }

  /** Zeroes what is held of the source here; the lanes zero theirs when they are closed. */
  wipe(): void {
    this.#collector.wipe();
    this.#reading?.narrower?.wipe();
    this.#reading?.folder.wipe();
  }

  async #wipingOnRefusal<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      this.wipe();
      throw error;
    }
  }

  async #take(chunk: Uint8Array): Promise<void> {
    let rest = chunk;
    if (this.#reading === undefined) {
      rest = rest.subarray(this.#collector.take(rest));
      if (!this.#collector.isFull) return;
      await this.#begin(false);
    }
    await this.#consume(rest);
  }

  async #close(): Promise<SourceTally> {
    if (this.#reading === undefined) await this.#begin(true);
    const { narrower, head, folder } = this.#reading!;
    narrower?.finish();
    if (this.#slot !== undefined) this.#submit(this.#slot, this.#filled);
    await this.#lanes.until(() => this.#folding === this.#segments);
    const { number, spec } = this.#job;
    const references = this.#room.references.count - this.#referencesBefore;
    const blankRows = this.#blankRows;
    return settleSource({ number, kind: spec.kind, head, folder, blankRows, references });
  }

  async #begin(isWhole: boolean): Promise<void> {
    const { spec, number: source } = this.#job;
    const scope = this.#scope;
    const head = this.#collector.decide(isWhole);
    const { layout, expiryOrder, detected } = head;
    const { router, cards, references, findings: sink, merchants } = this.#room;
    const narrower = narrowerFor(detected);
    const tables = { router, cards, references, sink, merchants };
    this.#reading = {
      head,
      narrower,
      folder: folderOf({ source, spec, scope, layout, ...tables }),
    };
    this.#offset = narrower ? 0 : detected.markBytes;
    this.#isHeaderAhead = layout.header !== undefined;
    this.#lanes.begin({ spec, scope, layout, expiryOrder }, (block) => {
      this.#receive(block);
    });
    await this.#consume(head.text);
    this.#collector.wipe();
  }

  async #consume(chunk: Uint8Array): Promise<void> {
    const { narrower } = this.#reading!;
    const { buffer, byteOffset, length } = narrower === undefined ? chunk : narrower.narrow(chunk);
    const bytes = Buffer.from(buffer, byteOffset, length);
    for (let at = 0; at < bytes.length;) {
      this.#slot ??= await this.#lanes.takeSlot();
      const { segmentBytes } = this.#lanes;
      const taken = Math.min(bytes.length - at, segmentBytes - this.#filled);
      bytes.copy(this.#slot.bytes, this.#filled, at, at + taken);
      this.#filled += taken;
      at += taken;
      if (this.#filled === segmentBytes) await this.#cut(this.#slot);
    }
  }

  /** Sends off the whole records of a full slot; what is left begins the next. */
  async #cut(slot: Slot): Promise<void> {
    const { options } = this.#reading!.head.layout;
    const { segmentBytes } = this.#lanes;
    // Without any line end the slot is sent as it is: its reader refuses a record of that length.
    const end = lastRecordEnd(slot.bytes, segmentBytes, options.quoting) || segmentBytes;
    const rest = segmentBytes - end;
    const next = rest > 0 ? await this.#lanes.takeSlot() : undefined;
    next?.bytes.set(slot.bytes.subarray(end));
    this.#submit(slot, end);
    this.#slot = next;
    this.#filled = rest;
  }

  #submit(slot: Slot, length: number): void {
    const segment = this.#segments++;
    // Lines without a byte may stand before the header, more of them than one segment holds.
    const hasHeader = this.#isHeaderAhead;
    if (slot.bytes.subarray(0, length).some((byte) => byte !== LF && byte !== CR)) {
      this.#isHeaderAhead = false;
    }
    this.#lanes.submit(slot, { segment, length, offset: this.#offset, hasHeader });
    this.#offset += length;
    this.#slot = undefined;
    this.#filled = 0;
  }

  #receive(block: FilledBlock): void {
    const { segment } = block.message;
    if (segment !== this.#folding) {
      const early = this.#early.get(segment);
      if (early === undefined) this.#early.set(segment, [block]);
      else early.push(block);
      return;
    }
    this.#fold(block);
    for (;;) {
      const early = this.#early.get(this.#folding);
      if (early === undefined) return;
      this.#early.delete(this.#folding);
      for (const waiting of early) this.#fold(waiting);
    }
  }

  #fold({ message, rows, release }: FilledBlock): void {
    const { folder } = this.#reading!;
    rows.count = message.rows;
    folder.fold(rows, this.#linesBefore);
    rows.clear();
    release();
    const { end } = message;
    if (end === undefined) return;
    if (end.fault !== undefined) throw this.#faultOf(end.fault);
    this.#linesBefore += end.lines;
    this.#blankRows += end.blankRows;
    this.#foldedBytes += end.bytes;
    this.#recordsBefore = folder.counts.read;
    this.#folding++;
  }

  /** The fault as it would read had the source been read from its beginning. */
  #faultOf({ code, facts }: NonNullable<SegmentEnd['fault']>): IntakeFault {
    const { line, of } = facts;
    return new IntakeFault(code as IntakeCode, {
      ...facts,
      ...(typeof line === 'number' ? { line: this.#linesBefore + line } : {}),
      ...(typeof of === 'number' ? { of: this.#recordsBefore + of } : {}),
    });
  }
}
