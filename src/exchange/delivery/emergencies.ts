import type { ActRecord } from '../acts/act-record.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';

/** A handoff that its requester sent alone. Open until enough others signed, or it was declined or withdrawn. */
export interface Emergency {
  readonly handoff: string;
  readonly officer: string;
  readonly declaredAt: Date;
  /** When the second signature is due. */
  readonly dueAt: Date;
  readonly closedAt: Date | undefined;
  /** Due and still open, or closed after it was due. */
  readonly isOverdue: boolean;
  /** Whether a leaf says that it became overdue. */
  readonly isNoticed: boolean;
  readonly statement: Uint8Array;
  readonly signature: Uint8Array;
  /** Of the certificate that signed it. */
  readonly fingerprint: string;
}

export interface DeclaredEmergency {
  readonly handoff: string;
  readonly officer: string;
  readonly planSha256: string;
  readonly statement: Uint8Array;
  readonly signature: Uint8Array;
  readonly fingerprint: string;
  readonly declaredAt: Date;
  readonly dueAt: Date;
}

/** Puts statement and signature where people find them. The store has them too, so that this can be done again. */
export async function putEmergency(
  folder: WorkspaceFolder,
  { handoff, statement, signature }: Pick<Emergency, 'handoff' | 'statement' | 'signature'>,
): Promise<void> {
  await folder.putDocument(handoff, 'emergency.json', statement);
  await folder.putDocument(handoff, 'emergency.json.sig', signature);
}

/** Emergencies of a workspace. Every change commits together with its leaf, or not at all. */
export interface Emergencies {
  /**
   * Stores the declaration and lets the handoff's batches be sent. Throws DecisionFault `emergency-open` while any
   * emergency is open, `handoff-decided` when the handoff no longer waits for its decision.
   */
  declare(declared: DeclaredEmergency, act: ActRecord): Promise<void>;
  /** Those without their second signature, oldest first. */
  open(): Promise<readonly Emergency[]>;
  /** Marks it as noticed, once; the leaf of a second call is dropped. */
  notice(handoff: string, act: ActRecord): Promise<void>;
}
