import type { ArrivalWay } from '../../domain/arrivals/arrival-limits.ts';
import type { ArrivalEvent, ArrivalState } from '../../domain/arrivals/arrival-states.ts';
import type { BroughtFolder } from '../../domain/pickup/box-path.ts';
import type { ActRecord } from '../acts/act-record.ts';

/** A file that was brought. Whose it is, the key of the box or the place says; its signature is not read yet. */
export interface Arrival {
  readonly id: string;
  /** Of a source: whose box it is, also a sender's. */
  readonly recipient: string;
  readonly way: ArrivalWay;
  /** Of a box: fingerprint of the key they proved to hold. */
  readonly key: string | undefined;
  /** As they call it. */
  readonly name: string;
  /** Of the encrypted bytes. */
  readonly sha256: string;
  readonly bytes: number;
  /** As it was brought, of one that came in clear and that we encrypted: nobody signed it. */
  readonly clearBytes: number | undefined;
  readonly state: ArrivalState;
  /** Why it was put into quarantine. */
  readonly code: string | undefined;
  /** Of which batch it speaks; undefined where that is not known for sure. */
  readonly batch: string | undefined;
  readonly arrivedAt: Date;
}

export type NewArrival = Omit<Arrival, 'state' | 'code' | 'batch' | 'key' | 'clearBytes'> & {
  readonly key?: string | undefined;
  readonly clearBytes?: number | undefined;
};

/** A file that was not taken: nothing of it lies here. */
export interface RefusedArrival {
  readonly id: string;
  readonly recipient: string;
  readonly way: ArrivalWay;
  /** `shownName`. */
  readonly name: string;
  readonly code: string;
  readonly refusedAt: Date;
}

/** What an officer has to see to. */
export interface ListedArrivals {
  readonly quarantined: readonly Arrival[];
  readonly notTaken: readonly RefusedArrival[];
}

/** What becomes of an arrival, with what is known of it by then. */
export interface ArrivalMove {
  readonly event: ArrivalEvent;
  readonly code?: string;
  readonly batch?: string;
}

/** So many open refusals of one recipient and way are kept, each with its leaf; of more it is only known that they are. */
export const REFUSALS_KEPT_MAX = 50;

/** The files that were brought, kept durably; each change with its leaf in one transaction. */
export interface ArrivalBook {
  /**
   * Keeps a file that lies here whole. False for bytes that this recipient brought before, as an answer or as a source:
   * nothing is kept of them then, but that they are called by this name now, unless their incident was purged.
   */
  add(arrival: NewArrival, act: ActRecord): Promise<boolean>;
  /** Undefined for an id of none. */
  get(id: string): Promise<Arrival | undefined>;
  /** Answers, oldest first; of one recipient, or of all. */
  inState(state: ArrivalState, recipient?: string): Promise<readonly Arrival[]>;
  /** Sources that wait, oldest first. */
  sources(): Promise<readonly Arrival[]>;
  /** What they brought into this folder of their box: all that waits, and the newest of what does not. */
  broughtInto(folder: BroughtFolder, box: string): Promise<readonly Arrival[]>;
  /** What of a recipient lies here: answers, or sources where that is the way. */
  lying(
    recipient: string,
    way: ArrivalWay,
  ): Promise<{ readonly files: number; readonly bytes: number }>;
  /**
   * Whether the name was changed of the file that visitors see so called in this folder: the one that waits, or else the
   * newest of the others.
   */
  rename(folder: BroughtFolder, box: string, from: string, to: string): Promise<boolean>;
  /** Counts a process that ended while it read this one; returns how often that happened. */
  died(id: string): Promise<number>;
  /** Without an act where another leaf tells of it. Returns whether the arrival was in a state from which that follows. */
  move(id: string, move: ArrivalMove, act?: ActRecord): Promise<boolean>;
  /**
   * Keeps a refusal; not one that stands open already, or that was settled and lies in their directory still, and not
   * more than `REFUSALS_KEPT_MAX`.
   */
  refuse(refusal: RefusedArrival, act: ActRecord): Promise<void>;
  /** Of what lay in their directory: what lies there no more is a new refusal when it comes again. */
  forgetGone(
    recipient: string,
    there: readonly { readonly name: string; readonly code: string }[],
  ): Promise<void>;
  /** Open ones, oldest first. */
  refusals(): Promise<readonly RefusedArrival[]>;
  /** Closes an open refusal, with its leaf; false where there is none of that id. */
  settleRefusal(id: string, act: ActRecord): Promise<boolean>;
}
