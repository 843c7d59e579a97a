import { parseApproval } from '../../domain/handoff/approval.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import { assertEmergency } from '../delivery/assert-emergency.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration, LoadedConfiguration } from '../configuration/configuration.ts';
import type { DecisionRow, HandoffRegister, HandoffRow } from './handoff-register.ts';
import { planOf } from './plan-still-holds.ts';
import { verifyStatement } from '../acts/sign-statement.ts';
import type { Signatures } from '../acts/signatures.ts';

interface Ports {
  readonly configuration: Configuration;
  readonly handoffs: HandoffRegister;
  readonly signatures: Signatures;
  readonly clock: Clock;
}

/**
 * Checks again, from the stored bytes, that enough officers other than the requester approved exactly this plan.
 *
 * While an emergency is open, the requester's own signature over it stands in for the approvals until they are due.
 *
 * The row's state is not believed: every signature is verified against the certificate that is pinned now. Throws
 * `handoff-not-approved`, `request-unsigned`, `statement-invalid`, `statement-other-plan`, what `actingOfficer` throws for
 * requester or approver as they stand now, and the faults of the OpenPGP edge.
 */
export async function assertApproved(
  ports: Ports,
  loaded: LoadedConfiguration,
  handoff: HandoffRow,
): Promise<void> {
  if (handoff.emergency !== undefined && handoff.emergency.closedAt === undefined) {
    await assertRequested(ports, loaded, handoff);
    await assertEmergency(ports, loaded, handoff, handoff.emergency);
    return;
  }
  if (handoff.state !== 'decided' || handoff.outcome !== 'approve') {
    throw new DecisionFault('handoff-not-approved', { handoff: handoff.id, state: handoff.state });
  }
  const plan = planOf(handoff);
  await assertRequested(ports, loaded, handoff);
  const decisions = await ports.handoffs.decisionsOf(handoff.id);
  const approvals = decisions.filter(({ decision }) => decision === 'approve');
  const certificates = new Set<string>();
  for (const approval of approvals) {
    await assertApproval(ports, loaded, handoff, approval);
    if (approval.fingerprint !== plan.requesterCertificate) certificates.add(approval.fingerprint);
  }
  if (certificates.size < plan.approvalsRequired) {
    throw new DecisionFault('handoff-not-approved', {
      handoff: handoff.id,
      approvals: certificates.size,
      required: plan.approvalsRequired,
    });
  }
}

/** The requester's own signature over the plan, as good now as when it was asked for. */
async function assertRequested(
  ports: Ports,
  loaded: LoadedConfiguration,
  handoff: HandoffRow,
): Promise<void> {
  const { plan, planSignature, requester } = handoff;
  if (plan === undefined || planSignature === undefined) {
    throw new DecisionFault('request-unsigned', { handoff: handoff.id, requester });
  }
  const officer = actingOfficer(loaded.officers, requester, 'officer', ports.clock.now());
  await verifyStatement(ports, officer, plan, planSignature);
}

async function assertApproval(
  ports: Ports,
  loaded: LoadedConfiguration,
  handoff: HandoffRow,
  row: DecisionRow,
): Promise<void> {
  const officer = actingOfficer(loaded.officers, row.officer, 'approver', ports.clock.now());
  if (officer.fingerprint !== row.fingerprint || officer.id === handoff.requester) {
    throw new DecisionFault('officer-key-mismatch', { officer: officer.id });
  }
  await verifyStatement(ports, officer, row.statement, row.signature);
  const approval = parseApproval(row.statement);
  const isThis =
    approval.handoff === handoff.id &&
    approval.officer === officer.id &&
    approval.decision === 'approve' &&
    approval.planSha256 === handoff.planSha256 &&
    approval.reviewSha256 === handoff.reviewSha256;
  if (!isThis) throw new DecisionFault('statement-other-plan', { handoff: handoff.id });
}
