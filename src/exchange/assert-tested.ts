import type { PlannedBatch } from '../domain/handoff/plan.ts';
import { combinationDigest } from '../domain/recipients/recipient-test.ts';
import { DeliveryFault } from './delivery-errors.ts';
import type { LogBook } from './log-book.ts';
import type { RecipientTests } from './recipient-tests.ts';
import type { WorkspaceFacts } from './workspace-facts.ts';

/**
 * Checks that the recipient read back a test file of exactly this certificate, profile and endpoint, before real cards
 * go there. A drill is a test itself and needs none. A refusal is recorded.
 *
 * Throws DeliveryFault `recipient-untested`.
 */
export async function assertTested(
  ports: {
    readonly facts: WorkspaceFacts;
    readonly recipientTests: Pick<RecipientTests, 'passed'>;
    readonly log: LogBook;
    readonly origin: string;
  },
  planned: PlannedBatch,
  handoff: string,
  actor: string,
): Promise<void> {
  if (ports.facts.mode === 'drill') return;
  const { batch, recipient } = planned;
  const passed = await ports.recipientTests.passed(recipient, combinationDigest(planned));
  if (passed !== undefined) return;
  const fault = new DeliveryFault('recipient-untested', { batch, recipient });
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
