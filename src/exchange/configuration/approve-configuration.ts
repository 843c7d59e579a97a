import {
  encodeConfigurationApproval,
  parseConfigurationApproval,
} from '../../domain/configuration/configuration-approval.ts';
import type { ConfigurationApproval } from '../../domain/configuration/configuration-approval.ts';
import { configurationChanges } from '../../domain/configuration/configuration-changes.ts';
import type { ConfigurationChange } from '../../domain/configuration/configuration-changes.ts';
import {
  encodeConfiguration,
  parseConfigurationDocument,
} from '../../domain/configuration/configuration-document.ts';
import type { ConfigurationDocument } from '../../domain/configuration/configuration-document.ts';
import { ConfigurationFault } from '../../domain/configuration/errors.ts';
import { isFault } from '../../domain/fault.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { digestOf } from '../../domain/handoff/plan.ts';
import type { Officer } from '../../domain/workspace/officer.ts';
import { actingOfficer, enabledOfficer, validityEnd } from '../acts/acting-officer.ts';
import { composeConfiguration } from './configuration-proposal.ts';
import type { AdoptedConfiguration, ConfigurationVersion } from './configuration-versions.ts';
import { findConfiguration } from './find-configuration.ts';
import type { LogBook } from '../audit/log-book.ts';
import type { ProposePorts } from './propose-configuration.ts';
import { signStatement, verifyStatement } from '../acts/sign-statement.ts';
import type { OfficerProof } from '../acts/sign-statement.ts';
import { recordRefusal } from '../acts/record-refusal.ts';

export interface ApproveConfigurationPorts extends ProposePorts {
  readonly log: LogBook;
}

export interface ApproveConfigurationRequest {
  /** The digest, or its beginning. */
  readonly configuration: string;
  readonly officer: string | undefined;
  readonly proof: OfficerProof | undefined;
  readonly isEmergency: boolean;
  readonly reason: string | undefined;
}

/** `statement`: nothing is approved, the file at `path` waits for a signature. `missing`: more approvals are needed. */
export type ApprovedConfiguration = {
  readonly digest: string;
  readonly changes: readonly ConfigurationChange[];
} & (
  | { readonly state: 'adopted'; readonly startsAt: Date; readonly isEmergency: boolean }
  | { readonly state: 'missing'; readonly approvals: number; readonly required: number }
  | { readonly state: 'statement'; readonly path: string }
);

const hourMs = 3_600_000;

/**
 * Approves a proposed configuration as an officer other than its proposer. With enough approvals it is adopted: a
 * change of a certificate, endpoint, pin, officer or the policy after the cooling-off time of the policy in force, any
 * other at once, and the first configuration of a workspace at once too.
 *
 * Throws `configuration-unknown`, `configuration-settled`, `configuration-stale` when what it replaces is no longer in
 * force, `configuration-differs` when the files say something else by now, `approver-is-proposer`,
 * `configuration-approved-twice`, `configuration-statement`, `emergency-not-allowed`, `reason-required`, what
 * `composeConfiguration` and `actingOfficer` throw, and the faults of signatures. Refusals of persons are recorded.
 */
export async function approveConfiguration(
  ports: ApproveConfigurationPorts,
  request: ApproveConfigurationRequest,
): Promise<ApprovedConfiguration> {
  const { configuration, configurationVersions: versions, folder, clock } = ports;
  const version = await findConfiguration(versions, request.configuration);
  const { digest } = version;
  const officer = await permitted(ports, version, request);
  const document = parseConfigurationDocument(await versions.document(digest), digest);
  const changes = await assertCurrent(ports, version, document);
  const name = `approve-${officer.id}.json`;
  const fresh = approvalOf(ports, digest, officer, request);
  if (request.proof === undefined) {
    const bytes = encodeConfigurationApproval(fresh);
    const path = await folder.putConfigurationDocument(digest, name, bytes);
    return { state: 'statement', digest, changes, path };
  }
  const statement =
    request.proof.by === 'signature'
      ? await pendingStatement(ports, fresh, name)
      : encodeConfigurationApproval(fresh);
  const signature = await signStatement(ports, officer, statement, request.proof);
  const policy = ((await configuration.inForce())?.document ?? document).settings.approvals;
  const { emergency } = parseConfigurationApproval(statement);
  for (let seen = version; ; seen = await findConfiguration(versions, digest)) {
    const approvals = seen.approvals.length + 1;
    const at = clock.now();
    // A passphrase takes its time: the validity may have ended while it was typed.
    enabledOfficer([officer], officer.id, 'approver', at);
    const start = startOf(seen, changes, policy.cooling_off_hours, emergency, at);
    const settled =
      approvals >= policy.required
        ? { startsAt: start.startsAt, recipients: enabledIn(document) }
        : undefined;
    // Somebody else may approve at the same moment: then theirs counts too, and both are looked at again.
    if (!(await store(ports, seen, { officer, statement, signature, at }, settled))) continue;
    await folder.putConfigurationDocument(digest, name, statement);
    await folder.putConfigurationDocument(digest, `${name}.sig`, signature);
    return settled === undefined
      ? { state: 'missing', digest, changes, approvals, required: policy.required }
      : { state: 'adopted', digest, changes, ...start };
  }
}

/**
 * The approval with its leaf; with `settled` the version is adopted. False, and nothing stored, where approvals came that
 * were not seen.
 */
