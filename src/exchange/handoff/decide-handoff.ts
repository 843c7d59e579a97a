import { encodeApproval, parseApproval } from '../../domain/handoff/approval.ts';
import type { Approval } from '../../domain/handoff/approval.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { digestOf } from '../../domain/handoff/plan.ts';
import type { Plan } from '../../domain/handoff/plan.ts';
import type { Officer } from '../../domain/workspace/officer.ts';
import { assertConfigurationApproved } from '../configuration/assert-configuration-approved.ts';
import type { ConfigurationProofPorts } from '../configuration/assert-configuration-signed.ts';
import { actingOfficer, enabledOfficer, validityEnd } from '../acts/acting-officer.ts';
import type { ActRecord } from '../acts/act-record.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration, LoadedConfiguration } from '../configuration/configuration.ts';
import type { HandoffRegister, HandoffRow } from './handoff-register.ts';
import type { LogBook } from '../audit/log-book.ts';
import { assertPlanHolds, assertReliedOnHolds, planOf } from './plan-still-holds.ts';
import { signStatement, verifyStatement } from '../acts/sign-statement.ts';
import type { OfficerProof } from '../acts/sign-statement.ts';
import type { Signatures } from '../acts/signatures.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';
import { recordRefusal } from '../acts/record-refusal.ts';

export interface DecidePorts extends Pick<ConfigurationProofPorts, 'configurationVersions'> {
  readonly facts: WorkspaceFacts;
  readonly origin: string;
  readonly configuration: Configuration;
  readonly handoffs: HandoffRegister;
  readonly log: LogBook;
  readonly folder: WorkspaceFolder;
  readonly signatures: Signatures;
  readonly clock: Clock;
}

export interface DecideRequest {
  readonly handoff: string;
  readonly decision: 'approve' | 'decline';
  readonly officer: string | undefined;
  readonly reason: string | undefined;
  /** Absent: write the statement, to be signed elsewhere and brought back. */
  readonly proof: OfficerProof | undefined;
}

/** `waiting`: more approvals are needed. `statement`: nothing is decided, the file at `path` waits for a signature. */
export type Decided =
  | { readonly state: 'approve' | 'decline'; readonly approvals: number; readonly required: number }
  | { readonly state: 'waiting'; readonly approvals: number; readonly required: number }
  | { readonly state: 'statement'; readonly path: string; readonly signaturePath: string };

/**
 * Approves or declines a handoff as an officer other than the requester, with a signature over a statement that names
 * plan and review by digest, so that `gpg --verify` alone checks it.
 *
 * Throws `approver-is-requester` (same id or same certificate), `role-missing`, `request-unsigned`, `plan-changed`,
 * `plan-expired`, `handoff-decided`, `reason-required` (a decline needs one), `statement-missing` and
 * `statement-other-plan` for a signature that was made elsewhere.
 */
export async function decideHandoff(ports: DecidePorts, request: DecideRequest): Promise<Decided> {
  const { configuration, handoffs, folder, clock } = ports;
  const loaded = await configuration.load();
  const row = await handoffs.get(request.handoff);
  const officer = await permitted(ports, loaded, row, request);
  if (request.decision === 'approve') await assertConfigurationApproved(ports, loaded);
  const plan = planOf(row);
  await assertDecidable(ports, loaded, row, plan, request.decision);
  const statementName = `${request.decision}-${officer.id}.json`;
  if (request.proof === undefined) {
    const statement = encodeApproval(approvalOf(ports, row, officer, request));
    const path = await folder.putDocument(row.id, statementName, statement);
    return { state: 'statement', path, signaturePath: `${path}.sig` };
  }
  const statement =
    request.proof.by === 'signature'
      ? await pendingStatement(ports, row, officer, request, statementName)
      : encodeApproval(approvalOf(ports, row, officer, request));
  const signature = await signStatement(ports, officer, statement, request.proof);
  const decidedAt = clock.now();
  // A passphrase takes its time: the validity may have ended while it was typed.
  enabledOfficer(loaded.officers, officer.id, 'approver', decidedAt);
  const { approvals, isSettled } = await handoffs.decide(
    row.id,
    {
      officer: officer.id,
      decision: request.decision,
      statement,
      signature,
      fingerprint: officer.fingerprint,
      decidedAt,
      ...validityOf(officer),
      ...approverIn(ports, loaded),
    },
    plan.approvalsRequired,
    decisionAct(ports, row, officer, statement, signature, parseApproval(statement)),
  );
  await folder.putDocument(row.id, statementName, statement);
  await folder.putDocument(row.id, `${statementName}.sig`, signature);
  const counts = { approvals, required: plan.approvalsRequired };
  return isSettled ? { state: request.decision, ...counts } : { state: 'waiting', ...counts };
}

