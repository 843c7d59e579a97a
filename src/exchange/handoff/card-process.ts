import type { SourceForm } from '../../domain/intake/source-receipt.ts';
import type { Profile } from '../../domain/formats/profile.ts';
import type { Weakness } from '../keys/certificates.ts';
import type { Stage } from '../../domain/handoff/stage.ts';
import type { OurKeyFile } from '../keys/own-keys.ts';
import type { ListKind } from '../../domain/recipients/recipient.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { KnownSpec } from '../../domain/intake/known-specs.ts';
import type { SourceKind } from '../../domain/intake/source-kinds.ts';
import type { MerchantSetCount, MerchantTally } from '../../domain/intake/merchant-book.ts';
import type { SourceSpec } from '../../domain/intake/source-spec.ts';

/** What is known of a source that somebody brought into a box. */
export interface BroughtSource {
  /** Its id here. */
  readonly source: string;
  /** Whose box; a recipient or a sender. */
  readonly box: string;
  /** Fingerprint of the key that opened it. */
  readonly key: string;
  /** Of its bytes as they came. */
  readonly sha256: string;
}

/** A source as the person named it. `path` '-' is standard input, which the CDE process inherits. */
export interface SourceRequest {
  readonly path: string;
  readonly spec: SourceSpec;
  /** The name the spec goes by; undefined where nobody named one. */
  readonly specName?: string;
  /** Specs that the source's header may turn out to fit. */
  readonly known?: readonly KnownSpec[];
  /** Columns of persons were asked for by the command itself, not by its spec alone. */
  readonly asksForPersons?: true;
  readonly brought?: BroughtSource;
}

/** A recipient as the CDE process needs it to route, write and seal. */
export interface RoutedRecipient {
  readonly id: string;
  readonly certificate: string;
  readonly fingerprint: string;
  readonly allow: readonly Weakness[];
  readonly encryptionSubkey: string;
  readonly profile: Profile;
  readonly layout: 'per-recipient' | 'per-issuer';
  /** Left out: `delta`. */
  readonly lists?: ListKind;
}

/** A certificate whose signature on an encrypted source is accepted. */
export interface PinnedSender {
  readonly id: string;
  readonly certificate: string;
  readonly fingerprint: string;
  readonly allow: readonly Weakness[];
}

/** A merchant as sources and recipients name it. */
export interface JobMerchant {
  readonly id: string;
  readonly name: string;
  readonly number?: string;
}

export interface JobWindow {
  readonly name: string;
  /** Ids; undefined: the window of all. */
  readonly merchants?: readonly string[];
  readonly channels?: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly listedOnly: boolean;
  readonly fromText: string;
  readonly toText: string;
}

/** Everything the CDE process needs for one prepare, but no secret. */
export interface PrepareJob {
  readonly mode: 'drill' | 'live';
  readonly dryRun: boolean;
  readonly handoff: string;
  readonly createdAt: string;
  readonly sender: string;
  readonly contact: string;
  readonly incident: {
    readonly id: string;
    /** The only merchant; '' where there are several. */
    readonly merchant: string;
    /** In the incident's order; undefined for an incident that does not list them. */
    readonly merchants?: readonly JobMerchant[];
    readonly caseNumber: string;
    readonly stage: Stage;
    readonly elements: readonly string[];
    readonly timeZone: string;
    readonly windows: readonly JobWindow[];
    readonly excludedChannels: readonly string[];
  };
  /** What the sources are read for; absent: cards. */
  readonly subject?: 'references';
  readonly sources: readonly SourceRequest[];
  readonly senders: readonly PinnedSender[];
  /** Take encrypted sources that nobody known signed; a person gave a reason. */
  readonly acceptUnsigned?: boolean;
  /** Make a whole list that lacks cards of earlier ones; a person gave a reason. */
  readonly acceptAbsent?: boolean;
  readonly acceptHeld: readonly string[];
  /** Files whose profile has a place for it ask for a waiver of the reissue fee. */
  readonly requestsWaiver?: true;
  readonly recipients: readonly RoutedRecipient[];
  readonly routes: Pick<Incident, 'routes' | 'default_recipient'>;
  readonly binTablePath?: string;
  readonly binTableDigest: string;
  readonly firstReference: number;
  readonly outbox: string;
  /** Threads that read and seal; undefined: as many as there are cores, 16 at most. The result is the same. */
  readonly jobs?: number;
  /** A list that was sent elsewhere: its cards are read and hashed, and nothing is sealed. */
  readonly isImport?: boolean;
  /** Show so many records of each source, and do nothing else. */
  readonly preview?: number;
  readonly workspaceKeyPath: string;
  readonly openpgpKeys: readonly OurKeyFile[];
  readonly workspaceId: string;
  /** The incident's keyed-hash key, wrapped; without it the process makes one and returns it wrapped. */
  readonly wrappedKey?: string;
}

