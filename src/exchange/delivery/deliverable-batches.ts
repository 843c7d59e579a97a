import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import type { Plan } from '../../domain/handoff/plan.ts';
import { recordRefusal } from '../acts/record-refusal.ts';
import { assertApproved } from '../handoff/assert-approved.ts';
import type { LoadedConfiguration } from '../configuration/configuration.ts';
import type { DeliverPorts } from './deliver-ports.ts';
import { DeliveryFault } from './delivery-errors.ts';
import type { DeliveryEvidence } from './delivery-journal.ts';
import { LEASE_MS } from './delivery-lease.ts';
import type { BatchRow, HandoffRow } from '../handoff/handoff-register.ts';
import { assertPlanHolds, assertRecallHolds, planOf } from '../handoff/plan-still-holds.ts';

/**
 * The batches that a delivery may do something about: all while approval and plan hold, and otherwise those that are or
 * were under way. Both are checked again before each delivery, and a refusal is recorded.
 *
 * An attempt that broke off under a plan that no longer holds has published nothing and will not be repeated: its batch
 * becomes `failed`, from where a person may cancel it or let it be sent again. What may be published already is still
 * to be found out, whatever happened to the plan since.
 *
 * Throws what `assertApproved`, `assertPlanHolds` and `assertRecallHolds` throw when nothing is left to find out.
 */
export async function deliverableBatches(
  ports: DeliverPorts,
  loaded: LoadedConfiguration,
  handoff: HandoffRow,
  actor: string,
): Promise<{ plan: Plan; batches: readonly BatchRow[] }> {
  try {
    await assertApproved(ports, loaded, handoff);
    const plan = planOf(handoff);
    const batches = await ports.handoffs.batchesOf(handoff.id);
    const { documentSha256 } = await ports.incidents.get(handoff.incident);
    const fault = faultOf(() => {
      assertPlanHolds(handoff, plan, batches, loaded, ports.clock.now());
      assertRecallHolds(handoff, plan, documentSha256);
    });
    if (fault === undefined) return { plan, batches };
    const underWay = batches.filter(({ state }) => state === 'publishing' || state === 'presumed');
    if (underWay.length === 0) throw fault;
    const givenUp = await giveUp(ports, batches, actor);
    const settled = await ports.handoffs.batchesOf(handoff.id);
    const left = [...underWay.map(({ id }) => id), ...givenUp];
    return { plan, batches: settled.filter(({ id }) => left.includes(id)) };
  } catch (error) {
    if (error instanceof DecisionFault) {
      await giveUp(ports, await ports.handoffs.batchesOf(handoff.id), actor);
      const { id } = handoff;
      const attempt = { actor, asked: 'deliver', handoff: id };
      await recordRefusal(ports, { ...attempt, object: `handoff:${id}` }, error);
    }
    throw error;
  }
}

const nothingPublished: DeliveryEvidence = {
  by: 'delivery',
  verification: 'unverified',
  rename: 'not-sent',
  final: 'not-looked',
  temporary: 'not-looked',
};

/** Event `fail` for every batch whose attempt broke off. One that another command is sending right now is left to it. */
async function giveUp(
  ports: DeliverPorts,
  batches: readonly BatchRow[],
  actor: string,
): Promise<string[]> {
  const { journal } = ports.deliveryParts(actor);
  const { code, retry } = new DeliveryFault('delivery-interrupted');
  const givenUp: string[] = [];
  for (const { id } of batches.filter(({ state }) => state === 'sending')) {
    try {
      const row = await journal.claim(id, LEASE_MS);
      if (row.state === 'sending') {
        await journal.outcome(row, 'failed', nothingPublished, { code, retry });
        givenUp.push(id);
      } else {
        await journal.release(row);
      }
    } catch (error) {
      if (!(error instanceof DeliveryFault)) throw error;
    }
  }
  return givenUp;
}

function faultOf(assertHolds: () => void): DecisionFault | undefined {
  try {
    assertHolds();
    return undefined;
  } catch (error) {
    if (error instanceof DecisionFault) return error;
    throw error;
  }
}
