import type { SftpCredentials, SftpEndpoint } from '../delivery/courier.ts';

/** What stands under a name of a recipient's directory. */
export interface FoundName {
  readonly sizeBytes: number;
  readonly isFile: boolean;
}

/**
 * The directory into which a recipient puts answers on their own server. Everything it tells was chosen by the other side.
 * Every method throws DeliveryFault where the connection ends or the server does not follow the protocol.
 */
export interface AnswerFolder {
  /** In no order, as they are told; at most `max`, and whether there are more. Throws `remote-directory-missing`. */
  names(max: number): Promise<{ readonly names: readonly string[]; readonly isCut: boolean }>;
  /** Does not follow a symbolic link. Undefined: nothing is there, or it is not shown. */
  look(name: string): Promise<FoundName | undefined>;
  /** Hands out the file from its beginning, `maxBytes` of it at most. Whether it could be read. */
  read(
    name: string,
    maxBytes: number,
    take: (bytes: Uint8Array) => Promise<void>,
  ): Promise<boolean>;
  /** Whether nothing is there any more. */
  remove(name: string): Promise<boolean>;
  /** Never throws, never waits longer than a second. */
  close(): Promise<void>;
}

/** Opens such directories, with the pins and login of a delivery. Throws DeliveryFault as `Courier.connect` does. */
export interface AnswerFolders {
  open(
    endpoint: SftpEndpoint,
    credentials: SftpCredentials,
    signal?: AbortSignal,
  ): Promise<AnswerFolder>;
}
