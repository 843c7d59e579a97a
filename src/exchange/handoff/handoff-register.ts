import type { ReceiptWay, SourceForm } from '../../domain/intake/source-receipt.ts';
import type { ActRecord } from '../acts/act-record.ts';
import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import type { RecallBasis } from '../../domain/recalls/recall-basis.ts';
import type { PersonTarget } from '../../domain/handoff/person-page.ts';
import type { Stage } from '../../domain/handoff/stage.ts';
import type { SourceKind } from '../../domain/intake/source-kinds.ts';
import type { MerchantTally } from '../../domain/intake/merchant-book.ts';
import type { BatchIssuer, BatchResult, EarlierBatch, PrepareResult } from './card-process.ts';
import type { DeliveryEvidence, RecordedFault } from '../delivery/delivery-journal.ts';
import type { Emergency } from '../delivery/emergencies.ts';
import type { NewWord } from '../delivery/word-register.ts';

export type HandoffState = 'preparing' | 'undecided' | 'decided' | 'nothing-to-send';

/** What a finished prepare leaves for people to read: the counts, without batches' bytes. */
export type HandoffReport = Pick<
  PrepareResult,
  | 'subject'
  | 'read'
  | 'cards'
  | 'orders'
  | 'references'
  | 'withoutOrder'
  | 'excluded'
  | 'held'
  | 'warnings'
  | 'accepted'
> & {
  /** Names of the exposure windows as they were then: the bits of cards and references count in this order. */
  readonly windows?: readonly string[];
  /** Recipients who are told cards again. */
  readonly repeats?: PrepareResult['repeats'];
  /** No list: it recalls cards of earlier ones. */
  readonly isRecall?: boolean;
  /** The list was sent elsewhere, and is here to be left out. */
  readonly isSentElsewhere?: boolean;
  /** Batches that ask their recipient for a waiver of the reissue fee. */
  readonly requestsWaiver?: readonly string[];
  /** Which list it is, as its plan has it. */
  readonly stage?: Stage;
  /** For an incident that lists its merchants: what the records of each came to, in the incident's order of then. */
  readonly merchants?: readonly MerchantTally[];
  readonly merchantSets?: PrepareResult['merchantSets'];
};

export interface HandoffRow {
  readonly id: string;
  readonly incident: string;
  readonly state: HandoffState;
  readonly mode: 'drill' | 'live';
  readonly requester: string;
  readonly preparedAt: Date;
  readonly outcome: 'approve' | 'decline' | 'cancel' | undefined;
  readonly plan: Uint8Array | undefined;
  readonly planSha256: string | undefined;
  readonly planSignature: Uint8Array | undefined;
  readonly review: Uint8Array | undefined;
  readonly reviewSha256: string | undefined;
  readonly report: HandoffReport | undefined;
  /** Only of a handoff that its requester sent alone. */
  readonly emergency?: Emergency;
}

export interface BatchRow {
  readonly id: string;
  readonly handoff: string;
  readonly incident: string;
  readonly recipient: string;
  /** The sealed file here; also its name at the recipient, unless that takes names of its own. */
  readonly file: string;
  /** Its name at the recipient and its running number there, once it was given them. */
  readonly remoteName?: string;
  readonly sequence?: number;
  readonly bytes: number;
  readonly sha256: string;
  /** Of the nonce that stands in the file; none where its profile has none, and none that a purge has left. */
  readonly nonceSha256?: string;
  /** What `cards` counts, where it is not cards. */
  readonly subject?: 'references';
  readonly cards: number;
  readonly firstReference: number;
  readonly issuers: readonly BatchIssuer[];
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly evidence: DeliveryEvidence | undefined;
  readonly fault: RecordedFault | undefined;
  readonly changedAt: Date;
  /** Of a recall file: of which batch it recalls cards, why, and which, as domain/recalls/recalled-runs.ts has them. */
  readonly recalls?: {
    readonly batch: string;
    readonly basis: RecallBasis;
    readonly runs: Uint8Array;
  };
  /** The officer who resolved it as `withdrawn`; without the reason once that was purged. */
  readonly withdrawn?: { readonly officer: string; readonly reason: string | undefined };
  /** When its recipient could first have it: the attempt that was not known to fail, or when it was written or offered. */
  readonly availableAt?: Date;
}

