import type { WeakAlgorithm } from '../../domain/recipients/weak-algorithms.ts';

/** A recipient's directory on an SFTP server, and what that server is known to allow. */
export interface SftpEndpoint {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Relative to where the account lands, or absolute; '' is where it lands. */
  readonly directory: string;
  /** Fingerprints as OpenSSH prints them, `SHA256:…`: the current key and, around a change, the next. Never empty. */
  readonly hostKeys: readonly string[];
  readonly authentication: 'key' | 'password' | 'key+password';
  /** False where the account may write but not read: then only sizes are compared and the delivery says so. */
  readonly canReadBack: boolean;
  readonly canList: boolean;
  /** `none`: the server cannot rename, so the file is written under its final name. */
  readonly rename: 'plain' | 'none';
  /** With `{name}`, `{attempt}` and `{fence}`, same file system as the directory; default `.{name}.{attempt}-{fence}.part`. */
  readonly temporaryName?: string;
  /** Weak algorithms that this server may be spoken to with, when it offers no better ones. */
  readonly algorithms?: readonly WeakAlgorithm[];
}

/** Secrets for one connection. Keys are OpenSSH or PEM private keys without passphrase. */
export interface SftpCredentials {
  readonly privateKey?: Uint8Array;
  /** Offered when the other one is not taken: the one that it follows, while that is retiring. */
  readonly retiringKey?: Uint8Array;
  readonly password?: string;
}

/** What the server said it offers, beyond version 3 of the protocol. */
export interface RemoteFeatures {
  readonly canSync: boolean;
  readonly canTellSpace: boolean;
}

/** `hidden`: the server does not let us look. `undefined`: nothing has that name. */
export type Sighting =
  { readonly sizeBytes: number; readonly isFile: boolean } | 'hidden' | undefined;

export interface UploadResult {
  /** Bytes sent, all acknowledged. */
  readonly bytes: number;
  /** SHA-256 of the bytes sent, lower-case hexadecimal. */
  readonly sha256: string;
  /** Size by the server's own account of the open file; undefined when it gives none. */
  readonly remoteBytes: number | undefined;
  readonly isSynced: boolean;
}

/** `unreadable`: the server refuses reading. `undefined`: nothing has that name. At most `maxBytes` + 1 bytes are read. */
export type ReadBack =
  { readonly bytes: number; readonly sha256: string } | 'unreadable' | undefined;

/** Called after each block; a rejected promise stops the transfer with that error. */
export type Progress = (doneBytes: number) => Promise<void> | void;

/**
 * One connection to a recipient's directory. Names are relative to it.
 *
 * Every method throws DeliveryFault; after `connection-lost` or `deadline-passed` the connection is dead, and whether
 * the last request was carried out is unknown. Nothing is retried and nothing existing is ever overwritten.
 */
export interface RemoteBox {
  /** Fingerprint of the host key presented, one of the pins. */
  readonly hostKey: string;
  readonly features: RemoteFeatures;
  /** Does not follow a symbolic link. Throws `remote-directory-missing` rather than say that a name is free there. */
  look(name: string): Promise<Sighting>;
  /** Bytes an ordinary account may still write; undefined when the server does not tell. */
  freeBytes(): Promise<number | undefined>;
  /** Creates `name` (refusing an existing one: `temporary-taken`), mode 0600, writes, syncs if offered, closes. */
  upload(
    name: string,
    payload: AsyncIterable<Uint8Array>,
    sizeBytes: number,
    onProgress?: Progress,
  ): Promise<UploadResult>;
  readBack(name: string, maxBytes: number, onProgress?: Progress): Promise<ReadBack>;
  /** The plain rename of version 3: servers following it refuse an existing target. Looking first is the caller's duty. */
  rename(from: string, to: string): Promise<void>;
  /** Returns nothing also when the name is not there. */
  remove(name: string): Promise<void>;
  /** Never throws, never waits longer than a second. */
  close(): Promise<void>;
}

/**
 * Opens connections to recipients. The host key is compared with the pins before anything that authenticates us is
 * sent. Throws DeliveryFault (`host-key-missing`, `host-key-changed`, `peer-unavailable`, `authentication-refused`, …).
 */
export interface Courier {
  connect(
    endpoint: SftpEndpoint,
    credentials: SftpCredentials,
    signal?: AbortSignal,
  ): Promise<RemoteBox>;
}
