import { recoveredOrigin, RECOVERY_HEX_DIGITS } from '../../domain/audit/log-recovery.ts';
import { toHex } from '../../domain/audit/hex.ts';
import { encodeRecovery } from '../../domain/audit/recovery-statement.ts';
import type { RecoveryStatement } from '../../domain/audit/recovery-statement.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { digestOf } from '../../domain/handoff/plan.ts';
import { parseVerifierKey } from '../../domain/tlog/verifier-key.ts';
import type { Officer } from '../../domain/workspace/officer.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import { signatureName } from '../acts/papers.ts';
import { signStatement, tryKey } from '../acts/sign-statement.ts';
import type { OfficerProof } from '../acts/sign-statement.ts';
import type { Signatures } from '../acts/signatures.ts';
import { assertConfigurationApproved } from '../configuration/assert-configuration-approved.ts';
import type { ConfigurationProofPorts } from '../configuration/assert-configuration-signed.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { DeliverySecrets } from '../delivery/deliver-ports.ts';
import type { OwnKeys } from '../keys/own-keys.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Ids } from '../workspace/ids.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';
import type { Anchor } from './anchor.ts';
import type { LogBook } from './log-book.ts';
import type { LogKeyMaker } from './rotate-log-key.ts';
import { recoveryGround } from './recovery-ground.ts';
import type { RecoveryGround } from './recovery-ground.ts';
import type { RecoveryPapers } from './recovery-papers.ts';
import { isAboutGround, statementName } from './recovery-papers.ts';

export interface RecoverPorts extends ConfigurationProofPorts {
  readonly origin: string;
  readonly facts: WorkspaceFacts;
  readonly configuration: Configuration;
  readonly signatures: Signatures;
  readonly log: LogBook & ConfigurationProofPorts['log'];
  readonly anchor: Anchor;
  readonly ownKeys: OwnKeys;
  readonly recoveryPapers: RecoveryPapers;
  readonly ids: Ids;
  readonly clock: Clock;
  /** Also in a restored workspace that may only be read. */
  openForRecovery(): Promise<Pick<DeliverySecrets, 'signCheckpoint' | 'close'> & LogKeyMaker>;
}

export interface RecoverRequest {
  readonly officer: string | undefined;
  readonly proof: OfficerProof | undefined;
  readonly reason: string | undefined;
}

/** `statement`: nobody signed yet, the file at `path` waits. `requested`: a second officer has to sign it as well. */
export interface RequestedRecovery {
  readonly state: 'statement' | 'requested';
  readonly digest: string;
  readonly path: string;
  readonly ground: RecoveryGround;
  readonly vkey: string;
}

/**
 * Asks for a log to go on whose last entries are lost: says what this copy and the anchor have in common, makes the key
 * that is to sign from then on, and writes the statement that two officers sign. Nothing in the database changes.
 *
 * Throws `reason-required`, `command-not-waiting` where no statement of this officer about this state waits for the
 * signature, what `provenOfficers`, `recoveryGround`, `actingOfficer` and opening secrets throw, and the faults of
 * signatures.
 */
export async function requestRecovery(
  ports: RecoverPorts,
  request: RecoverRequest,
): Promise<RequestedRecovery> {
  const { clock, recoveryPapers } = ports;
  const officers = await provenOfficers(ports);
  const officer = actingOfficer(officers, request.officer, 'officer', clock.now());
  const ground = await recoveryGround(ports);
  const { proof } = request;
  if (proof?.by === 'signature') return signedElsewhere(ports, officer, ground, proof);
  await tryKey(ports, request.officer, proof);
  const statement = await newStatement(ports, officer, ground, request.reason);
  const bytes = encodeRecovery(statement);
  const digest = digestOf(bytes);
  const path = await recoveryPapers.put(digest, statementName, bytes);
  const made = { digest, path, ground, vkey: statement.vkey };
  if (proof === undefined) return { state: 'statement', ...made };
  const signature = await signStatement(ports, officer, bytes, proof);
  await recoveryPapers.put(digest, signatureName(officer.id), signature);
  return { state: 'requested', ...made };
}

/**
 * The officers that a live workspace's own officers signed for: whoever holds a backup can write rows that say so, and
 * would be both persons. Throws what `assertConfigurationApproved` throws.
 */
export async function provenOfficers(ports: RecoverPorts): Promise<readonly Officer[]> {
  const loaded = await ports.configuration.load();
  await assertConfigurationApproved(ports, loaded);
  return loaded.officers;
}

async function newStatement(
  ports: RecoverPorts,
  officer: Officer,
  { common, anchored }: RecoveryGround,
  reason: string | undefined,
): Promise<RecoveryStatement> {
  const { facts, ids, clock } = ports;
  if (reason === undefined) throw new DecisionFault('reason-required', { act: 'audit-recover' });
  return {
    type: 'mimamori/log-recovery/v1',
    ...{ workspace: facts.id, mode: facts.mode, replaced: facts.vkey },
    vkey: await newKey(ports, ids.nonce().slice(0, RECOVERY_HEX_DIGITS)),
    ...{ size: common.size, root: toHex(common.root) },
    ...{ anchored: anchored.size, anchoredRoot: toHex(anchored.root) },
    ...{ requester: officer.id, reason, at: clock.now().toISOString() },
  };
}

/** Stored now, so that the officers sign which key it is; nobody's until the log names it. */
async function newKey(ports: RecoverPorts, hex: string): Promise<string> {
  const secrets = await ports.openForRecovery();
  try {
    const known = await ports.ownKeys.list('log');
    const next = Math.max(1, ...known.map(({ number }) => number)) + 1;
    const { name } = parseVerifierKey(ports.facts.vkey);
    return (await secrets.makeLogKey(next, recoveredOrigin(name, hex))).fingerprint;
  } finally {
    secrets.close();
  }
}

/** Which of the statements of this officer about this state of things the signature is over. */
async function signedElsewhere(
  ports: RecoverPorts,
  officer: Officer,
  ground: RecoveryGround,
  proof: OfficerProof,
): Promise<RequestedRecovery> {
  const { recoveryPapers } = ports;
  let last: unknown = new DecisionFault('command-not-waiting', { command: 'audit recover' });
  for (const { digest, path, bytes, statement } of await recoveryPapers.waiting()) {
    if (statement.requester !== officer.id || !isAboutGround(statement, ports.facts, ground)) {
      continue;
    }
    try {
      const signature = await signStatement(ports, officer, bytes, proof);
      await recoveryPapers.put(digest, signatureName(officer.id), signature);
      return { state: 'requested', digest, path, ground, vkey: statement.vkey };
    } catch (error) {
      last = error;
    }
  }
  throw last;
}