function validityOf(officer: Officer): { validUntil?: Date } {
  const validUntil = validityEnd(officer);
  return validUntil === undefined ? {} : { validUntil };
}

/** A live approval is bound to its officer of the approved configuration; a drill may have none. */
function approverIn(
  { facts }: DecidePorts,
  { digest, isApproved }: LoadedConfiguration,
): { approverIn?: string } {
  return facts.mode === 'live' && isApproved ? { approverIn: digest } : {};
}

async function permitted(
  ports: DecidePorts,
  loaded: LoadedConfiguration,
  row: HandoffRow,
  request: DecideRequest,
): Promise<Officer> {
  try {
    const officer = actingOfficer(loaded.officers, request.officer, 'approver', ports.clock.now());
    const plan = row.plan === undefined ? undefined : planOf(row);
    if (officer.id === row.requester || officer.fingerprint === plan?.requesterCertificate) {
      throw new DecisionFault('approver-is-requester', { officer: officer.id, handoff: row.id });
    }
    if (request.decision === 'decline' && (request.reason ?? '') === '') {
      throw new DecisionFault('reason-required', { act: 'decline' });
    }
    return officer;
  } catch (error) {
    if (error instanceof DecisionFault) {
      const { officers } = loaded;
      const attempt = { officers, officer: request.officer, asked: request.decision };
      const about = { handoff: row.id, object: `handoff:${row.id}` };
      await recordRefusal(ports, { ...attempt, ...about }, error);
    }
    throw error;
  }
}

async function assertDecidable(
  ports: DecidePorts,
  loaded: LoadedConfiguration,
  row: HandoffRow,
  plan: Plan,
  decision: 'approve' | 'decline',
): Promise<void> {
  if (row.state !== 'undecided') throw new DecisionFault('handoff-decided', { handoff: row.id });
  if (decision === 'decline') return;
  const requester = loaded.officers.find(({ id }) => id === row.requester);
  if (row.planSignature === undefined || row.plan === undefined || requester === undefined) {
    throw new DecisionFault('request-unsigned', { handoff: row.id, requester: row.requester });
  }
  await verifyStatement(ports, requester, row.plan, row.planSignature);
  // What was sent is to be approved or declined as it was planned then, whatever changed since.
  if (row.emergency !== undefined) return;
  const { handoffs, clock } = ports;
  assertPlanHolds(row, plan, await handoffs.batchesOf(row.id), loaded, clock.now());
  const states = new Map<string, string>();
  for (const { batch } of plan.reliedOn) states.set(batch, (await handoffs.batch(batch)).state);
  assertReliedOnHolds(row.id, plan, (batch) => states.get(batch));
}

function approvalOf(
  ports: DecidePorts,
  row: HandoffRow,
  officer: Officer,
  request: DecideRequest,
): Approval {
  return {
    type: 'mimamori/approval/v1',
    workspace: ports.facts.id,
    mode: ports.facts.mode,
    handoff: row.id,
    planSha256: row.planSha256 ?? '',
    reviewSha256: row.reviewSha256 ?? '',
    decision: request.decision,
    officer: officer.id,
    reason: request.reason ?? '',
    at: ports.clock.now().toISOString(),
  };
}

/** The statement a signature from elsewhere is over: exactly the bytes written earlier, and about this plan. */
async function pendingStatement(
  ports: DecidePorts,
  row: HandoffRow,
  officer: Officer,
  request: DecideRequest,
  name: string,
): Promise<Uint8Array> {
  const bytes = await ports.folder.readDocument(row.id, name);
  if (bytes === undefined) throw new DecisionFault('statement-missing', { handoff: row.id });
  const found = parseApproval(bytes);
  const expected = approvalOf(ports, row, officer, request);
  const isSame = (
    ['workspace', 'mode', 'handoff', 'planSha256', 'reviewSha256', 'decision', 'officer'] as const
  ).every((member) => found[member] === expected[member]);
  if (!isSame) throw new DecisionFault('statement-other-plan', { handoff: row.id });
  return bytes;
}

function decisionAct(
  ports: DecidePorts,
  row: HandoffRow,
  officer: Officer,
  statement: Uint8Array,
  signature: Uint8Array,
  approval: Approval,
): ActRecord {
  return {
    draft: {
      actor: officer.id,
      act: approval.decision === 'approve' ? 'handoff-approve' : 'handoff-decline',
      result: 'done',
      origin: ports.origin,
      object: `handoff:${row.id}`,
      data: {
        handoff: row.id,
        planSha256: approval.planSha256,
        reviewSha256: approval.reviewSha256,
        officer: officer.id,
        fingerprint: officer.fingerprint,
        statement: digestOf(statement),
        signature: digestOf(signature),
      },
    },
    ...(approval.reason === '' ? {} : { texts: { reason: approval.reason } }),
  };
}
