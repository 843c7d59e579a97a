import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { Amendments, ProposedRecall } from '../incident/amendments.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';

/**
 * A person says that the cards proposed for recall in a batch are dealt with: the recipient set them aside, or it was
 * decided to leave them. The reason says which. Throws `reason-required`, `recall-unknown`, what `actingOfficer` throws.
 */
export async function settleRecall(
  ports: {
    readonly origin: string;
    readonly configuration: Configuration;
    readonly amendments: Amendments;
    readonly clock: Clock;
  },
  request: {
    readonly batch: string;
    readonly officer: string | undefined;
    readonly reason: string | undefined;
  },
): Promise<ProposedRecall> {
  const { officers } = await ports.configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', ports.clock.now());
  if ((request.reason ?? '') === '') throw new DecisionFault('reason-required', { act: 'recall' });
  const open = await ports.amendments.recalls();
  const recall = open.find(({ batch }) => batch === request.batch);
  if (recall === undefined) throw new DecisionFault('recall-unknown', { batch: request.batch });
  const { batch, handoff, recipient, cards, untold } = recall;
  await ports.amendments.settle(batch, {
    draft: {
      actor: officer.id,
      act: 'recall-settle',
      result: 'done',
      origin: ports.origin,
      object: `batch:${batch}`,
      data: { batch, handoff, recipient, cards, untold },
    },
    texts: { reason: request.reason! },
  });
  return recall;
}
