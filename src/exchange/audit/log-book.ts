import type { StoredCheckpoint } from '../../domain/audit/signed-roots.ts';
import type { StoredLeaf, TextRecord } from '../../domain/audit/verify-log.ts';
import type { NodePlace, ReadNode } from '../../domain/tlog/tree.ts';
import type { ActRecord } from '../acts/act-record.ts';

/** Nodes of one tree level that follow one another. */
export interface NodeRun {
  /** Of the first of them. */
  readonly index: number;
  /** 32 bytes each. */
  readonly hashes: Uint8Array;
}

/** The log as rows. Acts that change other rows enter it through their own register, in the same transaction. */
export interface LogBook {
  /**
   * Records an act that changes nothing else in the database. Returns the number of its leaf; of refused attempts beyond
   * what `isRefusalTold` tells only the count is kept.
   *
   * `change` is what the act does outside the database (a file replaced whole): it runs once the leaf is written and
   * before it commits, so that neither stays without the other. It must not use the database.
   */
  append(act: ActRecord, change?: () => Promise<unknown>): Promise<number>;
  size(): Promise<number>;
  /** Of these nodes the ones that are there, as a reader. */
  nodes(places: readonly NodePlace[]): Promise<ReadNode>;
  /** How many hashes of leaves stand in the tree: as many as there are leaves, if nobody took some away. */
  counted(): Promise<number>;
  /** The first `count` nodes of one tree level, in order, some at a time; a new run where one is missing. */
  nodesAt(level: number, count: number): AsyncIterable<NodeRun>;
  /** The first hash that stands outside the tree of the leaves that there are; undefined without one. */
  strayNode(): Promise<NodePlace | undefined>;
  addCheckpoint(size: number, root: Uint8Array, note: Uint8Array, at: Date): Promise<void>;
  /** The signed checkpoints of sizes from `from` on that there are at this moment, by size, read some at a time. */
  checkpoints(from?: number): Promise<AsyncIterable<StoredCheckpoint>>;
  /** The newest first, from that of `upTo` entries on down; read some at a time. */
  newestCheckpoints(upTo?: number): AsyncIterable<StoredCheckpoint>;
  /** In order of their numbers, which are whatever is stored. An entry that is longer than any may be comes without its bytes. */
  leaves(from: number, to: number): AsyncIterable<StoredLeaf>;
  /** The same for whoever keeps none of them: their bytes are parts of a page, which any of them would keep whole. */
  passingLeaves(from: number, to: number): AsyncIterable<StoredLeaf>;
  /** The texts beside leaves from `from` on that there are at this moment, by leaf, read some at a time. */
  textsFrom(from: number): Promise<AsyncIterable<TextRecord>>;
  texts(): Promise<readonly TextRecord[]>;
}
