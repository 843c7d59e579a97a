import { AuditFault } from '../../domain/audit/errors.ts';
import type { LeafDraft } from '../../domain/audit/leaf.ts';
import type { RecoveryStatement } from '../../domain/audit/recovery-statement.ts';
import { digestOf } from '../../domain/handoff/plan.ts';
import type { Officer } from '../../domain/workspace/officer.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import { signatureName } from '../acts/papers.ts';
import { signStatement, verifyStatement } from '../acts/sign-statement.ts';
import type { HandoffRegister } from '../handoff/handoff-register.ts';
import { currentNumber } from '../keys/own-keys.ts';
import type { DoubtedBatch, LogRecoveries } from './log-recoveries.ts';
import { provenOfficers } from './recover-log.ts';
import type { RecoverPorts, RecoverRequest } from './recover-log.ts';
import { recoveryGround } from './recovery-ground.ts';
import type { RecoveryGround } from './recovery-ground.ts';
import { isAboutGround } from './recovery-papers.ts';
import type { RecoveryPaper } from './recovery-papers.ts';
import type { SignedCheckpoint } from './sign-checkpoint.ts';

export type RecoverySecrets = Awaited<ReturnType<RecoverPorts['openForRecovery']>> & {
  /** Throws `key-file-altered` and what opening it throws, unless this file is of this key and opens. */
  assertLogKeyOpens(number: number, vkey: string): Promise<void>;
};

export interface ApproveRecoveryPorts extends RecoverPorts {
  readonly logRecoveries: LogRecoveries;
  readonly handoffs: Pick<HandoffRegister, 'list'>;
  /** The number of the file that has this key of the log; undefined where none has. */
  findLogKey(vkey: string): Promise<number | undefined>;
  removeUnusedLogKeys(): Promise<void>;
  openForRecovery(): Promise<RecoverySecrets>;
  /** Lifts what keeps a restored workspace from being changed. */
  allowChanges(): void;
}

/** `statement`: nothing happened, the file at `path` waits for a signature by this officer. */
export type ApprovedRecovery = { readonly digest: string; readonly ground: RecoveryGround } & (
  | { readonly state: 'statement'; readonly path: string; readonly statement: RecoveryStatement }
  | {
      readonly state: 'recovered';
      readonly statement: RecoveryStatement;
      readonly officer: string;
      readonly checkpoint: SignedCheckpoint;
      /** Batches that are held back until somebody asked their recipients. */
      readonly doubted: readonly DoubtedBatch[];
      /** Handoffs that people could approve a second time. */
      readonly undecided: number;
    }
);

/**
 * Signs a request as another officer, and lets the log go on: a leaf names what is lost, the new key is in use, the old
 * ones are ended and removed, and the first checkpoint of the new name is signed into its own part of the anchor. Each
 * batch that this copy believes not yet gone becomes `presumed`: it may have left in what is lost.
 *
 * Throws `recovery-statement` (fact `reason`: missing, other, key) unless the digest names a statement about the present
 * state of log and anchor, `recovery-own-request` for the same person or certificate, what `provenOfficers`,
 * `recoveryGround`, `actingOfficer`, opening secrets, `assertLogKeyOpens` and `signCheckpoint` throw, and the faults of
 * signatures.
 */
export async function approveRecovery(
  ports: ApproveRecoveryPorts,
  request: Omit<RecoverRequest, 'reason'> & { readonly digest: string },
): Promise<ApprovedRecovery> {
  const { clock, recoveryPapers } = ports;
  const officers = await provenOfficers(ports);
  const ground = await recoveryGround(ports);
  const paper = await paperOf(ports, ground, request.digest);
  const { digest, path, bytes, statement } = paper;
  const requester = actingOfficer(officers, statement.requester, 'officer', clock.now());
  const requested = await recoveryPapers.read(digest, signatureName(requester.id));
  if (requested === undefined) throw new AuditFault('recovery-statement', { reason: 'missing' });
  await verifyStatement(ports, requester, bytes, requested);
  const officer = actingOfficer(officers, request.officer, 'approver', clock.now());
  if (officer.id === requester.id || officer.fingerprint === requester.fingerprint) {
    throw new AuditFault('recovery-own-request', { officer: officer.id });
  }
  if (request.proof === undefined) return { state: 'statement', digest, ground, path, statement };
  const signature = await signStatement(ports, officer, bytes, request.proof);
  const signed = { requester, requested, officer, signature };
  const done = await recover(ports, paper, signed);
  return { state: 'recovered', digest, ground, statement, officer: officer.id, ...done };
}