export interface DecisionRow {
  readonly officer: string;
  readonly decision: 'approve' | 'decline';
  readonly statement: Uint8Array;
  readonly signature: Uint8Array;
  readonly fingerprint: string;
  readonly decidedAt: Date;
  /** Until when the officer may decide; undefined without an end. */
  readonly validUntil?: Date;
  /** The adopted configuration that has the officer as an approver; a live approval names it. */
  readonly approverIn?: string;
}

export interface SourceRow {
  readonly number: number;
  /** The file's own name, without its folder, scrubbed. */
  readonly name: string;
  readonly kind: SourceKind;
  readonly bytes: number;
  readonly sha256: string;
  /** What `specDigest` says of how it was read. */
  readonly specSha256: string;
  readonly records: number;
  readonly encoding: string;
  readonly sender: string | undefined;
  readonly form: SourceForm;
  readonly received: ReceiptWay | undefined;
  /** When a file of these bytes was removed here. */
  readonly removedAt?: Date;
}

/** A stored page of cards, rows as domain/handoff/card-page.ts draws them. */
export interface CardPageRow {
  readonly first: number;
  readonly rows: Uint8Array;
}

/** Everything that the last transaction of a prepare stores, besides pages that are there already. */
export interface FinishedPrepare {
  readonly id: string;
  readonly report: HandoffReport;
  readonly plan: Uint8Array;
  readonly planSha256: string;
  readonly review: Uint8Array;
  readonly reviewSha256: string;
  readonly sources: readonly SourceRow[];
  readonly subject?: 'references';
  readonly batches: PrepareResult['batches'];
  /** What was said of batches that were sent elsewhere; they are `claimed` then, and else `built`. */
  readonly words?: readonly NewWord[];
  readonly wrappedKey: Uint8Array | undefined;
  readonly nextReference: number;
  /** For each batch of a recall; it allots no record reference. */
  readonly recalls?: readonly NewRecall[];
}

/** A recall file that was sealed. */
export interface NewRecall {
  readonly batch: string;
  readonly recalled: string;
  readonly basis: RecallBasis;
  readonly runs: Uint8Array;
}

/** A batch that another handoff relied on and that ended badly, with the cards that no good batch covers since. */
export interface Uncovered {
  readonly incident: string;
  readonly handoff: string;
  readonly batch: string;
  readonly recipient: string;
  readonly subject?: 'references';
  readonly cards: number;
}

/** One batch that holds a card, with what was decided of its handoff. */
export interface FoundCard {
  readonly handoff: string;
  readonly handoffState: HandoffState;
  readonly outcome: HandoffRow['outcome'];
  readonly batch: string;
  readonly recipient: string;
  readonly batchState: DeliveryState;
  /** Place of the card in the batch, from 0. */
  readonly place: number;
  /** Its record reference: the batch's first and `place`. */
  readonly reference: number;
}

/** A prepare as it begins. */
export interface PrepareStart {
  readonly id: string;
  readonly incident: string;
  /** Digest of the incident's document that was read. */
  readonly incidentSha256: string;
  readonly mode: 'drill' | 'live';
  readonly requester: string;
  readonly at: Date;
}

/** What of a handoff is withdrawn: all of it, before anything left; or what has not left. */
export type CancelExtent = 'whole' | 'rest';

/** The durable list of handoffs and batches. Every change commits together with its leaf, or not at all. */
export interface HandoffRegister {
  /**
   * Starts a prepare: the row that makes this the incident's only open handoff until `leaseUntil`. Throws
   * DecisionFault `handoff-undecided` while another one is being prepared or waits for its decision, IncidentFault
   * `incident-changed` when the document is another one by now, `incident-closed`. No document is replaced until it ends.
   */
  begin(start: PrepareStart, leaseUntil: Date): Promise<void>;
  renew(id: string, leaseUntil: Date): Promise<void>;
  /** Pages are copied, and written at the latest by `finish`; until it they are nobody's, and a refusal may come late. */
  addCardPage(batch: string, number: number, first: number, rows: Uint8Array): Promise<void>;
  /** `rows`: a page of the batch's hash index, one or more rows sorted by hash; pages of a batch may not overlap. */
  addHashPage(batch: string, rows: Uint8Array): Promise<void>;
  addReferencePage(handoff: string, number: number, rows: Uint8Array): Promise<void>;
  addPersonPage(handoff: string, number: number, rows: Uint8Array): Promise<void>;
  /** Cards of an earlier batch that the handoff leaves out because of it, or holds again. */
  addReliedPage(
    handoff: string,
    batch: string,
    hashes: Uint8Array,
    isRepeated: boolean,
  ): Promise<void>;
  /** `findings`: how many `rows` holds. */
  addFindings(handoff: string, number: number, findings: number, rows: Uint8Array): Promise<void>;
  /** Makes the handoff visible: state `undecided`, or `nothing-to-send` when it has no batch. */
  finish(prepared: FinishedPrepare, at: Date, act: ActRecord): Promise<void>;
  /** Removes every trace of a prepare that did not finish; `act` records the refusal. */
  discard(id: string, batches: readonly string[], act: ActRecord | undefined): Promise<void>;
  /** Prepares whose lease ran out before `at`: their process is gone. */
  abandoned(at: Date): Promise<readonly string[]>;
  isPreparing(): Promise<boolean>;