/** Cards already handed off for this incident: the hash rows of one earlier batch that still counts. */
export interface EarlierBatch {
  readonly batch: string;
  readonly recipient: string;
  /** Cards of it may have been set aside that are in again: what it holds is sent once more. */
  readonly isRecalled?: true;
  readonly rows: Uint8Array;
}

export interface SourceResult {
  readonly kind: SourceKind;
  readonly bytes: number;
  readonly sha256: string;
  readonly records: number;
  readonly encoding: string;
  readonly sender?: string;
  readonly form: SourceForm;
  /** The one spec whose columns it has, where nobody named one. */
  readonly fits?: string;
}

export interface BatchIssuer {
  readonly issuer: string;
  readonly brand: string;
  readonly country: string;
  readonly cards: number;
  readonly sample: readonly string[];
}

export interface BatchResult {
  readonly batch: string;
  readonly recipient: string;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Of the nonce that stands in the file; left out where its profile has none. */
  readonly nonceSha256?: string;
  /** It asks for a waiver of the reissue fee; left out where it does not. */
  readonly requestsWaiver?: true;
  readonly cards: number;
  readonly firstReference: number;
  readonly issuers: readonly BatchIssuer[];
}

/**
 * Cards of one recipient that an earlier batch holds and that are in this list again. `absent`, of a cumulative list
 * alone: cards of earlier lists for them that this one does not have.
 */
export interface RepeatedCards {
  readonly recipient: string;
  readonly lists: ListKind;
  readonly cards: number;
  readonly repeated: number;
  readonly absent?: number;
}

/**
 * What one prepare came to. `read` = `cards` + all `excluded` + all `held`, checked on both sides of the pipe. Where
 * `subject` is `references` they are what `cards` counts, here and in batches.
 */
export interface PrepareResult {
  /** Absent: cards. */
  readonly subject?: 'references';
  readonly sources: readonly SourceResult[];
  readonly read: number;
  readonly cards: number;
  readonly orders: number;
  readonly references: number;
  /** Cards to which a person's name leads, earlier ones among them; left out where no source maps columns of persons. */
  readonly foundByName?: number;
  /** Cards to be handed over that stand in no order in scope; left out for references and imports. */
  readonly withoutOrder?: number;
  readonly excluded: Readonly<Record<string, number>>;
  readonly held: Readonly<Record<string, number>>;
  readonly warnings: Readonly<Record<string, number>>;
  readonly accepted: Readonly<Record<string, number>>;
  readonly batches: readonly BatchResult[];
  /** For an incident that lists its merchants: each of them, in its order. */
  readonly merchants?: readonly MerchantTally[];
  /** By batch, how many of its cards were seen at which merchants; left out where those are too many sets. */
  readonly merchantSets?: Readonly<Record<string, readonly MerchantSetCount[]>>;
  /** Of each recipient who is told cards again; missing where there is none. */
  readonly repeats?: readonly RepeatedCards[];
  readonly brandTable: string;
  readonly wrappedKey?: string;
}

/**
 * Receives what streams out while the process works. Each call is awaited, so the process never runs ahead of it; rows
 * are good until then, and overwritten afterwards.
 */
export interface PrepareReceiver {
  progress(phase: 'reading' | 'sealing', done: number, total: number, records: number): void;
  findings(rows: Uint8Array): Promise<void>;
  cardPage(batch: string, number: number, first: number, rows: Uint8Array): Promise<void>;
  /** Pages of the batch's hash index, all whole but its last; they come in the order of their hashes. */
  hashPages(batch: string, rows: Uint8Array): Promise<void>;
  reliedPage(earlierBatch: string, hashes: Uint8Array): Promise<void>;
  /** Cards of an earlier batch that this handoff holds again. */
  repeatedPage(earlierBatch: string, hashes: Uint8Array): Promise<void>;
  /** A page of order references, in the order of their cards; rows as domain/handoff/reference-page.ts draws them. */
  referencePage(number: number, rows: Uint8Array): Promise<void>;
  /** A page of the index of persons, in the order of tags; rows as domain/handoff/person-page.ts draws them. */
  personPage(number: number, rows: Uint8Array): Promise<void>;
}

/**
 * The only process that sees clear card numbers: started for one job (a prepare, a preview, a test
 * file), gone afterwards.
 *
 * `prepare` gives the process the job, the workspace passphrase (over a descriptor, never argv or environment) and the
 * earlier hashes; what comes back are counts, positions, truncated numbers and keyed hashes. A refusal inside arrives as
 * the fault it was there (code, retry, facts); a process that dies without an answer is `card-process-died`. Aborting the
 * signal ends the process and removes what it wrote.
 */
export interface CardProcess {
  prepare(
    job: PrepareJob,
    passphrase: Uint8Array,
    earlier: readonly EarlierBatch[],
    receive: PrepareReceiver,
    signal?: AbortSignal,
  ): Promise<PrepareResult>;
}
