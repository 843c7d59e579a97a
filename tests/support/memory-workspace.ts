import type { z } from 'zod';

import { recipientSchema } from '../../src/domain/recipients/recipient.ts';
import type { Recipient, RecipientEntry } from '../../src/domain/recipients/recipient.ts';
import { digestOf } from '../../src/domain/handoff/plan.ts';
import { officerSchema } from '../../src/domain/workspace/officer.ts';
import type { Officer, OfficerEntry } from '../../src/domain/workspace/officer.ts';
import { settingsSchema } from '../../src/domain/workspace/settings.ts';
import type { Sender } from '../../src/domain/workspace/sender.ts';
import type { Settings } from '../../src/domain/workspace/settings.ts';
import { OpenpgpFault } from '../../src/edge/openpgp/errors.ts';
import type { Certificate, Certificates } from '../../src/exchange/keys/certificates.ts';
import type {
  Configuration,
  LoadedConfiguration,
} from '../../src/exchange/configuration/configuration.ts';
import type { Signatures } from '../../src/exchange/acts/signatures.ts';
import type { WorkspaceFolder } from '../../src/exchange/workspace/workspace-folder.ts';
import { fingerprintOf, recipientEntry } from './recipient-entry.ts';

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** An officer; `number` makes id and certificate, which is no more than its fingerprint here. */
export function testOfficer(id: string, number: number, more: Partial<OfficerEntry> = {}): Officer {
  const fingerprint = fingerprintOf(number);
  const certificate = `keys/officers/${fingerprint}`;
  const roles = id.startsWith('approver') ? (['approver'] as const) : (['officer'] as const);
  return officerSchema.parse({
    ...{ id, name: id, roles: [...roles], certificate, fingerprint },
    ...more,
  });
}

function testRecipient(changes: Partial<RecipientEntry> = {}): Recipient {
  return recipientSchema.parse(recipientEntry(changes));
}

/** `config/` as values that a test changes; a certificate is the fingerprint in its path. */
export class MemoryConfiguration implements Configuration {
  settings: Settings = settingsSchema.parse({
    workspace: { id: 'drill-1', mode: 'drill', organisation: 'Example Shop K.K.' },
    log: { origin: 'example.com/log' },
  });
  officers: Officer[] = [
    testOfficer('officer-1', 11),
    testOfficer('officer-2', 12),
    testOfficer('approver-1', 21),
    testOfficer('approver-2', 22),
  ];
  recipients: Recipient[] = [
    testRecipient(),
    testRecipient({
      ...{ id: 'amex', certificate: 'keys/recipients/amex.asc', fingerprint: fingerprintOf(3) },
      ...{
        encryption_subkey: fingerprintOf(4),
        endpoints: [{ kind: 'manual', directory: '/out' }],
      },
    }),
  ];
  senders: Sender[] = [];
  isApproved = true;
  /** Set to make every change fail. */
  fault: Error | undefined;
  readonly changes: string[] = [];

  load(): Promise<LoadedConfiguration> {
    const { settings, officers, recipients } = this;
    const digest = 'e'.repeat(64);
    const { senders, isApproved } = this;
    return Promise.resolve({ settings, officers, recipients, senders, digest, isApproved });
  }

  inForce = (): Promise<undefined> => Promise.resolve(undefined);

  readCertificate(path: string): Promise<Uint8Array> {
    return Promise.resolve(bytesOf(path.split('/').at(-1) ?? ''));
  }

  changeRecipient(id: string, changes: Partial<Recipient>): void {
    this.recipients = this.recipients.map((entry) =>
      entry.id === id ? { ...entry, ...changes } : entry,
    );
  }

  changeOfficer(id: string, changes: Partial<Officer>): void {
    this.officers = this.officers.map((entry) =>
      entry.id === id ? { ...entry, ...changes } : entry,
    );
  }

  addRecipient = (entry: { id: string }): Promise<LoadedConfiguration> => this.#change(entry.id);
  updateRecipient = (entry: { id: string }): Promise<LoadedConfiguration> => this.#change(entry.id);
  disableRecipient = (id: string): Promise<LoadedConfiguration> => this.#change(id);
  addOfficer = (entry: { id: string }): Promise<LoadedConfiguration> => this.#change(entry.id);
  disableOfficer = (id: string): Promise<LoadedConfiguration> => this.#change(id);
  addSender = (entry: { id: string }): Promise<LoadedConfiguration> => this.#change(entry.id);
  disableSender = (id: string): Promise<LoadedConfiguration> => this.#change(id);

  #change(id: string): Promise<LoadedConfiguration> {
    if (this.fault !== undefined) return Promise.reject(this.fault);
    this.changes.push(id);
    return this.load();
  }
}

