import { encodeCanonicalJson } from '../../domain/canonical-json.ts';
import type { Json } from '../../domain/canonical-json.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { digestOf } from '../../domain/handoff/plan.ts';
import { RecipientsFault } from '../../domain/recipients/errors.ts';
import { recipientSchema } from '../../domain/recipients/recipient.ts';
import type { Recipient, RecipientEntry } from '../../domain/recipients/recipient.ts';
import { unconfirmedChange } from '../../domain/recipients/unconfirmed-change.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import type { Officer } from '../../domain/workspace/officer.ts';
import type { ActRecord } from '../acts/act-record.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { Certificate, Certificates } from '../keys/certificates.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration, NewRecipient } from '../configuration/configuration.ts';
import type { LogBook } from '../audit/log-book.ts';
import { pinCertificate } from '../keys/pin-certificate.ts';
import type { AnswerFormats, Profiles } from '../configuration/profiles.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';

interface Ports {
  readonly origin: string;
  readonly facts: WorkspaceFacts;
  readonly configuration: Configuration;
  /** What the files say: a change is made to them, whatever is in force. */
  readonly proposal: Pick<Configuration, 'load' | 'readCertificate'>;
  readonly certificates: Certificates;
  readonly profiles: Profiles;
  readonly answerFormats: Pick<AnswerFormats, 'get'>;
  readonly log: LogBook;
  readonly clock: Clock;
}

/** A recipient as a command describes it; the encryption subkey is read from the certificate and pinned with it. */
export type RecipientRequest = Omit<NewRecipient, 'encryption_subkey' | 'confirmed_at'>;

interface Acting {
  readonly actor: string | undefined;
  /** Why, in the person's words; kept outside the leaf. */
  readonly reason?: string | undefined;
}

/**
 * Adds a recipient: one certificate whose fingerprint was confirmed, one endpoint with pinned host keys or a folder,
 * one format profile. Throws `certificate-*`, `config-*`, `profile-unknown`, `endpoint-shared`, and once there are
 * officers what `actingOfficer` throws.
 */
export async function addRecipient(
  ports: Ports,
  request: Acting & { readonly entry: RecipientRequest; readonly certificate: Uint8Array },
): Promise<Certificate> {
  const { officers } = await ports.configuration.load();
  const actor = actorOf(ports, officers, request.actor);
  const examined = await examine(ports, request.entry, request.certificate);
  const { certificate } = examined;
  const entry = { ...examined.entry, confirmed_at: ports.clock.now().toISOString() };
  const act = recipientAct(ports, 'recipient-add', entry, { actor, reason: request.reason });
  await ports.log.append(act, () =>
    ports.configuration.addRecipient(entry, new TextEncoder().encode(certificate.armored)),
  );
  return certificate;
}

/**
 * Replaces what a recipient is known by; plans made before no longer hold. A certificate, host key or address that was
 * not confirmed before needs `confirmedBy`; else who confirmed it, and when, stays as it was.
 *
 * Throws as `addRecipient`, `config-id-unknown` and `recipient-unconfirmed`.
 */
export async function updateRecipient(
  ports: Ports,
  request: Acting & {
    readonly entry: Omit<RecipientRequest, 'confirmed_by'>;
    /** With whom what is new was compared, and how. */
    readonly confirmedBy: string | undefined;
    /** Absent: the stored certificate stays. */
    readonly certificate: Uint8Array | undefined;
  },
): Promise<Certificate> {
  const { officers } = await ports.configuration.load();
  const { recipients } = await ports.proposal.load();
  const actor = actorOf(ports, officers, request.actor);
  const { id } = request.entry;
  const known = recipients.find((recipient) => recipient.id === id);
  if (known === undefined) {
    throw new WorkspaceFault('config-id-unknown', { file: 'config/recipients.toml', id });
  }
  const bytes = request.certificate ?? (await ports.proposal.readCertificate(known.certificate));
  const examined = await examine(ports, request.entry, bytes);
  const { certificate } = examined;
  const confirmation = confirmationOf(ports, known, examined.entry, request.confirmedBy);
  const entry = { ...examined.entry, ...confirmation };
  const act = recipientAct(ports, 'recipient-update', entry, { actor, reason: request.reason });
  await ports.log.append(act, () =>
    ports.configuration.updateRecipient(
      entry,
      request.certificate === undefined ? undefined : new TextEncoder().encode(certificate.armored),
    ),
  );
  return certificate;
}

