import type { LogRecovery } from '../../../src/domain/audit/log-recovery.ts';
import type { RecoveryStatement } from '../../../src/domain/audit/recovery-statement.ts';
import { auditVerdictScreen } from '../../../src/doors/cli/screens/audit-screen.ts';
import {
  recoveryApprovalDocument,
  recoveryRequestDocument,
  recoverySchema,
} from '../../../src/doors/cli/outputs/recovery.ts';
import {
  recoveryApprovalScreen,
  recoveryRequestScreen,
} from '../../../src/doors/cli/screens/recovery-screen.ts';
import type { View } from '../../../src/doors/cli/view.ts';
import type { ApprovedRecovery } from '../../../src/exchange/audit/approve-recovery.ts';
import type { RequestedRecovery } from '../../../src/exchange/audit/recover-log.ts';
import type { Size } from './screen-data.ts';

const root = new Uint8Array(32);
const logName = 'mimamori.example/live/shop-a';
const replaced = `${logName}+89abcdef+${'B'.repeat(44)}`;
const vkey = `${logName}/recovered-0123456789abcdef+0123abcd+${'A'.repeat(44)}`;
const digest = 'ab'.repeat(32);
const ground = { common: { size: 1_200, root }, anchored: { size: 1_204, root } };

const statementOf = (size: Size): RecoveryStatement => ({
  type: 'mimamori/log-recovery/v1',
  ...{ workspace: 'live-1', mode: 'live', replaced, vkey },
  ...{ size: 1_200, root: '0'.repeat(64), anchored: 1_204, anchoredRoot: '0'.repeat(64) },
  ...{ requester: size.id, reason: size.text, at: '2026-11-22T10:00:00.000Z' },
});

export const recoveryOf = (size: Size): LogRecovery => ({
  ...{ index: 1_203, act: 'log-recover', at: '2026-11-22T10:00:00.000Z', vkey, replaced },
  ...{ size: 1_200, root, anchored: 1_204, anchoredRoot: root, statement: digest },
  ...{ requester: size.id, officer: size.id, reason: size.text },
});

function requestsOf(size: Size): readonly RequestedRecovery[] {
  const path = `/srv/w/data/recoveries/${digest.slice(0, 12)}/${size.id}.json`;
  return (['statement', 'requested'] as const).map((state) => ({
    ...{ state, digest, path, ground, vkey },
  }));
}

function approvalsOf(size: Size): readonly ApprovedRecovery[] {
  const statement = statementOf(size);
  const doubted = [{ id: 'b-1', handoff: 'h-1', recipient: size.id }];
  const checkpoint = { size: 1_205, note: 'a note' };
  const recovered = { state: 'recovered', digest, ground, statement, officer: size.id } as const;
  return [
    { state: 'statement', digest, ground, statement, path: '/srv/w/recover.json' },
    { ...recovered, checkpoint, doubted, undecided: size.list },
    { ...recovered, checkpoint, doubted: [], undecided: 0 },
  ];
}

export function recoveryScreens(size: Size, view: View): Record<string, readonly string[]> {
  const verdict = { holds: true, entries: 1_204, root, signedTo: 1_204, anchoredTo: 0 } as const;
  const recoveries = [recoveryOf(size)];
  const lost = { holds: false, kind: 'entries-lost', index: 1_200, size: 1_204 } as const;
  const unconfirmed = { holds: false, kind: 'recovery-unconfirmed', index: 1_203 } as const;
  const checked = [
    { ...verdict, recoveries },
    { ...lost, detail: { recovered: 1_203 } },
    { ...unconfirmed, detail: {} },
  ];
  const by = size.id;
  return Object.fromEntries([
    ...requestsOf(size).map((made) => [
      `recovery ${made.state}`,
      recoveryRequestScreen({ made, by }, view),
    ]),
    ...approvalsOf(size).map((made, at) => [
      `recovery approval ${at}`,
      recoveryApprovalScreen({ made, by }, view),
    ]),
    ...checked.map((one, at) => [
      `recovered ${at}`,
      auditVerdictScreen({ verdict: one, vkey, given: 1 }, view),
    ]),
  ]) as Record<string, readonly string[]>;
}

export function recoveryOutputs(size: Size) {
  const [statement, requested] = requestsOf(size) as [RequestedRecovery, RequestedRecovery];
  const [waiting, recovered] = approvalsOf(size) as [ApprovedRecovery, ApprovedRecovery];
  return {
    recoveryStatement: [recoverySchema, recoveryRequestDocument(statement)],
    recoveryRequest: [recoverySchema, recoveryRequestDocument(requested)],
    recoveryWaiting: [recoverySchema, recoveryApprovalDocument(waiting)],
    recovery: [recoverySchema, recoveryApprovalDocument(recovered)],
  } as const;
}
