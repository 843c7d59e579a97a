import { hasLeft } from '../../domain/handoff/delivery-states.ts';
import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import { assertStageFits } from '../../domain/handoff/stage.ts';
import type { EarlierList, Stage } from '../../domain/handoff/stage.ts';
import type { HandoffRegister } from './handoff-register.ts';
import { planOf } from './plan-still-holds.ts';

const endedBadly: readonly DeliveryState[] = ['failed', 'expired', 'cancelled'];

/**
 * Holds a stage against the lists of the incident so far. Throws `stage-without-list`, `stage-after-final`, and
 * `plan-changed` for a stored plan that is not what its digest says.
 */
export async function assertStage(
  handoffs: Pick<HandoffRegister, 'list' | 'batchesOf'>,
  incident: string,
  stage: Stage,
): Promise<void> {
  const earlier: EarlierList[] = [];
  for (const row of await handoffs.list(incident)) {
    if (row.plan === undefined || row.report?.isRecall === true) continue;
    const states = (await handoffs.batchesOf(row.id)).map(({ state }) => state);
    const isOut = row.outcome === 'approve' || row.emergency !== undefined;
    earlier.push({
      handoff: row.id,
      stage: planOf(row).stage,
      counts: isOut && states.some((state) => !endedBadly.includes(state)),
      isDelivered: states.some(hasLeft),
    });
  }
  assertStageFits(stage, earlier);
}