/** The first recipient of a workspace may come before its first officer. */
function actorOf(ports: Ports, officers: readonly Officer[], id: string | undefined): string {
  if (officers.length === 0 && id === undefined) return 'system';
  return actingOfficer(officers, id, 'officer', ports.clock.now()).id;
}

function confirmationOf(
  ports: Ports,
  known: Recipient,
  entry: Parameters<typeof unconfirmedChange>[1],
  confirmedBy: string | undefined,
): Pick<NewRecipient, 'confirmed_by' | 'confirmed_at'> {
  if (confirmedBy !== undefined) {
    return { confirmed_by: confirmedBy, confirmed_at: ports.clock.now().toISOString() };
  }
  const changed = unconfirmedChange(known, entry);
  if (changed !== undefined) {
    throw new RecipientsFault('recipient-unconfirmed', { recipient: known.id, part: changed });
  }
  return { confirmed_by: known.confirmed_by, confirmed_at: known.confirmed_at };
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

async function examine<Entry extends Omit<RecipientRequest, 'confirmed_by'>>(
  ports: Ports,
  request: Entry,
  bytes: Uint8Array,
): Promise<{
  entry: Entry & Pick<NewRecipient, 'fingerprint' | 'encryption_subkey'>;
  certificate: Certificate;
}> {
  const certificate = await pinCertificate(ports, request.id, bytes, {
    fingerprint: request.fingerprint,
    purpose: 'encrypt',
    allow: (request.allow ?? []).map(({ weakness }) => weakness),
  });
  if (request.profile !== undefined) await ports.profiles.get(request.profile);
  const format = request.answers?.format;
  if (format !== undefined) await ports.answerFormats.get(format);
  const entry = {
    ...request,
    fingerprint: certificate.fingerprint,
    encryption_subkey: certificate.encryptionSubkey?.fingerprint ?? '',
  };
  return { entry, certificate };
}

function recipientAct(
  ports: Ports,
  act: 'recipient-add' | 'recipient-update',
  entry: NewRecipient,
  { actor, reason }: { readonly actor: string; readonly reason: string | undefined },
): ActRecord {
  return {
    draft: {
      actor,
      act,
      result: 'done',
      origin: ports.origin,
      object: `recipient:${entry.id}`,
      data: {
        recipient: entry.id,
        fingerprint: entry.fingerprint,
        subkey: entry.encryption_subkey,
        confirmedAt: new Date(entry.confirmed_at).toISOString(),
        endpoints: entry.endpoints.length,
        hostKeys: hostKeysOf(entry),
        profile: entry.profile,
        layout: entry.layout,
        lists: entry.lists,
        weaknesses: (entry.allow ?? []).map(({ weakness }) => weakness),
        algorithms: algorithmsOf(entry),
        entrySha256: entryDigest(entry),
      },
    },
    texts: {
      confirmedBy: entry.confirmed_by,
      ...(entry.name === undefined ? {} : { name: entry.name }),
      ...(reason === undefined || reason === '' ? {} : { reason }),
    },
  };
}

/**
 * SHA-256 over the canonical JSON of the entry as it will be loaded, with its defaults: whatever the leaf does not
 * name (host, directory, names, control file, reasons) is bound by it. Nothing for an entry that will be refused.
 */
function entryDigest(entry: NewRecipient): string | undefined {
  const whole = { ...entry, certificate: `keys/recipients/${entry.id}.asc` };
  const read = recipientSchema.safeParse(whole);
  if (!read.success) return undefined;
  return digestOf(encodeCanonicalJson(JSON.parse(JSON.stringify(read.data)) as Json));
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
