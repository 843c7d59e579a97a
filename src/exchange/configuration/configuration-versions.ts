import type { ActRecord } from '../acts/act-record.ts';

/** One officer's signature under a version, besides its proposer's. */
export interface StoredConfigurationApproval {
  readonly officer: string;
  readonly fingerprint: string;
  readonly statement: Uint8Array;
  readonly signature: Uint8Array;
  readonly isEmergency: boolean;
  /** What they gave as their reason; undefined for none. */
  readonly reason: string | undefined;
  readonly approvedAt: Date;
}

/** An approval to be stored: of one who may approve by what it replaces, or by the first version itself. */
export interface NewConfigurationApproval extends StoredConfigurationApproval {
  /** Until when the officer may approve; undefined without an end. */
  readonly validUntil: Date | undefined;
}

/** Who may approve once a version is in force. */
export interface ConfigurationApprover {
  readonly officer: string;
  readonly fingerprint: string;
  /** Undefined without an end. */
  readonly validUntil: Date | undefined;
}

/** docs/states.md. */
export type ConfigurationState = 'proposed' | 'adopted' | 'dropped';

/** A configuration as it was proposed, and what became of it. */
export interface ConfigurationVersion {
  /** SHA-256 of the document, in hex. */
  readonly digest: string;
  /** The version it replaces; undefined for the first one. */
  readonly replaces: string | undefined;
  readonly proposer: string;
  readonly proposerFingerprint: string;
  /** The proposer's detached signature over the document. */
  readonly signature: Uint8Array;
  readonly proposedAt: Date;
  readonly state: ConfigurationState;
  /** When it starts or started; of an adopted one. */
  readonly effectiveFrom: Date | undefined;
  /** 1 for the first that was adopted; of two, the higher one replaces the other. */
  readonly number: number | undefined;
  /** Whether somebody saw it start: from then on no clock makes an earlier one count again. */
  readonly hasStarted: boolean;
  /** Who took it back before it was in force; undefined also where another one overtook it. */
  readonly dropped:
    | { readonly officer: string; readonly at: Date; readonly reason: string | undefined }
    | undefined;
  readonly approvals: readonly StoredConfigurationApproval[];
}

export type NewConfigurationVersion = Pick<
  ConfigurationVersion,
  'digest' | 'replaces' | 'proposer' | 'proposerFingerprint' | 'signature' | 'proposedAt'
> & {
  readonly document: Uint8Array;
  /** How long one that replaces it waits before it is in force, milliseconds. */
  readonly coolingOffMs: number;
  /** Whether it changes what has to wait for that long. */
  readonly isGuarded: boolean;
  readonly approvers: readonly ConfigurationApprover[];
};

/** What is settled by the last approval that was needed. */
export interface AdoptedConfiguration {
  readonly startsAt: Date;
  /** Who may be sent to by it. */
  readonly recipients: readonly string[];
}

/** Versions of the configuration, each change in one transaction with its leaf. */
export interface ConfigurationVersions {
  /** In the order in which they were proposed. */
  list(): Promise<readonly ConfigurationVersion[]>;
  /** The stored bytes. Throws ConfigurationFault `configuration-unknown`. */
  document(digest: string): Promise<Uint8Array>;
  /** Throws `configuration-unchanged` for a digest that is there. */
  propose(version: NewConfigurationVersion, act: ActRecord): Promise<void>;
  /**
   * Adds an approval to the `seen` ones that are there; false where there are others by now, and nothing is stored.
   * With `settled` the version is adopted and another one that waited to replace the same version is dropped. Throws
   * `configuration-settled`, `configuration-approved-twice`, `configuration-stale`.
   */
  approve(
    digest: string,
    seen: number,
    approval: NewConfigurationApproval,
    settled: AdoptedConfiguration | undefined,
    act: ActRecord,
  ): Promise<boolean>;
  /** Throws `configuration-settled`, and `configuration-started` for one that is or was in force. */
  drop(digest: string, act: ActRecord): Promise<void>;
  /** Records that a version has started; does nothing when that is recorded. */
  start(digest: string, act: ActRecord): Promise<void>;
}
