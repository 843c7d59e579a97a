import type { StoredCheckpoint, StoredLeaf, TextRecord } from '../../domain/audit/verify-log.ts';
import type { NodePlace, ReadNode } from '../../domain/tlog/tree.ts';
import type { ActRecord } from '../acts/act-record.ts';

/** A node of one tree level. `bytes` is its hash. */
export interface StoredNode {
  readonly index: number;
  readonly bytes: Uint8Array;
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
  /** The first `count` nodes of one tree level, in order, some at a time. */
  nodesAt(level: number, count: number): AsyncIterable<readonly StoredNode[]>;
  addCheckpoint(size: number, root: Uint8Array, note: Uint8Array, at: Date): Promise<void>;
  checkpoints(): Promise<readonly StoredCheckpoint[]>;
  leaves(from: number, to: number): AsyncIterable<StoredLeaf>;
  texts(): Promise<readonly TextRecord[]>;
}
