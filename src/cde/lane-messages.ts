import type { BinLookupColumns } from '../domain/bins/bin-lookup.ts';
import type { ExpiryOrder } from '../domain/intake/expiry.ts';
import type { Layout } from '../domain/intake/layout.ts';
import type { Scope } from '../domain/intake/scope.ts';
import type { SourceSpec } from '../domain/intake/source-spec.ts';
import type { Facts } from '../domain/fault.ts';
import type { SealedFile } from '../edge/files/sealed-file.ts';
import type { WasmMemory, WasmModule } from '../edge/wasm/web-assembly.ts';
import type { FaultDocument } from './errors.ts';
import type { FrameKind } from './frames.ts';
import type { LanePlaces, LaneSizes } from './lane-memory.ts';
import type { PageTask } from './make-pages.ts';
import type { ScreeningTables } from './screening-tables.ts';
import type { SealTask } from './write-sealed-batch.ts';

export const laneSizes: LaneSizes = { segmentBytes: 512 * 1024, blockRows: 4_096 };

/** What a worker starts with. */
export interface LaneStart {
  readonly sizes: LaneSizes;
  readonly memory: WasmMemory;
  readonly places: LanePlaces;
  readonly tables: ScreeningTables;
  /** Compiled once: threads share its code. */
  readonly plainRecords: WasmModule;
  readonly bins: BinLookupColumns;
}

/** The source that following segments are of. */
export interface SourceMessage {
  readonly kind: 'source';
  readonly spec: SourceSpec;
  readonly scope: Scope;
  readonly layout: Layout;
  readonly expiryOrder: ExpiryOrder;
}

/** Whole records in `slot`, to be read into blocks. */
export interface SegmentMessage {
  readonly kind: 'segment';
  readonly segment: number;
  readonly slot: number;
  readonly length: number;
  /** Place in the source of its first byte, for faults. */
  readonly offset: number;
  /** Its first record is the header. */
  readonly hasHeader: boolean;
}

/** A batch to be written, known by its file. */
export interface SealMessage {
  readonly kind: 'seal';
  readonly task: SealTask;
}

/** The signature packet a batch waits for; undefined when there is none: the file is given up. */
export interface SignatureMessage {
  readonly kind: 'signature';
  readonly file: string;
  readonly packet: Uint8Array | undefined;
}

/** Pages to be made, behind those that were asked for before. */
export interface PagesMessage {
  readonly kind: 'pages';
  readonly task: PageTask;
}

/** A page is on its way to the main process: its memory is free again. */
export interface PageSentMessage {
  readonly kind: 'page-sent';
  readonly page: number;
}

export type ToLane =
  SourceMessage | SegmentMessage | SealMessage | SignatureMessage | PagesMessage | PageSentMessage;

/** A block that the worker filled. `end` stands in the last message of a segment. */
export interface BlockMessage {
  readonly kind: 'block';
  readonly segment: number;
  readonly block: number;
  readonly rows: number;
  readonly end?: SegmentEnd;
}

/** How a segment ended. Lines in the facts of a fault count from the segment's first, and records likewise. */
export interface SegmentEnd {
  /** The slot, which is free again. */
  readonly slot: number;
  readonly bytes: number;
  readonly lines: number;
  readonly blankRows: number;
  readonly fault?: { readonly code: string; readonly facts: Facts };
}

/** A batch came so far, needs its signature, is on the disk, or failed. */
export type BatchMessage =
  | { readonly kind: 'progress'; readonly file: string; readonly cards: number }
  | { readonly kind: 'digest'; readonly file: string; readonly digest: Uint8Array }
  | { readonly kind: 'sealed'; readonly file: string; readonly sealed: SealedFile }
  | { readonly kind: 'seal-fault'; readonly file: string; readonly fault: FaultDocument };

/** A page to be sent, whose rows stand in memory that both threads have; or that all of a task are made, or why not. */
export type PageMessage =
  | {
      readonly kind: 'page';
      readonly page: number;
      readonly frame: FrameKind;
      readonly head: unknown;
      readonly length: number;
    }
  | { readonly kind: 'pages-made'; readonly fault?: FaultDocument };

export type FromLane = BlockMessage | BatchMessage | PageMessage;