async function store(
  ports: ApproveConfigurationPorts,
  { digest, approvals }: ConfigurationVersion,
  given: {
    readonly officer: Officer;
    readonly statement: Uint8Array;
    readonly signature: Uint8Array;
    /** What its start was reckoned from. */
    readonly at: Date;
  },
  settled: AdoptedConfiguration | undefined,
): Promise<boolean> {
  const { officer, statement, signature, at } = given;
  const { emergency, reason } = parseConfigurationApproval(statement);
  return ports.configurationVersions.approve(
    digest,
    approvals.length,
    {
      ...{ officer: officer.id, fingerprint: officer.fingerprint, statement, signature },
      ...{ isEmergency: emergency, reason: reason === '' ? undefined : reason },
      ...{ approvedAt: at, validUntil: validityEnd(officer) },
    },
    settled,
    {
      draft: {
        actor: officer.id,
        act: 'configuration-approve',
        result: 'done',
        origin: ports.origin,
        object: `workspace:${ports.facts.id}`,
        data: {
          configuration: digest,
          officer: officer.id,
          fingerprint: officer.fingerprint,
          statement: digestOf(statement),
          signature: digestOf(signature),
          emergency,
          starts: settled?.startsAt.toISOString(),
        },
      },
      ...(reason === '' ? {} : { texts: { reason } }),
    },
  );
}

function enabledIn({ recipients }: ConfigurationDocument): readonly string[] {
  return recipients.filter(({ state }) => state === 'enabled').map(({ id }) => id);
}

/** An approval that asks for haste counts as such only if every one of them does. */
function startOf(
  version: ConfigurationVersion,
  changes: readonly ConfigurationChange[],
  hours: number,
  isEmergency: boolean,
  now: Date,
): { readonly startsAt: Date; readonly isEmergency: boolean } {
  const isHasty = isEmergency && version.approvals.every((approval) => approval.isEmergency);
  const waits = version.replaces !== undefined && changes.some(({ isGuarded }) => isGuarded);
  const startsAt = waits && !isHasty ? new Date(now.getTime() + hours * hourMs) : now;
  return { startsAt, isEmergency: isHasty };
}

async function permitted(
  ports: ApproveConfigurationPorts,
  version: ConfigurationVersion,
  request: ApproveConfigurationRequest,
): Promise<Officer> {
  const { officers, settings } = await ports.configuration.load();
  const { digest, proposer, proposerFingerprint } = version;
  try {
    const officer = actingOfficer(officers, request.officer, 'approver', ports.clock.now());
    if (officer.id === proposer || officer.fingerprint === proposerFingerprint) {
      throw new ConfigurationFault('approver-is-proposer', { officer: officer.id });
    }
    if (
      version.approvals.some(
        ({ officer: id, fingerprint }) => id === officer.id || fingerprint === officer.fingerprint,
      )
    ) {
      throw new ConfigurationFault('configuration-approved-twice', {
        ...{ officer: officer.id, configuration: digest },
      });
    }
    if (request.isEmergency && !settings.approvals.emergency) {
      throw new DecisionFault('emergency-not-allowed');
    }
    if (request.isEmergency && (request.reason ?? '') === '') {
      throw new DecisionFault('reason-required', { act: 'emergency' });
    }
    return officer;
  } catch (error) {
    if (isFault(error)) {
      const attempt = { officers, officer: request.officer, asked: 'configuration-approve' };
      await recordRefusal(ports, { ...attempt, object: `workspace:${ports.facts.id}` }, error);
    }
    throw error;
  }
}

/**
 * Nothing may have moved: what it replaces is in force, the files still say it, and the proposer is still one of ours
 * and did sign it.
 */
async function assertCurrent(
  ports: ApproveConfigurationPorts,
  version: ConfigurationVersion,
  document: ConfigurationDocument,
): Promise<readonly ConfigurationChange[]> {
  const { digest, state, replaces, proposer } = version;
  const about = { configuration: digest };
  if (state !== 'proposed') throw new ConfigurationFault('configuration-settled', about);
  const current = await ports.configuration.inForce();
  if (current?.version.digest !== replaces) {
    throw new ConfigurationFault('configuration-stale', about);
  }
  const { attempt } = document;
  const files = encodeConfiguration({
    ...(await composeConfiguration(ports, replaces)),
    ...(attempt === undefined ? {} : { attempt }),
  });
  if (digestOf(files) !== digest) throw new ConfigurationFault('configuration-differs', about);
  const { officers } = await ports.configuration.load();
  const signer = actingOfficer(officers, proposer, 'officer', ports.clock.now());
  const bytes = await ports.configurationVersions.document(digest);
  await verifyStatement(ports, signer, bytes, version.signature);
  return configurationChanges(current?.document, document);
}

function approvalOf(
  { facts, clock }: ApproveConfigurationPorts,
  digest: string,
  officer: Officer,
  request: ApproveConfigurationRequest,
): ConfigurationApproval {
  return {
    type: 'mimamori/configuration-approval/v1',
    workspace: facts.id,
    mode: facts.mode,
    configuration: digest,
    officer: officer.id,
    emergency: request.isEmergency,
    reason: request.reason ?? '',
    at: clock.now().toISOString(),
  };
}

/** The statement a signature from elsewhere is over: exactly the bytes written earlier, and about this version. */
async function pendingStatement(
  { folder }: ApproveConfigurationPorts,
  expected: ConfigurationApproval,
  name: string,
): Promise<Uint8Array> {
  const { configuration } = expected;
  const bytes = await folder.readConfigurationDocument(configuration, name);
  if (bytes === undefined) {
    throw new ConfigurationFault('configuration-statement', { configuration, reason: 'missing' });
  }
  const found = parseConfigurationApproval(bytes);
  const isSame = (['workspace', 'mode', 'configuration', 'officer', 'emergency'] as const).every(
    (member) => found[member] === expected[member],
  );
  if (!isSame) {
    throw new ConfigurationFault('configuration-statement', { configuration, reason: 'other' });
  }
  return bytes;
}
