import type { PlannedBatch } from '../../domain/handoff/plan.ts';
import { combinationDigest } from '../../domain/recipients/recipient-test.ts';
import { markRefusalRecorded } from '../acts/record-refusal.ts';
import { DeliveryFault } from './delivery-errors.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { LogBook } from '../audit/log-book.ts';
import type { RecipientTests } from '../recipients/recipient-tests.ts';
import { followingSigner } from '../recipients/tested-combination.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';

/**
 * Checks that the recipient read back a test file of exactly this certificate, profile, endpoint and signing key,
 * before real cards go there. A drill is a test itself and needs none. A refusal is recorded.
 *
 * Throws DeliveryFault `recipient-untested`.
 */
export async function assertTested(
  ports: {
    readonly facts: WorkspaceFacts;
    readonly configuration: Pick<Configuration, 'load'>;
    readonly recipientTests: Pick<RecipientTests, 'passed' | 'standFor'>;
    readonly log: LogBook;
    readonly origin: string;
  },
  planned: PlannedBatch,
  signer: string,
  handoff: string,
  actor: string,
): Promise<void> {
  if (ports.facts.mode === 'drill') return;
  const { batch, recipient } = planned;
  const tested = { ...planned, ...followingSigner(ports.facts, signer) };
  const passed = await ports.recipientTests.passed(recipient, combinationDigest(tested));
  if (passed !== undefined) {
    const { digest } = await ports.configuration.load();
    return ports.recipientTests.standFor(passed.id, batch, digest);
  }
  const fault = new DeliveryFault('recipient-untested', { batch, recipient });
  markRefusalRecorded(fault);
  await ports.log.append({
    draft: {
      actor,
      act: 'permission-refused',
      result: 'refused',
      origin: ports.origin,
      object: `batch:${batch}`,
      data: { asked: 'deliver', handoff, batch, code: fault.code },
    },
  });
  throw fault;
}
