import { parseConfigurationDocument } from '../../domain/configuration/configuration-document.ts';
import type { ConfigurationDocument } from '../../domain/configuration/configuration-document.ts';
import { decodeBase64 } from '../../domain/tlog/base64.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import type { Clock } from '../workspace/clock.ts';
import type {
  Configuration,
  LoadedConfiguration,
  NewOfficer,
  NewRecipient,
  NewSender,
} from './configuration.ts';
import type { ConfigurationVersion, ConfigurationVersions } from './configuration-versions.ts';

/** The document that counts now. */
export interface InForce {
  readonly version: ConfigurationVersion;
  readonly document: ConfigurationDocument;
}

/**
 * The version that counts: of those whose time has come, the one adopted last. One that was seen to start stays even
 * if the clock goes back.
 */
export function versionInForce(
  versions: readonly ConfigurationVersion[],
  now: Date,
): ConfigurationVersion | undefined {
  return versions
    .filter(({ state, effectiveFrom, hasStarted }) => {
      if (state !== 'adopted' || effectiveFrom === undefined) return false;
      return hasStarted || effectiveFrom.getTime() <= now.getTime();
    })
    .toSorted((left, right) => (right.number ?? 0) - (left.number ?? 0))[0];
}

/** The version that was adopted and waits for its time. */
export function versionWaiting(
  versions: readonly ConfigurationVersion[],
  now: Date,
): ConfigurationVersion | undefined {
  const current = versionInForce(versions, now);
  return versions.find(
    ({ state, number }) => state === 'adopted' && (number ?? 0) > (current?.number ?? 0),
  );
}

/**
 * The configuration that acts go by: the approved one, and the files only until a first one was approved. Changes are
 * written into the files either way; afterwards they are a proposal.
 */
export class ConfigurationInForce implements Configuration {
  readonly #files: Configuration;
  readonly #versions: Pick<ConfigurationVersions, 'list' | 'document'>;
  readonly #clock: Clock;
  #last: InForce | undefined;

  constructor(
    files: Configuration,
    versions: Pick<ConfigurationVersions, 'list' | 'document'>,
    clock: Clock,
  ) {
    this.#files = files;
    this.#versions = versions;
    this.#clock = clock;
  }

  /** Undefined before the first approval. Throws `configuration-damaged`. */
  async inForce(): Promise<InForce | undefined> {
    const version = versionInForce(await this.#versions.list(), this.#clock.now());
    if (version === undefined) return undefined;
    if (this.#last?.version.digest !== version.digest) {
      const bytes = await this.#versions.document(version.digest);
      this.#last = { version, document: parseConfigurationDocument(bytes, version.digest) };
    }
    return this.#last;
  }

  async load(): Promise<LoadedConfiguration> {
    const found = await this.inForce();
    if (found === undefined) return this.#files.load();
    const { settings, recipients, officers, senders } = found.document;
    const { digest } = found.version;
    return { settings, recipients, officers, senders, digest, isApproved: true };
  }

  async readCertificate(path: string): Promise<Uint8Array> {
    const found = await this.inForce();
    if (found === undefined) return this.#files.readCertificate(path);
    const bytes = decodeBase64(found.document.certificates[path] ?? '');
    if (bytes === undefined || bytes.length === 0) {
      throw new WorkspaceFault('config-file-missing', { file: path });
    }
    return bytes;
  }

  addRecipient(entry: NewRecipient, certificate: Uint8Array): Promise<LoadedConfiguration> {
    return this.#files.addRecipient(entry, certificate);
  }

  updateRecipient(entry: NewRecipient, certificate?: Uint8Array): Promise<LoadedConfiguration> {
    return this.#files.updateRecipient(entry, certificate);
  }

  disableRecipient(id: string): Promise<LoadedConfiguration> {
    return this.#files.disableRecipient(id);
  }

  addOfficer(entry: NewOfficer, certificate: Uint8Array): Promise<LoadedConfiguration> {
    return this.#files.addOfficer(entry, certificate);
  }

  disableOfficer(id: string): Promise<LoadedConfiguration> {
    return this.#files.disableOfficer(id);
  }

  addSender(entry: NewSender, certificate: Uint8Array): Promise<LoadedConfiguration> {
    return this.#files.addSender(entry, certificate);
  }

  disableSender(id: string): Promise<LoadedConfiguration> {
    return this.#files.disableSender(id);
  }
}