/** Signatures that name key and statement in clear: `<fingerprint>:<sha256>`. A key is its fingerprint. */
export const plainSignatures: Signatures = {
  isProtected: () => Promise.resolve(false),
  signDetached: (statement, key) =>
    Promise.resolve(bytesOf(`${textOf(key.bytes)}:${digestOf(statement)}`)),
  verifyDetached: (statement, signature, certificate) => {
    const [fingerprint = '', digest = ''] = textOf(signature).split(':');
    if (!/^[0-9A-F]{40}$/.test(fingerprint)) {
      return Promise.reject(new OpenpgpFault('signature-malformed'));
    }
    if (fingerprint !== textOf(certificate)) {
      return Promise.reject(new OpenpgpFault('signature-not-theirs'));
    }
    if (digest !== digestOf(statement)) return Promise.reject(new OpenpgpFault('signature-wrong'));
    return Promise.resolve({ fingerprint, signedAt: new Date(0) });
  },
};

/** Every certificate is good until a test says when it ends, or what is wrong with it. */
export class MemoryCertificates implements Certificates {
  readonly ends = new Map<string, Date>();
  readonly faults = new Map<string, Error>();

  inspect(
    bytes: Uint8Array,
    { fingerprint }: { readonly fingerprint: string },
  ): Promise<Certificate> {
    const fault = this.faults.get(fingerprint);
    if (fault !== undefined) return Promise.reject(fault);
    return Promise.resolve({
      fingerprint,
      userIds: [],
      algorithm: 'RSA-4096',
      createdAt: new Date(0),
      expiresAt: this.ends.get(fingerprint),
      encryptionSubkey: {
        ...{ fingerprint: fingerprintOf(2), keyId: 'A'.repeat(16), algorithm: 'RSA-4096' },
        expiresAt: undefined,
      },
      weaknesses: [],
      armored: textOf(bytes),
    });
  }

  stillGood({ fingerprint }: Certificate): Promise<void> {
    const fault = this.faults.get(`still ${fingerprint}`);
    return fault === undefined ? Promise.resolve() : Promise.reject(fault);
  }
}

/** The folder of a workspace as maps. */
export class MemoryFolder implements WorkspaceFolder {
  readonly root = '/workspace';
  readonly outbox = '/workspace/data/outbox';
  readonly workspaceKeyPath = '/workspace/keys/workspace.key.json';
  openpgpKeyPath(number: number): string {
    return `/workspace/keys/openpgp-${number}.private.asc`;
  }
  readonly sealed = new Map<string, Uint8Array>();
  /** By `handoff/name`. */
  readonly documents = new Map<string, Uint8Array>();
  issuers: string | undefined;
  /** Set to make every write fail. */
  fault: Error | undefined;

  issuerTable(): Promise<{ path: string; text: string; sha256: string } | undefined> {
    const text = this.issuers;
    if (text === undefined) return Promise.resolve(undefined);
    return Promise.resolve({ path: '/issuers.csv', text, sha256: digestOf(bytesOf(text)) });
  }

  replaceIssuerTable(text: string): Promise<void> {
    if (this.fault !== undefined) return Promise.reject(this.fault);
    this.issuers = text;
    return Promise.resolve();
  }

  putDocument(handoff: string, name: string, bytes: Uint8Array): Promise<string> {
    if (this.fault !== undefined) return Promise.reject(this.fault);
    this.documents.set(`${handoff}/${name}`, bytes);
    return Promise.resolve(`/workspace/data/handoffs/${handoff}/${name}`);
  }

  readDocument(handoff: string, name: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.documents.get(`${handoff}/${name}`));
  }

  putConfigurationDocument = (digest: string, name: string, bytes: Uint8Array): Promise<string> =>
    this.putDocument(digest, name, bytes);

  readConfigurationDocument = (digest: string, name: string): Promise<Uint8Array | undefined> =>
    this.readDocument(digest, name);

  removeDocuments(handoff: string): Promise<void> {
    for (const name of this.documents.keys()) {
      if (name.startsWith(`${handoff}/`)) this.documents.delete(name);
    }
    return Promise.resolve();
  }

  outboxFiles(): Promise<readonly string[]> {
    return Promise.resolve([...this.sealed.keys()]);
  }

  removeFromOutbox(name: string): Promise<void> {
    this.sealed.delete(name);
    return Promise.resolve();
  }

  async *readSealed(name: string): AsyncGenerator<Uint8Array> {
    const bytes = await Promise.resolve(this.sealed.get(name));
    if (bytes === undefined) throw new Error('no such sealed file');
    yield bytes;
  }
}

/** Tables that people would write, by their path. */
export class MemoryTables {
  readonly tables = new Map<string, unknown>();

  read<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
    return Promise.resolve(schema.parse(this.tables.get(path)));
  }
}
