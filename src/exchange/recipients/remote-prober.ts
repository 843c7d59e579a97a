import type { SftpCredentials, SftpEndpoint } from '../delivery/courier.ts';

/** What a server was seen to do in a probe directory. */
export interface ProbeFindings {
  /** Fingerprint of the host key presented, one of the pins. */
  readonly hostKey: string;
  /** A second exclusive create of one name is refused, as it should be. */
  readonly isCreateExclusive: boolean;
  /** fsync@openssh.com was asked for and answered; false where it is not offered. */
  readonly canSync: boolean;
  readonly readBack: 'same' | 'different' | 'refused';
  /** Looking at one name (lstat). */
  readonly canLook: boolean;
  /** Listing the directory shows our file. */
  readonly canList: boolean;
  readonly canRename: boolean;
  /** A file whose name starts with a dot can be made, as temporary files have it by default. */
  readonly takesDotNames: boolean;
  /** Whether a rename destroys a file that stands under the new name. */
  readonly renameOntoExisting: 'refused' | 'overwrites' | 'not-tried';
  /** Bytes an ordinary account may still write; undefined when the server does not tell. */
  readonly freeBytes: number | undefined;
  /** As announced by limits@openssh.com; 0 is "no limit told". */
  readonly limits:
    | { readonly readBytes: number; readonly writeBytes: number; readonly openHandles: number }
    | undefined;
  /** The largest single write that was seen to arrive whole; 0 when none was. */
  readonly writeBytesMax: number;
  /** Names that could not be removed again. Empty as a rule. */
  readonly left: readonly string[];
}

/**
 * Measures an SFTP server by making, renaming and removing small files in one directory.
 *
 * `endpoint.directory` is the probe directory; nothing is touched outside it. Every file is named after `prefix` and
 * removed at the end, on a new connection if the first one broke. Throws DeliveryFault as `Courier.connect` does, and
 * when not even one file can be created there; RecipientsFault `probe-directory-shared` when the server says that it is
 * the directory files are delivered to.
 */
export interface RemoteProber {
  probe(
    endpoint: SftpEndpoint,
    credentials: SftpCredentials,
    names: { readonly prefix: string; readonly deliveryDirectory: string },
    signal?: AbortSignal,
  ): Promise<ProbeFindings>;
}
