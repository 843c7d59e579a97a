/** Where the parts of a workspace lie, as absolute paths, and the few files of it that use cases write themselves. */
export interface WorkspaceFolder {
  readonly root: string;
  /** Sealed files waiting for delivery. */
  readonly outbox: string;
  readonly workspaceKeyPath: string;
  /** The private half of our OpenPGP key of this number; 1 is the one of `init`. */
  openpgpKeyPath(number: number): string;
  /** The imported issuer table: its path, its text and the digest of that text; undefined before the first import. */
  issuerTable(): Promise<{ path: string; text: string; sha256: string } | undefined>;
  /** Writes the issuer table whole or not at all. */
  replaceIssuerTable(text: string): Promise<void>;
  /** Puts a document of a handoff (plan, statement, signature) into `data/handoffs/<id>/`. Returns its path. */
  putDocument(handoff: string, name: string, bytes: Uint8Array): Promise<string>;
  /** Undefined when there is no such document. */
  readDocument(handoff: string, name: string): Promise<Uint8Array | undefined>;
  removeDocuments(handoff: string): Promise<void>;
  /** Puts a document of a configuration into `data/configurations/`, under the beginning of its digest. Returns its path. */
  putConfigurationDocument(digest: string, name: string, bytes: Uint8Array): Promise<string>;
  /** Undefined when there is no such document. */
  readConfigurationDocument(digest: string, name: string): Promise<Uint8Array | undefined>;
  /** Names of the files in the outbox. */
  outboxFiles(): Promise<readonly string[]>;
  removeFromOutbox(name: string): Promise<void>;
  /** The bytes of a sealed file; reading rejects when it is not there. */
  readSealed(name: string): AsyncIterable<Uint8Array>;
}
