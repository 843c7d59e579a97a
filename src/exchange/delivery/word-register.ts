import type { WordChannel, WordRung } from '../../domain/handoff/persons-word.ts';
import type { ActRecord } from '../acts/act-record.ts';

/** A file that backs a person's word: a mail, a portal's page. Kept in the workspace under `file`. */
export interface WordEvidence {
  readonly sha256: string;
  readonly bytes: number;
  readonly file: string;
}

/** What a person said of a batch. It never changes the batch's state, and is shown beside what the machine saw. */
export interface PersonsWord {
  readonly batch: string;
  readonly rung: WordRung;
  readonly channel: WordChannel;
  /** Who said it, as it was noted; undefined once the text was purged. */
  readonly by: string | undefined;
  /** When they said it. */
  readonly at: Date;
  readonly recordedAt: Date;
  readonly officer: string;
  readonly evidence: WordEvidence | undefined;
}

export type NewWord = Omit<PersonsWord, 'by'>;

/** What persons said of batches, oldest first. Only ever added to. */
export interface WordRegister {
  /** Commits with its leaf, and with `change` (the evidence put in its place) run before the commit. */
  add(word: NewWord, act: ActRecord, change: () => Promise<unknown>): Promise<void>;
  ofHandoff(handoff: string): Promise<readonly PersonsWord[]>;
  all(): Promise<readonly PersonsWord[]>;
}
