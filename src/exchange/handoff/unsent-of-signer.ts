import { decodePlan, digestOf } from '../../domain/handoff/plan.ts';
import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import type { HandoffRegister } from './handoff-register.ts';

/** What one of our keys signed and no recipient has. */
export interface Unsent {
  readonly batches: number;
  /** Those that the batches are of. */
  readonly handoffs: readonly string[];
}

/** One that failed may be sent again; of one that is being published, nobody knows yet. */
const notGone: readonly DeliveryState[] = ['built', 'approved', 'sending', 'offered', 'failed'];

/** Batches that this key signed and that have not left: once it is retired they never will. */
export async function unsentOfSigner(
  handoffs: Pick<HandoffRegister, 'list' | 'batchesOf'>,
  fingerprint: string,
): Promise<Unsent> {
  const found: string[] = [];
  for (const { id, plan, planSha256 } of await handoffs.list()) {
    // One that was altered is delivered under no key.
    if (plan === undefined || digestOf(plan) !== planSha256) continue;
    if (decodePlan(plan).signer !== fingerprint) continue;
    const unsent = (await handoffs.batchesOf(id)).filter(({ state }) => notGone.includes(state));
    found.push(...unsent.map(() => id));
  }
  return { batches: found.length, handoffs: [...new Set(found)] };
}
