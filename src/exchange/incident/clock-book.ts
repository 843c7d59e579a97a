import type { ActRecord } from '../acts/act-record.ts';

/** What a person said about a start event (`happened`, `withdrawn`) or a clock (`met`, `set-aside`, `reopened`). */
export interface ClockEntry {
  readonly incident: string;
  /** A start event or the id of a clock; no word is both. */
  readonly subject: string;
  /** From 1 per subject; the highest counts. */
  readonly revision: number;
  readonly outcome: 'happened' | 'withdrawn' | 'met' | 'set-aside' | 'reopened';
  /** When it happened or was done; for `happened` and `met` only. */
  readonly at: Date | undefined;
  readonly officer: string;
  readonly recordedAt: Date;
}

/** What people recorded about the clocks of incidents. Entries are only added, each with its leaf or not at all. */
export interface ClockBook {
  /** Throws IncidentFault `clock-entry-changed` when the subject has an entry of this revision already. */
  add(entry: ClockEntry, act: ActRecord): Promise<void>;
  /** All entries of an incident, the older ones of a subject first. */
  entries(incident: string): Promise<readonly ClockEntry[]>;
}
