import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { CancelExtent, HandoffRegister } from './handoff-register.ts';

/**
 * Withdraws a handoff before anything of it left; or the `rest` of it, which has not. Needs a reason.
 *
 * Throws `reason-required`, `handoff-unknown`, `handoff-decided` when a batch is under way or gone (of the `rest`: when
 * nothing is left to withdraw), `batch-busy`, `emergency-open` when
 * one person alone may have sent a batch of it, and what `actingOfficer` throws.
 */
export async function cancelHandoff(
  ports: {
    readonly origin: string;
    readonly configuration: Configuration;
    readonly handoffs: HandoffRegister;
    readonly clock: Clock;
  },
  request: {
    readonly handoff: string;
    readonly extent: CancelExtent;
    readonly officer: string | undefined;
    readonly reason: string | undefined;
  },
): Promise<void> {
  const { officers } = await ports.configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', ports.clock.now());
  if ((request.reason ?? '') === '') throw new DecisionFault('reason-required', { act: 'cancel' });
  const row = await ports.handoffs.get(request.handoff);
  await ports.handoffs.cancel(row.id, ports.clock.now(), request.extent, {
    draft: {
      actor: officer.id,
      act: 'handoff-cancel',
      result: 'done',
      origin: ports.origin,
      object: `handoff:${row.id}`,
      data: { handoff: row.id, planSha256: row.planSha256, officer: officer.id },
    },
    texts: { reason: request.reason! },
  });
}
