import { Worker } from 'node:worker_threads';

import type { BinLookupColumns } from '../domain/bins/bin-lookup.ts';
import { RecordRows } from '../domain/intake/record-rows.ts';
import type { SealedFile } from '../edge/files/sealed-file.ts';
import type { WasmModule } from '../edge/wasm/web-assembly.ts';
import { LaneLoads } from './lane-loads.ts';
import { LaneMemory, pagesOf, type LanePlaces, type LaneSizes } from './lane-memory.ts';
import {
  type BlockMessage,
  type FromLane,
  laneSizes,
  type LaneStart,
  type SegmentMessage,
  type SourceMessage,
} from './lane-messages.ts';
import { LanedPages } from './laned-pages.ts';
import { LanedSealing } from './laned-sealing.ts';
import type { PageTask } from './make-pages.ts';
import type { RowsSink } from './outbound.ts';
import { compilePlainRecords } from './plain-orders.ts';
import type { SealTask, Sign } from './write-sealed-batch.ts';

/**
 * A segment that is to be filled, in the memory of the worker that will read it. Node's `Buffer` copies into shared memory
 * and searches it as fast as into any other; what all typed arrays have goes byte by byte there.
 */
export interface Slot {
  readonly lane: number;
  readonly slot: number;
  readonly bytes: Buffer;
}

/** One block that came back; `release` gives it to its worker again. */
export interface FilledBlock {
  readonly message: BlockMessage;
  readonly rows: RecordRows;
  readonly release: () => void;
}

interface Lane {
  readonly worker: Worker;
  readonly slots: readonly Buffer[];
  readonly blocks: readonly RecordRows[];
  readonly states: Int32Array;
  readonly freeSlots: number[];
  readonly pages: readonly Uint8Array[];
}

/**
 * The threads that read segments, write sealed files and make pages. Each has memory for some segments
 * and some blocks of rows, 3 MB together, and never runs further ahead of the folding thread. `close` zeroes all of it.
 *
 * A thread that fails for a reason that is no fault of the source fails whoever waits.
 */
export class CardLanes {
  readonly #memory: LaneMemory;
  readonly #lanes: readonly Lane[];
  #receive: (block: FilledBlock) => void = () => undefined;
  #waiting: (() => void) | undefined;
  #failure: Error | undefined;
  readonly #sealing = new LanedSealing();
  readonly #loads: LaneLoads;
  readonly #pages: LanedPages;

  /** Bytes of a segment. */
  readonly segmentBytes: number;

  constructor(lanes: number, bins: BinLookupColumns, sizes = laneSizes) {
    this.segmentBytes = sizes.segmentBytes;
    this.#memory = new LaneMemory(lanes, bins, sizes);
    const plainRecords = compilePlainRecords();
    this.#lanes = this.#memory.lanes.map((places) =>
      this.#start(bins, sizes, places, plainRecords),
    );
    const { worker, pages } = this.#lanes.at(-1)!;
    this.#pages = new LanedPages(worker, pages);
    this.#loads = new LaneLoads(lanes);
  }

  /** Number of threads. */
  get count(): number {
    return this.#lanes.length;
  }

  /** The source that the next segments are of, and who folds their rows. */
  begin(source: Omit<SourceMessage, 'kind'>, receive: (block: FilledBlock) => void): void {
    this.#receive = receive;
    for (const { worker } of this.#lanes) worker.postMessage({ kind: 'source', ...source });
  }

  /** Memory for a segment; waits until a worker has some. */
  async takeSlot(): Promise<Slot> {
    for (;;) {
      this.assertRunning();
      const free = this.#lanes.map(({ freeSlots }) => freeSlots.length);
      const lane = free.indexOf(Math.max(...free));
      const slot = this.#lanes[lane]!.freeSlots.pop();
      if (slot !== undefined) return { lane, slot, bytes: this.#lanes[lane]!.slots[slot]! };
      await this.#change();
    }
  }

  /** Hands a filled slot to its worker. */
  submit({ lane, slot }: Slot, segment: Omit<SegmentMessage, 'kind' | 'slot'>): void {
    this.#lanes[lane]!.worker.postMessage({ kind: 'segment', slot, ...segment });
  }

  /** Waits until `isDone`, which is asked again whenever a block was folded. */
  async until(isDone: () => boolean): Promise<void> {
    while (!isDone()) {
      this.assertRunning();
      await this.#change();
    }
    this.assertRunning();
  }

  /** Writes a batch in the thread that has least to do; otherwise like `writeSealedBatch`. */
  async write(
    task: SealTask,
    sign: Sign,
    onProgress: (cards: number) => void,
  ): Promise<SealedFile> {
    this.assertRunning();
    const { worker } = this.#lanes[this.#loads.seal(task.cards.order.length)]!;
    return this.#sealing.write(worker, task, sign, onProgress);
  }

  /**
   * Makes pages in the last thread, one task after the other, and sends them from here; otherwise like `makePages`. When
   * all sources are read.
   */
  async makePages(task: PageTask, sink: RowsSink): Promise<void> {
    this.assertRunning();
    // References come first, and pages of the same cards follow.
    if (task.kind === 'references') this.#loads.page(task.references.cards.count);
    await this.#pages.make(task, sink);
  }

  /** Throws what made the work fail. */
  assertRunning(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  async close(): Promise<void> {
    await Promise.all(this.#lanes.map(({ worker }) => worker.terminate()));
    this.#memory.wipe();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  #wake(): void {
    this.#waiting?.();
    this.#waiting = undefined;
  }

  #fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error('a thread failed');
    this.#wake();
    this.#sealing.fail(this.#failure);
    this.#pages.fail(this.#failure);
  }

  #start(
    bins: BinLookupColumns,
    sizes: LaneSizes,
    places: LanePlaces,
    plainRecords: WasmModule,
  ): Lane {
    const { memory, tables } = this.#memory;
    const { buffer } = memory;
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const start: LaneStart = { sizes, memory, places, tables, plainRecords, bins };
    const worker = new Worker(new URL(`./lane-worker.${extension}`, import.meta.url), {
      workerData: start,
      // What a thread would print leads nowhere, as with the process.
      ...{ stdout: true, stderr: true, env: {} },
      // It makes no objects per record: a small young generation is enough, and garbage does not gather.
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    const lane: Lane = {
      worker,
      slots: places.slots.map((at) => Buffer.from(buffer, at, sizes.segmentBytes)),
      blocks: places.blocks.map((at) => new RecordRows(buffer, sizes.blockRows, at)),
      states: new Int32Array(buffer, places.states, places.blocks.length),
      freeSlots: places.slots.map((_slot, number) => number),
      pages: pagesOf(memory, places),
    };
    worker.on('message', (message: FromLane) => {
      if (message.kind === 'block') this.#take(lane, message);
      else if (message.kind === 'page' || message.kind === 'pages-made')
        this.#pages.receive(message);
      else this.#sealing.receive(message);
    });
    worker.on('error', (error) => {
      this.#fail(error);
    });
    // Also an end without an error leaves somebody waiting. After `close` nobody is.
    worker.on('exit', () => {
      this.#fail(new Error('a thread ended'));
    });
    return lane;
  }

  #take(lane: Lane, message: BlockMessage): void {
    const rows = lane.blocks[message.block]!;
    if (message.end !== undefined) lane.freeSlots.push(message.end.slot);
    try {
      this.#receive({
        ...{ message, rows },
        release: () => {
          Atomics.store(lane.states, message.block, 0);
          Atomics.notify(lane.states, message.block);
        },
      });
      this.#wake();
    } catch (error) {
      this.#fail(error);
    }
  }
}
