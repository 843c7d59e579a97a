import type { LeafDraft } from '../../domain/audit/leaf.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { ResponsesFault } from '../../domain/responses/errors.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import { answeredBatches } from './answered-batches.ts';
import type { AnsweredBatch } from './answered-batches.ts';
import { assertAnswerable } from './assert-answerable.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';
import type { NewSettlement, ResponseRegister } from './response-register.ts';

export interface SettledResponse {
  readonly batch: BatchRow;
  /** As it stands now. */
  readonly answered: AnsweredBatch;
}

/**
 * An officer says that nobody will resolve the references of a batch that are still open: the recipient does not find
 * them, or does not answer. The reason says which, and what becomes of the persons. An answer that comes later counts: what
 * it resolves is resolved, and what it does not find is open again.
 *
 * Throws `batch-unknown`, `response-of-cards`, `batch-not-sent`, `reason-required`, `response-complete`,
 * `response-overtaken`, what `actingOfficer` throws.
 */
export async function settleResponse(
  ports: {
    readonly origin: string;
    readonly configuration: Configuration;
    readonly handoffs: Pick<HandoffRegister, 'batch'>;
    readonly responses: ResponseRegister;
    readonly clock: Clock;
  },
  request: {
    readonly batch: string;
    readonly officer: string | undefined;
    readonly reason: string | undefined;
  },
): Promise<SettledResponse> {
  const { configuration, handoffs, responses, clock, origin } = ports;
  const { officers } = await configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', clock.now()).id;
  const batch = await handoffs.batch(request.batch);
  assertAnswerable(batch);
  if ((request.reason ?? '') === '') throw new DecisionFault('reason-required', { act: 'settle' });
  // Before the rows: an answer that comes between is then found when this is stored.
  const standing = await responses.standing(batch.id);
  const [before] = await answeredBatches(responses, [batch]);
  const { unanswered, notFound } = before!.open;
  if (unanswered + notFound === 0) {
    throw new ResponsesFault('response-complete', { batch: batch.id });
  }
  const { id, handoff, recipient } = batch;
  const settlement: NewSettlement = {
    ...{ batch: id, unanswered, notFound, officer, settledAt: clock.now() },
  };
  const draft: LeafDraft = {
    ...{ actor: officer, act: 'response-settle', result: 'done', origin, object: `batch:${id}` },
    data: { batch: id, handoff, recipient, unanswered, notFound },
  };
  await responses.settle(settlement, { draft, texts: { reason: request.reason! } }, standing.leaf);
  const [answered] = await answeredBatches(responses, [batch]);
  return { batch, answered: answered! };
}
