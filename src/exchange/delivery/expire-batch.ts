import { isFault } from '../../domain/fault.ts';
import type { PlannedBatch } from '../../domain/handoff/plan.ts';
import type { Recipient } from '../../domain/recipients/recipient.ts';
import { KeyLifeFault } from '../../domain/keys/errors.ts';
import type { Certificates } from '../keys/certificates.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { DeliveryFault } from './delivery-errors.ts';
import type { DeliveryEvidence, DeliveryJournal } from './delivery-journal.ts';
import { LEASE_MS } from './delivery-lease.ts';
import type { DeliveryReport } from './delivery-lease.ts';
import type { BatchRow } from '../handoff/handoff-register.ts';
import { ourOpenpgpKeys } from '../keys/own-keys.ts';
import type { OwnKeys } from '../keys/own-keys.ts';
import type { PublicKeys } from '../keys/public-keys.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';

/** What makes a certificate bad for good, as against a file that could not be read just now. */
const endsTheBatch = [
  ...['certificate-expired', 'certificate-revoked', 'certificate-subkey-changed'],
  'key-retired',
];

/**
 * Looks at the recipient's certificate and at ours once more before a batch leaves, or while it waits in a box
 * unopened. When one is no longer good, the batch becomes `expired`: the clear cards are gone, so it cannot be sealed
 * anew, and the others go on.
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
    readonly ownKeys: Pick<OwnKeys, 'list'>;
  },
  journal: DeliveryJournal,
  batch: BatchRow,
  recipient: Recipient,
  planned: PlannedBatch,
  signer: string,
): Promise<DeliveryReport | undefined> {
  const fault = await endOfKeys(ports, recipient, planned, signer);
  if (fault === undefined) return undefined;
  return expireAs(journal, batch.id, fault);
}

/** Event `expire`. Throws what the journal throws, `state-forbids` where the file was opened meanwhile. */
export async function expireAs(
  journal: DeliveryJournal,
  batch: string,
  fault: DeliveryFault,
): Promise<DeliveryReport> {
  const row = await journal.claim(batch, LEASE_MS);
  try {
    await journal.outcome(row, 'expired', nothingSent, { code: fault.code, retry: fault.retry });
  } catch (error) {
    await journal.release(row);
    throw error;
  }
  return { batch, state: 'expired', attempts: 0, evidence: nothingSent, fault };
}

type Ports = Parameters<typeof expireBatch>[0];

/** Why what is sealed to this recipient and signed by this key is not to leave any more. Throws what reading them throws. */
export async function endOfKeys(
  ports: Ports,
  recipient: Recipient,
  planned: PlannedBatch,
  signer: string,
): Promise<DeliveryFault | undefined> {
  return (
    (await problemOfSigner(ports, signer)) ?? (await problemOfRecipient(ports, recipient, planned))
  );
}

async function problemOfRecipient(
  { certificates, clock, configuration }: Ports,
  recipient: Recipient,
  planned: PlannedBatch,
): Promise<DeliveryFault | undefined> {
  const at = clock.now();
  return endOf(
    async () => {
      const certificate = await certificates.inspect(
        await configuration.readCertificate(recipient.certificate),
        {
          fingerprint: planned.certificate,
          purpose: 'encrypt',
          allow: recipient.allow.map(({ weakness }) => weakness),
          at,
        },
      );
      await certificates.stillGood(certificate, planned.encryptionSubkey, at);
    },
    (why, cause) =>
      new DeliveryFault('certificate-no-longer-good', { recipient: recipient.id, why }, cause),
  );
}

/**
 * The recipient checks our signature when the file arrives: with an expired key it would be refused there, and one that
 * was retired they may have removed.
 */
async function problemOfSigner(ports: Ports, signer: string): Promise<DeliveryFault | undefined> {
  const keys = await ourOpenpgpKeys(ports);
  const key = keys.find(({ fingerprint }) => fingerprint === signer);
  return endOf(
    async () => {
      if (key === undefined || key.state === 'retired') {
        throw new KeyLifeFault('key-retired', { purpose: 'openpgp', fingerprint: signer });
      }
      const certificate = new TextEncoder().encode(await ports.publicKeys.openpgp(key.number));
      const at = ports.clock.now();
      await ports.certificates.inspect(certificate, {
        ...{ fingerprint: signer, purpose: 'sign', allow: [], at },
      });
    },
    (why, cause) =>
      new DeliveryFault('signing-key-no-longer-good', { fingerprint: signer, why }, cause),
  );
}

/** What ends the batch for good, as `told`; undefined where all is well. Throws every other trouble. */
async function endOf(
  look: () => Promise<void>,
  told: (why: string, cause: unknown) => DeliveryFault,
): Promise<DeliveryFault | undefined> {
  try {
    await look();
    return undefined;
  } catch (error) {
    if (!isFault(error) || !endsTheBatch.includes(error.code)) throw error;
    return told(error.code, error);
  }
}

const nothingSent: DeliveryEvidence = {
  by: 'delivery',
  verification: 'unverified',
  rename: 'not-sent',
  final: 'not-looked',
  temporary: 'not-looked',
};
