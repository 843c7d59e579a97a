import { fingerprintOfLine } from '../../domain/recipients/pickup-key.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import type { ActRecord } from './act-record.ts';
import type { Certificate, Certificates } from '../keys/certificates.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration, NewOfficer, NewSender } from '../configuration/configuration.ts';
import type { LogBook } from '../audit/log-book.ts';
import { pinCertificate } from '../keys/pin-certificate.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';

interface Ports {
  readonly origin: string;
  readonly facts: WorkspaceFacts;
  readonly configuration: Configuration;
  readonly certificates: Certificates;
  readonly log: LogBook;
  readonly clock: Clock;
}

/** Adds an officer with a certificate that can sign. Throws `certificate-*`, `config-*`. Returns what was pinned. */
export async function addOfficer(
  ports: Ports,
  request: {
    readonly entry: NewOfficer;
    readonly certificate: Uint8Array;
    readonly actor: string | undefined;
  },
): Promise<Certificate> {
  const { entry, actor } = request;
  const certificate = await pinCertificate(ports, entry.id, request.certificate, {
    fingerprint: entry.fingerprint,
    purpose: 'sign',
    allow: [],
  });
  const act: ActRecord = {
    draft: {
      actor: actor ?? 'system',
      act: 'officer-add',
      result: 'done',
      origin: ports.origin,
      object: `officer:${entry.id}`,
      data: { officer: entry.id, roles: entry.roles, fingerprint: certificate.fingerprint },
    },
    texts: { name: entry.name },
  };
  await ports.log.append(act, () =>
    ports.configuration.addOfficer(
      { ...entry, fingerprint: certificate.fingerprint },
      new TextEncoder().encode(certificate.armored),
    ),
  );
  return certificate;
}

/** Adds a sender whose signature on an encrypted source is believed. Throws as `addOfficer`. */
export async function addSender(
  ports: Ports,
  request: {
    readonly entry: NewSender;
    readonly certificate: Uint8Array;
    readonly actor: string | undefined;
  },
): Promise<Certificate> {
  const { entry, actor } = request;
  const allow = (entry.allow ?? []).map(({ weakness }) => weakness);
  const keys = entry.pickup_keys ?? [];
  const certificate = await pinCertificate(ports, entry.id, request.certificate, {
    fingerprint: entry.fingerprint,
    purpose: 'sign',
    allow,
  });
  const act: ActRecord = {
    draft: {
      actor: actor ?? 'system',
      act: 'sender-add',
      result: 'done',
      origin: ports.origin,
      object: `sender:${entry.id}`,
      data: {
        ...{ sender: entry.id, fingerprint: certificate.fingerprint },
        ...(keys.length === 0 ? {} : { keys: keys.map(fingerprintOfLine) }),
      },
    },
    texts: { name: entry.name },
  };
  await ports.log.append(act, () =>
    ports.configuration.addSender(
      { ...entry, fingerprint: certificate.fingerprint },
      new TextEncoder().encode(certificate.armored),
    ),
  );
  return certificate;
}

/**
 * Disables an officer or a sender, with a reason. What they signed stays; nothing new by them is accepted. Throws
 * `config-id-unknown`, `reason-required`.
 */
export async function disablePerson(
  ports: Ports,
  request: {
    readonly kind: 'officer' | 'sender';
    readonly id: string;
    readonly reason: string | undefined;
    readonly actor: string | undefined;
  },
): Promise<void> {
  const { kind, id, reason, actor } = request;
  if (reason === undefined || reason === '') {
    throw new DecisionFault('reason-required', { act: 'disable' });
  }
  const base = {
    actor: actor ?? 'system',
    result: 'done',
    origin: ports.origin,
    object: `${kind}:${id}`,
  } as const;
  if (kind === 'officer') {
    await ports.log.append(
      { draft: { ...base, act: 'officer-disable', data: { officer: id } }, texts: { reason } },
      () => ports.configuration.disableOfficer(id),
    );
  } else {
    await ports.log.append(
      { draft: { ...base, act: 'sender-disable', data: { sender: id } }, texts: { reason } },
      () => ports.configuration.disableSender(id),
    );
  }
}
