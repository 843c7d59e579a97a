import { createHash } from 'node:crypto';

import { encodeCanonicalJson } from '../canonical-json.ts';
import type { Json } from '../canonical-json.ts';
import type { RecallBasis } from '../recalls/recall-basis.ts';
import type { Stage } from './stage.ts';
import type { ReceiptWay } from '../intake/source-receipt.ts';
import type { SourceKind } from '../intake/source-kinds.ts';
import type { MerchantTally } from '../intake/merchant-book.ts';
import type { FileNaming } from '../recipients/file-naming.ts';
import type { WeakAlgorithm } from '../recipients/weak-algorithms.ts';
import type { ControlFile } from '../recipients/control-file.ts';

/** One source as the plan names it. `sha256` is over the bytes as received; `sender` the certificate that signed it. */
export interface PlannedSource {
  readonly kind: SourceKind;
  readonly bytes: number;
  readonly sha256: string;
  readonly records: number;
  readonly sender?: string;
  /** Encrypted to us by nobody known, and taken for a recorded reason. */
  readonly unsigned?: boolean;
  /** How it came: as the requester said, or `box` where this program saw it. */
  readonly received?: ReceiptWay;
  /** Of one that was brought into a box: its id, whose box, and the key that opened it. */
  readonly brought?: { readonly source: string; readonly box: string; readonly key: string };
  /** Columns left unread, and columns declared to hold no security codes, as the requester named them. */
  readonly ignoredColumns: readonly string[];
  readonly notSensitive: readonly string[];
}

/** Where a batch will go, exactly: any difference from the configuration at delivery voids the approval. */
export type PlannedEndpoint =
  | {
      readonly kind: 'sftp';
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly directory: string;
      readonly authentication: 'key' | 'password' | 'key+password';
      readonly hostKeys: readonly string[];
      readonly canReadBack: boolean;
      readonly canList: boolean;
      /** Absent: a temporary name and a plain rename. */
      readonly rename?: 'none';
      readonly temporaryName?: string;
      readonly controlFile?: ControlFile;
      /** Weak algorithms that are allowed there; the reasons stand in the configuration. */
      readonly algorithms?: readonly WeakAlgorithm[];
      readonly naming?: FileNaming;
    }
  | { readonly kind: 'manual'; readonly directory: string; readonly naming?: FileNaming }
  | {
      readonly kind: 'pickup';
      /** Fingerprints of the public keys that open the box. */
      readonly keys: readonly string[];
      /** How long an offer waits to be opened; absent: until the plan ends. */
      readonly offerDays?: number;
      readonly naming?: FileNaming;
    };

export interface PlannedBatch {
  readonly batch: string;
  readonly recipient: string;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly cards: number;
  /** It asks for a waiver of the reissue fee; missing where it does not. */
  readonly requestsWaiver?: true;
  readonly firstReference: number;
  readonly profile: string;
  readonly profileSha256: string;
  readonly certificate: string;
  readonly encryptionSubkey: string;
  readonly endpoint: PlannedEndpoint;
}

/** An earlier batch on whose delivery this plan relies, and how many cards it therefore leaves out. */
export interface ReliedOnBatch {
  readonly batch: string;
  readonly cards: number;
}

/**
 * How many `cards` a recipient is told, and how many of them an earlier batch told them already. `absent`, of a
 * cumulative list alone: cards of their earlier lists that are not in this one.
 */
export interface PlannedRepeat {
  readonly recipient: string;
  readonly lists: 'delta' | 'cumulative';
  readonly cards: number;
  readonly repeated: number;
  readonly absent?: number;
}

/** What a person says of a list that was sent by other means. Who said it is free text, bound by the leaf. */
export interface SentElsewhere {
  readonly recipient: string;
  readonly sentAt: string;
  readonly channel: string;
  /** SHA-256 of the file that backs it. */
  readonly evidence: string;
  readonly evidenceBytes: number;
  readonly batches: readonly { readonly batch: string; readonly cards: number }[];
}

/** What is recalled. The reason is free text, bound by the leaf of the act. */
export interface PlannedRecall {
  readonly basis: RecallBasis;
  readonly files: readonly RecalledFile[];
}

/** One recall file, and the file whose cards it recalls. */
export interface RecalledFile {
  readonly batch: string;
  /** The batch that its recipient has, and the digest of that file. */
  readonly recalled: string;
  readonly recalledSha256: string;
  /** Cards of that file, and how many of them are recalled. */
  readonly of: number;
  readonly cards: number;
  /** SHA-256 over the places of these cards, as domain/recalls/recalled-runs.ts draws them. */
  readonly runsSha256: string;
}

/** A decision the requester took about held records; the reason is free text, bound by the leaf of the prepare act. */
export interface PlannedDecision {
  readonly held: string;
  readonly records: number;
}

/**
 * Everything that will happen when a handoff is approved (design: "plan"). It holds counts, digests and ids; no card
 * number, no truncated number, no keyed hash, no free text.
 */
export interface Plan {
  readonly type: 'mimamori/plan/v1';
  readonly workspace: string;
  readonly mode: 'drill' | 'live';
  readonly handoff: string;
  readonly incident: string;
  readonly incidentSha256: string;
  /** Which list this is; missing in a plan of an earlier version, whose list was the incident's. */
  readonly stage?: Stage;
  readonly requester: string;
  readonly requesterCertificate: string;
  readonly approvalsRequired: number;
  readonly preparedAt: string;
  readonly expiresAt: string;
  readonly sources: readonly PlannedSource[];
  readonly decisions: readonly PlannedDecision[];
  /** What is handed over, where it is not cards: then `cards` counts it, here and in batches. */
  readonly subject?: 'references';
  /** Missing where no card was read: a recall goes by no table. */
  readonly brandTable?: string;
  readonly binTable?: string;
  readonly read: number;
  readonly cards: number;
  readonly excluded: Readonly<Record<string, number>>;
  readonly held: Readonly<Record<string, number>>;
  /** For an incident that lists its merchants: what the records of each came to. */
  readonly merchants?: readonly MerchantTally[];
  readonly batches: readonly PlannedBatch[];
  readonly signer: string;
  readonly reliedOn: readonly ReliedOnBatch[];
  /** Recipients who are told cards again; missing where there is none. */
  readonly repeats?: readonly PlannedRepeat[];
  /** A list that was sent before, outside this program: the plan has no batch then, and nothing is delivered. */
  readonly sentElsewhere?: SentElsewhere;
  /** Its batches are recall files, and no lists. */
  readonly recall?: PlannedRecall;
}

/** The bytes of a plan (RFC 8785). They are stored, signed and hashed as they are. Throws nothing for a typed plan. */
export function encodePlan(plan: Plan): Uint8Array {
  return encodeCanonicalJson(plan as unknown as Json);
}

/** SHA-256 of canonical bytes in lower-case hexadecimal: how a plan, review or document is named everywhere. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Reads back a plan that this program wrote and whose digest was checked before. Not for untrusted input. */
export function decodePlan(bytes: Uint8Array): Plan {
  return JSON.parse(new TextDecoder().decode(bytes)) as Plan;
}