async function paperOf(
  { recoveryPapers, facts }: ApproveRecoveryPorts,
  ground: RecoveryGround,
  typed: string,
): Promise<RecoveryPaper> {
  const isDigest = /^[0-9a-f]{12,64}$/.test(typed);
  const [paper, ...others] = isDigest
    ? (await recoveryPapers.waiting()).filter(({ digest }) => digest.startsWith(typed))
    : [];
  if (paper === undefined || others.length > 0) {
    throw new AuditFault('recovery-statement', { reason: 'missing' });
  }
  if (!isAboutGround(paper.statement, facts, ground)) {
    throw new AuditFault('recovery-statement', { reason: 'other' });
  }
  return paper;
}

interface BothSigned {
  readonly requester: Officer;
  readonly requested: Uint8Array;
  readonly officer: Officer;
  readonly signature: Uint8Array;
}

async function recover(
  ports: ApproveRecoveryPorts,
  { digest, statement }: RecoveryPaper,
  signed: BothSigned,
): Promise<{
  readonly checkpoint: SignedCheckpoint;
  readonly doubted: readonly DoubtedBatch[];
  readonly undecided: number;
}> {
  const { ownKeys, clock, facts, recoveryPapers } = ports;
  const number = await ports.findLogKey(statement.vkey);
  if (number === undefined) throw new AuditFault('recovery-statement', { reason: 'key' });
  const secrets = await ports.openForRecovery();
  try {
    // A passphrase may have been asked for in between, and another copy may have signed meanwhile.
    if (!isAboutGround(statement, facts, await recoveryGround(ports))) {
      throw new AuditFault('recovery-statement', { reason: 'other' });
    }
    // Once it is in use nothing else signs: one that does not open would end this log.
    await secrets.assertLogKeyOpens(number, statement.vkey);
    const known = await ownKeys.list('log');
    const before = { number: currentNumber(known), fingerprint: facts.vkey };
    await recoveryPapers.put(digest, signatureName(signed.officer.id), signed.signature);
    ports.allowChanges();
    const doubted = await ports.logRecoveries.recover(
      before,
      { number, fingerprint: statement.vkey, madeAt: clock.now() },
      {
        recovery: (count) => ({
          draft: recoveryLeaf(ports, digest, statement, signed, count),
          texts: { reason: statement.reason },
        }),
        doubt: (batch) => ({ draft: doubtLeaf(ports, signed.officer, batch) }),
      },
    );
    await ports.removeUnusedLogKeys();
    const checkpoint = await secrets.signCheckpoint();
    const handoffs = await ports.handoffs.list();
    const undecided = handoffs.filter(({ state }) => state === 'undecided').length;
    return { checkpoint, doubted, undecided };
  } finally {
    secrets.close();
  }
}

function recoveryLeaf(
  { origin, facts }: ApproveRecoveryPorts,
  digest: string,
  { vkey, replaced, size, root, anchored, anchoredRoot }: RecoveryStatement,
  { requester, requested, officer, signature }: BothSigned,
  doubted: number,
): LeafDraft {
  return {
    ...{ actor: officer.id, act: 'log-recover', result: 'done', origin },
    object: `workspace:${facts.id}`,
    data: {
      ...{ vkey, replaced, size, root, anchored, anchoredRoot },
      statement: digest,
      requester: requester.id,
      requesterFingerprint: requester.fingerprint,
      requesterSignature: digestOf(requested),
      officer: officer.id,
      fingerprint: officer.fingerprint,
      signature: digestOf(signature),
      doubted,
    },
  };
}

function doubtLeaf(
  { origin }: ApproveRecoveryPorts,
  officer: Officer,
  { id, handoff, recipient }: DoubtedBatch,
): LeafDraft {
  return {
    ...{ actor: officer.id, act: 'delivery-presumed', result: 'done', origin },
    object: `batch:${id}`,
    data: { batch: id, handoff, recipient, by: 'recovery' },
  };
}
