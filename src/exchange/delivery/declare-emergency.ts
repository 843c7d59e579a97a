import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { encodeEmergency, SECOND_SIGNATURE_MS } from '../../domain/handoff/emergency.ts';
import { digestOf } from '../../domain/handoff/plan.ts';
import type { Plan } from '../../domain/handoff/plan.ts';
import { RecallFault } from '../../domain/recalls/errors.ts';
import type { Officer } from '../../domain/workspace/officer.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import { assertConfigurationApproved } from '../configuration/assert-configuration-approved.ts';
import type { ConfigurationProofPorts } from '../configuration/assert-configuration-signed.ts';
import { assertTested } from './assert-tested.ts';
import type { Configuration, LoadedConfiguration } from '../configuration/configuration.ts';
import type { Clock } from '../workspace/clock.ts';
import { putEmergency } from './emergencies.ts';
import { assertOurs } from './deliver-handoff.ts';
import type { Emergencies } from './emergencies.ts';
import type { HandoffRegister, HandoffRow } from '../handoff/handoff-register.ts';
import { assertPlanHolds, assertReliedOnHolds, planOf } from '../handoff/plan-still-holds.ts';
import { signStatement, verifyStatement } from '../acts/sign-statement.ts';
import type { OfficerProof } from '../acts/sign-statement.ts';
import type { Signatures } from '../acts/signatures.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';
import { recordRefusal } from '../acts/record-refusal.ts';

type Ports = Parameters<typeof assertTested>[0] &
  ConfigurationProofPorts & {
    readonly configuration: Configuration;
    readonly handoffs: HandoffRegister;
    readonly emergencies: Emergencies;
    readonly signatures: Signatures;
    readonly folder: WorkspaceFolder;
    readonly clock: Clock;
  };

export interface EmergencyRequest {
  readonly handoff: string;
  readonly officer: string | undefined;
  readonly reason: string | undefined;
  readonly proof: OfficerProof | undefined;
}

/**
 * Lets a handoff be sent on its requester's signature alone, where the policy allows it: the approvals are owed within
 * 24 hours, and until then it is one person's. Nothing leaves here; `deliverHandoff` does that.
 *
 * Throws `reason-required`, `emergency-not-allowed`, `emergency-open` while any emergency is, `handoff-decided`,
 * `role-missing` for anyone but the requester, `request-unsigned`, `officer-key-required`, DeliveryFault
 * `recipient-untested` for any recipient, RecallFault `recall-alone`, and what a plan that no longer holds throws. Refusals are recorded. Asked for
 * again, it writes the statement's files again before it refuses.
 */
export async function declareEmergency(ports: Ports, request: EmergencyRequest): Promise<void> {
  const loaded = await ports.configuration.load();
  const row = await ports.handoffs.get(request.handoff);
  const officer = await permitted(ports, loaded, row, request);
  await assertConfigurationApproved(ports, loaded);
  const plan = planOfList(row);
  assertOurs(row);
  const declaredAt = ports.clock.now();
  const dueAt = new Date(declaredAt.getTime() + SECOND_SIGNATURE_MS);
  const statement = encodeEmergency({
    type: 'mimamori/emergency/v1',
    workspace: ports.facts.id,
    mode: ports.facts.mode,
    handoff: row.id,
    planSha256: row.planSha256 ?? '',
    officer: officer.id,
    reason: request.reason!,
    at: declaredAt.toISOString(),
    secondSignatureDue: dueAt.toISOString(),
  });
  const signature = await signStatement(ports, officer, statement, request.proof!);
  await ports.emergencies.declare(
    {
      ...{ handoff: row.id, officer: officer.id, planSha256: row.planSha256! },
      ...{ statement, signature, fingerprint: officer.fingerprint, declaredAt, dueAt },
    },
    {
      draft: {
        actor: officer.id,
        act: 'handoff-emergency',
        result: 'done',
        origin: ports.origin,
        object: `handoff:${row.id}`,
        data: {
          handoff: row.id,
          planSha256: row.planSha256,
          reviewSha256: row.reviewSha256,
          officer: officer.id,
          fingerprint: officer.fingerprint,
          statement: digestOf(statement),
          signature: digestOf(signature),
          due: dueAt.toISOString(),
          batches: plan.batches.map(({ batch }) => batch),
        },
      },
      texts: { reason: request.reason! },
    },
  );
  await putEmergency(ports.folder, { handoff: row.id, statement, signature });
}

/** Cards that are recalled are watched no more: never on one person's word. */
function planOfList(row: HandoffRow): Plan {
  const plan = planOf(row);
  if (plan.recall !== undefined) throw new RecallFault('recall-alone', { handoff: row.id });
  return plan;
}

async function permitted(
  ports: Ports,
  loaded: LoadedConfiguration,
  row: HandoffRow,
  request: EmergencyRequest,
): Promise<Officer> {
  try {
    const officer = actingOfficer(loaded.officers, request.officer, 'officer', ports.clock.now());
    if (!loaded.settings.approvals.emergency) {
      throw new DecisionFault('emergency-not-allowed', { handoff: row.id });
    }
    if ((request.reason ?? '') === '') {
      throw new DecisionFault('reason-required', { act: 'emergency' });
    }
    const [open] = await ports.emergencies.open();
    // A disk that failed after the declaration left its files out.
    if (open?.handoff === row.id) await putEmergency(ports.folder, open);
    if (open !== undefined) throw new DecisionFault('emergency-open', { handoff: open.handoff });
    if (row.state !== 'undecided') throw new DecisionFault('handoff-decided', { handoff: row.id });
    if (officer.id !== row.requester) {
      throw new DecisionFault('role-missing', { officer: officer.id, role: 'requester' });
    }
    if (request.proof?.by !== 'key') {
      throw new DecisionFault('officer-key-required', { act: 'emergency' });
    }
    await assertSendable(ports, loaded, row, planOf(row), officer);
    return officer;
  } catch (error) {
    if (error instanceof DecisionFault) {
      const { officers } = loaded;
      const attempt = { officers, officer: request.officer, asked: 'emergency' };
      const about = { handoff: row.id, object: `handoff:${row.id}` };
      await recordRefusal(ports, { ...attempt, ...about }, error);
    }
    throw error;
  }
}

/** Everything an ordinary delivery would ask for, before anything is declared: the plan as signed, tested recipients. */
async function assertSendable(
  ports: Ports,
  loaded: LoadedConfiguration,
  row: HandoffRow,
  plan: Plan,
  officer: Officer,
): Promise<void> {
  if (row.plan === undefined || row.planSignature === undefined) {
    throw new DecisionFault('request-unsigned', { handoff: row.id, requester: row.requester });
  }
  await verifyStatement(ports, officer, row.plan, row.planSignature);
  const { handoffs, clock } = ports;
  assertPlanHolds(row, plan, await handoffs.batchesOf(row.id), loaded, clock.now());
  const states = new Map<string, string>();
  for (const { batch } of plan.reliedOn) states.set(batch, (await handoffs.batch(batch)).state);
  assertReliedOnHolds(row.id, plan, (batch) => states.get(batch));
  for (const planned of plan.batches)
    await assertTested(ports, planned, plan.signer, row.id, officer.id);
}
