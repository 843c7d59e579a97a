import type { ActRecord } from '../acts/act-record.ts';
import type { Unfinished } from './unfinished.ts';

/** How much there is to remove, by kind: rows of the database, and files. Counts only. */
export type PurgeCounts = Readonly<Record<string, number>>;

/** An incident as a purge sees it. */
export interface PurgeStanding {
  readonly unfinished: readonly Unfinished[];
  /** When its newest handoff was prepared, or it was opened: from here retention counts. */
  readonly lastUsedAt: Date;
  readonly handoffs: readonly string[];
  /** Names of its sealed files in the outbox. */
  readonly sealedFiles: readonly string[];
  /** Rows and texts that a purge removes. */
  readonly rows: PurgeCounts;
  /** A purge that was begun, and when it came to its end. */
  readonly purge: BegunPurge | undefined;
}

export interface BegunPurge {
  readonly startedAt: Date;
  /** As they stood when it began. */
  readonly counts: PurgeCounts;
  readonly finishedAt: Date | undefined;
}

/** Purges of incidents, each in steps that may be done again. Every step that tells something commits with its leaf. */
export interface IncidentPurges {
  /** Throws `incident-unknown`, `log-altered`. */
  standing(incident: string): Promise<PurgeStanding>;
  /** From here on nothing is added to the incident any more. Throws `incident-unfinished`, `incident-purged`. */
  begin(incident: string, at: Date, counts: PurgeCounts, act: ActRecord): Promise<void>;
  /**
   * Removes rows and texts, and last the wrapped key. Settles files in quarantine that speak of a batch of it, and clears
   * sources that were read for it alone. Returns the ids of all such files, also of earlier times: their bytes have to go.
   * Throws `log-altered` at an entry of the log that is none, before any row is removed: what was said with signed commands
   * could stay.
   */
  removeRows(incident: string): Promise<readonly string[]>;
  /** Rewrites the database and empties its log of writes. Throws `store-busy` while another process reads. */
  rewrite(): Promise<void>;
  finish(incident: string, at: Date, act: ActRecord): Promise<void>;
}

/** The documents of a workspace as a purge sees them. */
export interface PurgeFolder {
  /** Names of a handoff's documents that a purge removes: all but its plan and what was signed. */
  detailsOf(handoff: string): Promise<readonly string[]>;
  removeDetails(handoff: string): Promise<void>;
  readIncidentDocument(incident: string, name: string): Promise<Uint8Array | undefined>;
  putIncidentDocument(incident: string, name: string, bytes: Uint8Array): Promise<string>;
  /** Removes the documents about an incident but for what was signed. */
  removeIncidentDocuments(incident: string): Promise<void>;
}
