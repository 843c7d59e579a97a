import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { digestOf } from '../../domain/handoff/plan.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { HandoffRegister } from './handoff-register.ts';
import { signStatement } from '../acts/sign-statement.ts';
import type { OfficerProof } from '../acts/sign-statement.ts';
import type { Signatures } from '../acts/signatures.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';

export interface RequestPorts {
  readonly origin: string;
  readonly configuration: Configuration;
  readonly handoffs: HandoffRegister;
  readonly folder: WorkspaceFolder;
  readonly signatures: Signatures;
  readonly clock: Clock;
}

/**
 * The requester signs the plan: from then on it can be approved. Once signed, signing again changes nothing that
 * matters and is allowed while the handoff is undecided.
 *
 * Throws `handoff-unknown`, `handoff-decided`, `role-missing` and the like, `officer-key-mismatch`; `role-missing` also
 * for an officer who did not prepare this handoff.
 */
export async function requestHandoff(
  ports: RequestPorts,
  request: {
    readonly handoff: string;
    readonly officer: string | undefined;
    readonly proof: OfficerProof;
  },
): Promise<void> {
  const { configuration, handoffs, folder, clock, origin } = ports;
  const { officers } = await configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', clock.now());
  const row = await handoffs.get(request.handoff);
  if (row.plan === undefined || row.state !== 'undecided') {
    throw new DecisionFault('handoff-decided', { handoff: row.id });
  }
  if (officer.id !== row.requester) {
    throw new DecisionFault('role-missing', { officer: officer.id, role: 'requester' });
  }
  const signature = await signStatement(ports, officer, row.plan, request.proof);
  await handoffs.signRequest(row.id, signature, {
    draft: {
      actor: officer.id,
      act: 'handoff-request',
      result: 'done',
      origin,
      object: `handoff:${row.id}`,
      data: {
        handoff: row.id,
        planSha256: row.planSha256,
        reviewSha256: row.reviewSha256,
        officer: officer.id,
        fingerprint: officer.fingerprint,
        signature: digestOf(signature),
      },
    },
  });
  await folder.putDocument(row.id, 'plan.json.sig', signature);
}
