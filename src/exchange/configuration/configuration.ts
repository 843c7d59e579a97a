import type { z } from 'zod';
import type { Recipient, RecipientEntry } from '../../domain/recipients/recipient.ts';
import type { Officer, OfficerEntry } from '../../domain/workspace/officer.ts';
import type { Sender, SenderEntry } from '../../domain/workspace/sender.ts';
import type { Settings } from '../../domain/workspace/settings.ts';

/** What the workspace goes by, or what its `config/` says, checked as a whole. */
export interface LoadedConfiguration {
  readonly settings: Settings;
  readonly recipients: readonly Recipient[];
  readonly officers: readonly Officer[];
  readonly senders: readonly Sender[];
  /** Of the approved document; of files, SHA-256 in hex over the names and bytes of all four. */
  readonly digest: string;
  /** Whether it is a version that was approved, and not what the files happen to say. */
  readonly isApproved: boolean;
}

/** An entry as a command gives it: the certificate's place in the workspace is decided by the configuration. */
export type NewRecipient = Omit<RecipientEntry, 'certificate'>;
export type NewOfficer = Omit<OfficerEntry, 'certificate'>;
export type NewSender = Omit<SenderEntry, 'certificate'>;

/**
 * Where the certificate of an officer is kept beside their entry, whatever becomes of that: until a configuration is
 * approved a person may put another one in its place, and what was signed before has to be checked all the same.
 */
export function keptCertificate(fingerprint: string): string {
  return `keys/officers/${fingerprint}.asc`;
}

/**
 * Who and what this workspace deals with. The files belong to people: a change rewrites only the entry it is about
 * and leaves every other byte and comment as it stands. Each act reads and checks all files again, writes at most
 * one of them whole or not at all, and returns the new state.
 *
 * Certificates come as the bytes of a file that the caller has examined; they are stored under
 * `keys/{recipients,officers,senders}/<id>.asc`, that of an officer as `keptCertificate` says as well.
 *
 * @throws WorkspaceFault `config-*` for what is wrong with a file, `disk-full`, `file-write-failed`;
 * RecipientsFault `endpoint-shared`
 */
export interface Configuration {
  load(): Promise<LoadedConfiguration>;

  /** The certificate file of an entry. `path` is the entry's `certificate`. */
  readCertificate(path: string): Promise<Uint8Array>;

  addRecipient(entry: NewRecipient, certificate: Uint8Array): Promise<LoadedConfiguration>;
  /** Replaces an entry; without `certificate` the stored one stays. */
  updateRecipient(entry: NewRecipient, certificate?: Uint8Array): Promise<LoadedConfiguration>;
  disableRecipient(id: string): Promise<LoadedConfiguration>;

  addOfficer(entry: NewOfficer, certificate: Uint8Array): Promise<LoadedConfiguration>;
  disableOfficer(id: string): Promise<LoadedConfiguration>;

  addSender(entry: NewSender, certificate: Uint8Array): Promise<LoadedConfiguration>;
  disableSender(id: string): Promise<LoadedConfiguration>;
}

/**
 * Reads other TOML files that people write (incidents, source specs, profiles) against their schema.
 *
 * @throws WorkspaceFault `config-*`
 */
export interface TableReader {
  read<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>>;
}
