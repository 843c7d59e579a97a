import type { ProposedCards } from '../../domain/recalls/proposed-cards.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { ActRecord } from '../acts/act-record.ts';

/** What an amendment means for one batch that was handed off. */
export interface BatchRecall {
  readonly handoff: string;
  readonly batch: string;
  readonly recipient: string;
  /** What is counted, where it is not cards. */
  readonly subject?: 'references';
  /** Cards that the new document leaves out for sure and that do not stand recalled: proposed for recall. */
  readonly cards: number;
  /** Cards of which only a new prepare can tell. */
  readonly untold: number;
}

/** What is kept of it: all its cards that are out or untold, also those that are recalled, whose recall may fail. */
export interface NewProposal extends ProposedCards {
  readonly batch: string;
}

/** A proposal as it stands. */
export interface ProposedRecall extends BatchRecall {
  readonly incident: string;
}

/** Records that a wider scope may take in, until a handoff was prepared that read them again. */
export interface ToRead {
  readonly incident: string;
  readonly amendedAt: Date;
  /** Records of earlier sources that were left out by window or channel. */
  readonly records: number;
}

/** What the effect of an amendment was counted from. It says nothing once any of this changed. */
export interface CountedFrom {
  /** Digest of the document that is replaced. */
  readonly incidentSha256: string;
  /** Every handoff of the incident, whatever became of it. */
  readonly handoffs: readonly string[];
  /** Those that wait for their decision. */
  readonly undecided: readonly string[];
  /** Recall files that `unsentRecalls` finds. */
  readonly unsent: readonly string[];
  /** Batches that count as handed off. */
  readonly batches: readonly string[];
}

export interface Amendment {
  readonly incident: Incident;
  readonly counted: CountedFrom;
  readonly at: Date;
  readonly proposals: readonly NewProposal[];
  /** Undefined: the new document takes in nothing that the old one did not. */
  readonly records: number | undefined;
}

/** Changes of incidents, and what is open because of them. Every change commits together with its leaves, or not at all. */
export interface Amendments {
  /**
   * Replaces the document, cancels the handoff that waits for its decision and recall files that follow from the old
   * document and have not left, and keeps what has to be done. Returns the ids of their handoffs; `voided` makes their
   * leaves. Throws `incident-closed`, `incident-changed` when the incident is no longer what was counted from,
   * DecisionFault `handoff-undecided` while a handoff is being prepared, or was sent by one person and waits for its second
   * signature, and DeliveryFault `batch-busy` while such a recall file is being sent.
   */
  amend(
    amendment: Amendment,
    act: ActRecord,
    voided: (handoff: string) => ActRecord,
  ): Promise<readonly string[]>;
  /** Documents that were replaced, by digest. */
  replaced(incident: string): Promise<ReadonlyMap<string, Incident>>;
  /** Of one incident, or of all; those that are settled, or of a purged incident, left out. */
  recalls(incident?: string): Promise<readonly ProposedRecall[]>;
  /**
   * Places of the cards of a batch that are proposed, ascending, as a prepare since the amendment tells them; undefined
   * without one. While some are untold, they are among them.
   */
  proposedPlaces(batch: string): Promise<readonly number[] | undefined>;
  toRead(incident?: string): Promise<readonly ToRead[]>;
  /** Throws DecisionFault `recall-unknown` when nothing is proposed for the batch, and `incident-purged`. */
  settle(batch: string, act: ActRecord): Promise<void>;
}
