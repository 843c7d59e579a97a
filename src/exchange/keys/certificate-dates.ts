import { isFault } from '../../domain/fault.ts';
import type { Certificates } from './certificates.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';

/** A pinned certificate, when it ends, and why it is not good now (a fault code), if it is not. */
export interface CertificateDate {
  readonly kind: 'recipient' | 'officer' | 'sender';
  readonly id: string;
  readonly fingerprint: string;
  /** '' for a certificate that could not be read. */
  readonly algorithm: string;
  readonly expiresAt: Date | undefined;
  /** Whole days, negative when past; 0 for a certificate that is not good for another reason; undefined without an end. */
  readonly daysLeft: number | undefined;
  readonly problem: string | undefined;
}

const dayMs = 86_400_000;

/** Looks at every enabled certificate. A bad one is a value here, not an error: the others have to be seen too. */
export async function certificateDates(ports: {
  readonly configuration: Configuration;
  readonly certificates: Certificates;
  readonly clock: Clock;
}): Promise<readonly CertificateDate[]> {
  const { configuration, certificates, clock } = ports;
  const { recipients, officers, senders } = await configuration.load();
  const now = clock.now();
  const all = [
    ...recipients.map((entry) => ({ kind: 'recipient' as const, allow: entry.allow, entry })),
    ...officers.map((entry) => ({ kind: 'officer' as const, allow: [], entry })),
    ...senders.map((entry) => ({ kind: 'sender' as const, allow: entry.allow, entry })),
  ].filter(({ entry }) => entry.state === 'enabled');
  return Promise.all(
    all.map(async ({ kind, allow, entry }): Promise<CertificateDate> => {
      const base = { kind, id: entry.id, fingerprint: entry.fingerprint };
      try {
        const { algorithm, expiresAt } = await certificates.inspect(
          await configuration.readCertificate(entry.certificate),
          {
            fingerprint: entry.fingerprint,
            purpose: kind === 'recipient' ? 'encrypt' : 'sign',
            allow: allow.map(({ weakness }) => weakness),
            at: now,
          },
        );
        const daysLeft =
          expiresAt === undefined
            ? undefined
            : Math.floor((expiresAt.getTime() - now.getTime()) / dayMs);
        return { ...base, algorithm, expiresAt, daysLeft, problem: undefined };
      } catch (error) {
        const problem = isFault(error) ? error.code : 'internal';
        return { ...base, algorithm: '', expiresAt: undefined, daysLeft: 0, problem };
      }
    }),
  );
}