  signRequest(id: string, signature: Uint8Array, act: ActRecord): Promise<void>;
  /**
   * Stores the decision. A decline, or the approval that makes `required`, settles the handoff and moves its batches;
   * counted inside the transaction, so that two approvers at the same moment both count. Returns the approvals so far.
   * Throws `handoff-decided` when it is settled, or this officer decided before.
   */
  decide(
    id: string,
    decision: DecisionRow,
    required: number,
    act: ActRecord,
  ): Promise<{ readonly approvals: number; readonly isSettled: boolean }>;
  /**
   * Withdraws it. Throws `handoff-decided` where nothing is left to withdraw, and, as a `whole`, where a batch is on its way,
   * was opened or has left; `handoff-unknown`, `handoff-empty`, `batch-busy`, `emergency-open`.
   */
  cancel(id: string, at: Date, extent: CancelExtent, act: ActRecord): Promise<void>;
  /** Moves one batch by a person's or the machine's event outside a delivery run. Throws `state-forbids`. */
  moveBatch(
    batch: string,
    from: DeliveryState,
    to: DeliveryState,
    at: Date,
    act: ActRecord,
  ): Promise<void>;

  /** Throws `handoff-unknown`. */
  get(id: string): Promise<HandoffRow>;
  list(incident?: string): Promise<readonly HandoffRow[]>;
  batchesOf(handoff: string): Promise<readonly BatchRow[]>;
  /** Every batch in one of these states, the oldest handoff first. */
  batchesIn(states: readonly DeliveryState[]): Promise<readonly BatchRow[]>;
  /** Throws `batch-unknown`. */
  batch(id: string): Promise<BatchRow>;
  sourcesOf(handoff: string): Promise<readonly SourceRow[]>;
  decisionsOf(handoff: string): Promise<readonly DecisionRow[]>;
  cardPages(batch: string): AsyncIterable<CardPageRow>;
  /** Order references of a handoff, as domain/handoff/reference-page.ts draws them. */
  referencePages(handoff: string): AsyncIterable<Uint8Array>;
  findingPages(handoff: string): AsyncIterable<Uint8Array>;
  /** Where the index of persons of a handoff leads under this tag. */
  findPerson(handoff: string, tag: Uint8Array): Promise<readonly PersonTarget[]>;
  /** Hash rows of the batches of an incident that still count as handed off, oldest first. */
  earlierBatches(incident: string): Promise<readonly EarlierBatch[]>;
  uncovered(): Promise<readonly Uncovered[]>;
  /**
   * Cards of these batches, of a prepare that is not finished, that an officer recalled one by one and that no batch has
   * brought to the same recipient since; a card in several batches counts in each.
   */
  recalledBefore(
    incident: string,
    batches: readonly Pick<BatchResult, 'batch' | 'recipient' | 'cards'>[],
  ): Promise<number>;
  /** Every batch of the incident, in whatever state, that holds the card with this keyed hash; oldest first. */
  findCard(incident: string, hash: Uint8Array): Promise<readonly FoundCard[]>;
  /** The stored row of one card of a batch, as domain/handoff/card-page.ts draws it. Throws `incident-purged` without it. */
  cardRow(batch: string, place: number): Promise<Uint8Array>;
  /** Names of sealed files that some row refers to. */
  knownFiles(): Promise<ReadonlySet<string>>;
}
