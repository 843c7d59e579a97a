import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { DeliveryStateFault } from '../../domain/handoff/delivery-state-errors.ts';
import { advance, mayAdvance, resolvedOutcomes } from '../../domain/handoff/delivery-states.ts';
import type { DeliveryState, ResolvedOutcome } from '../../domain/handoff/delivery-states.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';
import { assertRecalledOnce } from '../recall/assert-recalled-once.ts';
import type { StandingRecallPorts } from '../recall/standing-recalls.ts';

interface Ports {
  readonly origin: string;
  readonly configuration: Configuration;
  readonly handoffs: HandoffRegister;
  readonly clock: Clock;
}

interface Settling {
  readonly batch: string;
  readonly officer: string | undefined;
  readonly reason: string | undefined;
}

/**
 * A person says what became of a batch whose outcome the machine could not know: `presumed`, `conflict` or `partly-read`,
 * or `offered` again after it was opened.
 *
 * `evidenceSha256` is the digest of a file that backs the word. Throws `state-forbids`, `reason-required`,
 * `batch-unknown` and what `actingOfficer` throws.
 */
export async function resolveBatch(
  ports: Ports,
  request: Settling & {
    readonly outcome: ResolvedOutcome;
    readonly evidenceSha256: string | undefined;
  },
): Promise<DeliveryState> {
  const { officer, batch, reason } = await permitted(ports, request, 'resolve');
  const { outcome, evidenceSha256 } = request;
  if (!outcomesOf(batch).includes(outcome)) throw forbidden(batch, `resolve ${outcome}`);
  const to = advance(batch.state, { event: 'resolve', outcome });
  await ports.handoffs.moveBatch(batch.id, batch.state, to, ports.clock.now(), {
    draft: {
      actor: officer,
      act: 'delivery-resolve',
      result: 'done',
      origin: ports.origin,
      object: `batch:${batch.id}`,
      data: { batch: batch.id, handoff: batch.handoff, outcome, evidence: evidenceSha256 },
    },
    texts: { reason },
  });
  return to;
}

/**
 * Lets a failed batch be sent again: same id, same bytes, same name. Throws as `resolveBatch`, and `recall-twice` for a recall
 * whose cards were recalled anew.
 */
export async function retryBatch(
  ports: Ports & StandingRecallPorts,
  request: Settling,
): Promise<DeliveryState> {
  const { officer, batch, reason } = await permitted(
    ports,
    { ...request, reason: request.reason ?? '-' },
    'retry',
  );
  if (!mayAdvance(batch.state, 'retry')) throw forbidden(batch, 'retry');
  const to = advance(batch.state, { event: 'retry' });
  await assertRecalledOnce(ports, batch);
  await ports.handoffs.moveBatch(batch.id, batch.state, to, ports.clock.now(), {
    draft: {
      actor: officer,
      act: 'delivery-retry',
      result: 'done',
      origin: ports.origin,
      object: `batch:${batch.id}`,
      data: { batch: batch.id, handoff: batch.handoff, recipient: batch.recipient },
    },
    ...(request.reason === undefined ? {} : { texts: { reason } }),
  });
  return to;
}

/** What a person may say of a batch. What nobody opened is cancelled with its handoff. */
function outcomesOf({ state, evidence }: BatchRow): readonly ResolvedOutcome[] {
  if (state === 'offered' && evidence?.sentBytes === undefined) return [];
  return resolvedOutcomes.filter((outcome) => mayAdvance(state, `resolve ${outcome}`));
}

/** Names what may be said of the batch instead, for whoever has to settle it. */
function forbidden(batch: BatchRow, event: string): DeliveryStateFault {
  const { id, handoff, state } = batch;
  const outcomes = outcomesOf(batch);
  const choices = outcomes.length === 0 ? {} : { choices: outcomes };
  return new DeliveryStateFault('state-forbids', { batch: id, handoff, state, event, ...choices });
}

async function permitted(
  ports: Ports,
  request: Settling,
  act: string,
): Promise<{
  officer: string;
  reason: string;
  batch: Awaited<ReturnType<HandoffRegister['batch']>>;
}> {
  const { officers } = await ports.configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', ports.clock.now());
  if (request.reason === undefined || request.reason === '') {
    throw new DecisionFault('reason-required', { act });
  }
  return {
    officer: officer.id,
    reason: request.reason,
    batch: await ports.handoffs.batch(request.batch),
  };
}
