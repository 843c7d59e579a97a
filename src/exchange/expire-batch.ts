import { isFault } from '../domain/fault.ts';
import type { PlannedBatch } from '../domain/handoff/plan.ts';
import type { Recipient } from '../domain/recipients/recipient.ts';
import type { Certificates } from './certificates.ts';
import type { Clock } from './clock.ts';
import type { Configuration } from './configuration.ts';
import { DeliveryFault } from './delivery-errors.ts';
import type { DeliveryEvidence, DeliveryJournal } from './delivery-journal.ts';
import { LEASE_MS } from './delivery-lease.ts';
import type { DeliveryReport } from './delivery-lease.ts';
import type { BatchRow } from './handoff-register.ts';
import type { PublicKeys } from './public-keys.ts';
import type { WorkspaceFacts } from './workspace-facts.ts';

/** What makes a certificate bad for good, as against a file that could not be read just now. */
const endsTheBatch = ['certificate-expired', 'certificate-revoked', 'certificate-subkey-changed'];

/**
 * Looks at the recipient's certificate and at ours once more before a batch leaves. When one is no longer good, the batch becomes
 * `expired`: the clear cards are gone, so it cannot be sealed anew, and the others go on.
 *
 * Returns nothing when both are good. Throws what reading it throws.
 */
export async function expireBatch(
  ports: {
    readonly configuration: Configuration;
    readonly certificates: Certificates;
    readonly clock: Clock;
    readonly publicKeys: PublicKeys;
    readonly facts: WorkspaceFacts;
  },
  journal: DeliveryJournal,
  batch: BatchRow,
  recipient: Recipient,
  planned: PlannedBatch,
): Promise<DeliveryReport | undefined> {
  const at = ports.clock.now();
  try {
    const certificate = await ports.certificates.inspect(
      await ports.configuration.readCertificate(recipient.certificate),
      {
        fingerprint: planned.certificate,
        purpose: 'encrypt',
        allow: recipient.allow.map(({ weakness }) => weakness),
        at,
      },
    );
    await ports.certificates.stillGood(certificate, planned.encryptionSubkey, at);
    // The recipient checks our signature when the file arrives: with an expired key it would be refused there.
    await ports.certificates.inspect(new TextEncoder().encode(await ports.publicKeys.openpgp()), {
      fingerprint: ports.facts.signer,
      purpose: 'sign',
      allow: [],
      at,
    });
    return undefined;
  } catch (error) {
    if (!isFault(error) || !endsTheBatch.includes(error.code)) throw error;
    const fault = new DeliveryFault(
      'certificate-no-longer-good',
      { recipient: recipient.id, why: error.code },
      error,
    );
    const row = await journal.claim(batch.id, LEASE_MS);
    await journal.outcome(row, 'expired', nothingSent, { code: fault.code, retry: fault.retry });
    return { batch: batch.id, state: 'expired', attempts: 0, evidence: nothingSent, fault };
  }
}

const nothingSent: DeliveryEvidence = {
  by: 'delivery',
  verification: 'unverified',
  rename: 'not-sent',
  final: 'not-looked',
  temporary: 'not-looked',
};
