/** A file on its way to the disk. Nothing of it stays when it is not kept. */
export interface FileOnItsWay {
  write(chunk: Uint8Array): Promise<void>;
  /** It is there from now on, durably, under its id. */
  keep(): Promise<void>;
  /** Also after `keep`. Does nothing a second time. */
  drop(): Promise<void>;
}

/**
 * Encrypted files that recipients brought, each under an id of ours. Throws WorkspaceFault `disk-full`,
 * `file-write-failed`.
 */
export interface ArrivalFiles {
  begin(id: string): Promise<FileOnItsWay>;
  /** For the process that reads answers. */
  pathOf(id: string): string;
  /** Does nothing where there is none. */
  remove(id: string): Promise<void>;
  /** Ids of those that are there whole since an hour and more; what was on its way when its process ended is removed. */
  listOld(): Promise<readonly string[]>;
}

/** Looks at the outer packets of a message while its bytes pass, and keeps none of them. */
export interface SealWatch {
  /**
   * Whether it is known by now to be encrypted to a key of ours. Throws OpenpgpFault `source-*` as soon as it is known
   * that it is not, or that something else stands before or behind it.
   */
  feed(chunk: Uint8Array): boolean;
  /** Throws `source-truncated`, `source-not-openpgp` for one that stopped early. */
  finish(): void;
}

/**
 * Encrypts a file that comes in clear, so that only that is stored. `start` once, `update` for each chunk, `finish`: each
 * returns the next encrypted bytes, often none. `wipe` afterwards, whatever happened.
 */
export interface ClearSeal {
  start(): Uint8Array;
  update(chunk: Uint8Array): Uint8Array;
  finish(): Uint8Array;
  wipe(): void;
}

/** Knows which keys messages to us are encrypted to. */
export interface ArrivalSeals {
  /** `certificates`: ours, armored. */
  watch(certificates: readonly string[]): Promise<SealWatch>;
  /** `certificate`: ours, armored. Throws OpenpgpFault `seal-failed`. */
  seal(certificate: string): Promise<ClearSeal>;
}
