import { DecisionFault } from '../domain/handoff/decision-errors.ts';
import type { RecipientEntry } from '../domain/recipients/recipient.ts';
import type { ActRecord } from './act-record.ts';
import type { Certificate, Certificates } from './certificates.ts';
import type { Clock } from './clock.ts';
import type { Configuration, NewRecipient } from './configuration.ts';
import type { LogBook } from './log-book.ts';
import { pinCertificate } from './pin-certificate.ts';
import type { Profiles } from './profiles.ts';
import type { WorkspaceFacts } from './workspace-facts.ts';

interface Ports {
  readonly origin: string;
  readonly facts: WorkspaceFacts;
  readonly configuration: Configuration;
  readonly certificates: Certificates;
  readonly profiles: Profiles;
  readonly log: LogBook;
  readonly clock: Clock;
}

/** A recipient as a command describes it; the encryption subkey is read from the certificate and pinned with it. */
export type RecipientRequest = Omit<NewRecipient, 'encryption_subkey' | 'confirmed_at'>;

/**
 * Adds a recipient: one certificate whose fingerprint was confirmed, one endpoint with pinned host keys or a folder,
 * one format profile. Throws `certificate-*`, `config-*`, `profile-unknown`, `endpoint-shared`.
 */
export async function addRecipient(
  ports: Ports,
  request: {
    readonly entry: RecipientRequest;
    readonly certificate: Uint8Array;
    readonly actor: string | undefined;
  },
): Promise<Certificate> {
  const { entry, certificate } = await examined(ports, request.entry, request.certificate);
  await ports.log.append(recipientAct(ports, 'recipient-add', entry, request.actor), () =>
    ports.configuration.addRecipient(entry, new TextEncoder().encode(certificate.armored)),
  );
  return certificate;
}

/** Replaces what a recipient is known by; plans made before no longer hold. Throws as `addRecipient`. */
export async function updateRecipient(
  ports: Ports,
  request: {
    readonly entry: RecipientRequest;
    /** Absent: the stored certificate stays. */
    readonly certificate: Uint8Array | undefined;
    readonly actor: string | undefined;
  },
): Promise<Certificate> {
  const { recipients } = await ports.configuration.load();
  const known = recipients.find(({ id }) => id === request.entry.id);
  const bytes =
    request.certificate ??
    (known === undefined
      ? new Uint8Array(0)
      : await ports.configuration.readCertificate(known.certificate));
  const { entry, certificate } = await examined(ports, request.entry, bytes);
  await ports.log.append(recipientAct(ports, 'recipient-update', entry, request.actor), () =>
    ports.configuration.updateRecipient(
      entry,
      request.certificate === undefined ? undefined : new TextEncoder().encode(certificate.armored),
    ),
  );
  return certificate;
}

/** Nothing is sent to a disabled recipient, also not what was approved. Throws `config-id-unknown`, `reason-required`. */
export async function disableRecipient(
  ports: Ports,
  request: {
    readonly id: string;
    readonly reason: string | undefined;
    readonly actor: string | undefined;
  },
): Promise<void> {
  const { id, reason, actor } = request;
  if (reason === undefined || reason === '') {
    throw new DecisionFault('reason-required', { act: 'disable' });
  }
  const act: ActRecord = {
    draft: {
      actor: actor ?? 'system',
      act: 'recipient-disable',
      result: 'done',
      origin: ports.origin,
      object: `recipient:${id}`,
      data: { recipient: id },
    },
    texts: { reason },
  };
  await ports.log.append(act, () => ports.configuration.disableRecipient(id));
}

async function examined(
  ports: Ports,
  request: RecipientRequest,
  bytes: Uint8Array,
): Promise<{ entry: NewRecipient; certificate: Certificate }> {
  const at = ports.clock.now();
  const certificate = await pinCertificate(ports, request.id, bytes, {
    fingerprint: request.fingerprint,
    purpose: 'encrypt',
    allow: (request.allow ?? []).map(({ weakness }) => weakness),
  });
  if (request.profile !== undefined) await ports.profiles.get(request.profile);
  const entry = {
    ...request,
    fingerprint: certificate.fingerprint,
    encryption_subkey: certificate.encryptionSubkey?.fingerprint ?? '',
    confirmed_at: at.toISOString(),
  };
  return { entry, certificate };
}

function recipientAct(
  ports: Ports,
  act: 'recipient-add' | 'recipient-update',
  entry: NewRecipient,
  actor: string | undefined,
): ActRecord {
  return {
    draft: {
      actor: actor ?? 'system',
      act,
      result: 'done',
      origin: ports.origin,
      object: `recipient:${entry.id}`,
      data: {
        recipient: entry.id,
        fingerprint: entry.fingerprint,
        subkey: entry.encryption_subkey,
        confirmedAt: entry.confirmed_at,
        endpoints: entry.endpoints.length,
        hostKeys: hostKeysOf(entry),
        profile: entry.profile,
        layout: entry.layout,
        lists: entry.lists,
        weaknesses: (entry.allow ?? []).map(({ weakness }) => weakness),
        algorithms: algorithmsOf(entry),
      },
    },
    texts: {
      confirmedBy: entry.confirmed_by,
      ...(entry.name === undefined ? {} : { name: entry.name }),
    },
  };
}

/** Weak algorithms that were allowed; nothing where there are none. */
function algorithmsOf(entry: Pick<RecipientEntry, 'endpoints'>): string[] | undefined {
  const allowed = entry.endpoints.flatMap((endpoint) =>
    endpoint.kind === 'sftp' ? (endpoint.allow_algorithms ?? []) : [],
  );
  return allowed.length === 0 ? undefined : allowed.map(({ algorithm }) => algorithm);
}

function hostKeysOf(entry: Pick<RecipientEntry, 'endpoints'>): string[] {
  return entry.endpoints.flatMap((endpoint) =>
    endpoint.kind === 'sftp' ? endpoint.host_keys.map((key) => key.replace(/=$/, '')) : [],
  );
}
