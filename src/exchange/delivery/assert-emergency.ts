import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { parseEmergency } from '../../domain/handoff/emergency.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration, LoadedConfiguration } from '../configuration/configuration.ts';
import type { Emergency } from './emergencies.ts';
import type { HandoffRow } from '../handoff/handoff-register.ts';
import { verifyStatement } from '../acts/sign-statement.ts';
import type { Signatures } from '../acts/signatures.ts';

/** How far a clock that was set right since may lie before the declaration. */
const CLOCK_SLACK_MS = 5 * 60_000;

/**
 * Checks from the stored bytes that an open emergency lets this handoff go on: the policy still allows it, the second
 * signature is not overdue, and the requester's signature is over exactly this plan.
 *
 * Throws `emergency-not-allowed`, `emergency-overdue`, `emergency-in-future` for a clock that was set back,
 * `statement-invalid`, `statement-other-plan`, and what `actingOfficer` and `verifyStatement` throw.
 */
export async function assertEmergency(
  ports: {
    readonly configuration: Configuration;
    readonly signatures: Signatures;
    readonly clock: Clock;
  },
  loaded: LoadedConfiguration,
  handoff: HandoffRow,
  emergency: Emergency,
): Promise<void> {
  const { id, requester, planSha256 } = handoff;
  if (!loaded.settings.approvals.emergency) {
    throw new DecisionFault('emergency-not-allowed', { handoff: id });
  }
  const now = ports.clock.now();
  const officer = actingOfficer(loaded.officers, requester, 'officer', now);
  await verifyStatement(ports, officer, emergency.statement, emergency.signature);
  const found = parseEmergency(emergency.statement);
  const isThis =
    found.handoff === id && found.officer === requester && found.planSha256 === planSha256;
  if (!isThis) throw new DecisionFault('statement-other-plan', { handoff: id });
  // Row and signed statement say the same; whichever is stricter counts.
  if (emergency.isOverdue || Date.parse(found.secondSignatureDue) <= now.getTime()) {
    throw new DecisionFault('emergency-overdue', { handoff: id, due: found.secondSignatureDue });
  }
  if (now.getTime() < Date.parse(found.at) - CLOCK_SLACK_MS) {
    throw new DecisionFault('emergency-in-future', { handoff: id, at: found.at });
  }
}
