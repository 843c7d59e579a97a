import type { Leaf } from '../../domain/audit/leaf.ts';
import { parseConfigurationApproval } from '../../domain/configuration/configuration-approval.ts';
import { parseConfigurationDocument } from '../../domain/configuration/configuration-document.ts';
import type { ConfigurationDocument } from '../../domain/configuration/configuration-document.ts';
import { ConfigurationFault } from '../../domain/configuration/errors.ts';
import { isFault } from '../../domain/fault.ts';
import { digestOf } from '../../domain/handoff/plan.ts';
import { decodeBase64 } from '../../domain/tlog/base64.ts';
import type { Officer } from '../../domain/workspace/officer.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { Clock } from '../workspace/clock.ts';
import { versionInForce } from './configuration-in-force.ts';
import { configurationLeaves } from './configuration-leaves.ts';
import type { ConfigurationLeaves } from './configuration-leaves.ts';
import type {
  ConfigurationVersion,
  ConfigurationVersions,
  StoredConfigurationApproval,
} from './configuration-versions.ts';
import type { HashedLog } from '../audit/hashed-leaves.ts';
import type { Signatures } from '../acts/signatures.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';

export interface ConfigurationProofPorts {
  readonly facts: WorkspaceFacts;
  readonly configurationVersions: Pick<ConfigurationVersions, 'list' | 'document'>;
  readonly signatures: Pick<Signatures, 'verifyDetached'>;
  readonly log: HashedLog;
  readonly clock: Clock;
}

/** What was found to be wrong; the fact `found` of the fault. */
type Found = 'chain' | 'proposer' | 'approval' | 'approvals' | 'leaf' | 'start' | 'withdrawn';

/**
 * Does not believe the row that says which configuration is in force: from the first version on each one replaces the one
 * before, was signed by an officer and enough approvers of that one (the first by its own), and its digests stand in the
 * log as they were signed. What the log says was adopted may not be gone either. Nothing is asked where none was approved.
 *
 * The first version answers for itself: that it is the first is what the log says, and an old checkpoint keeps that.
 * Throws `configuration-unproven`, `configuration-damaged` and AuditFault `leaf-malformed`, `log-altered`.
 */
export async function assertConfigurationSigned(ports: ConfigurationProofPorts): Promise<void> {
  const versions = await ports.configurationVersions.list();
  const leaves = await configurationLeaves(ports.log);
  const now = ports.clock.now();
  const current = versionInForce(versions, now);
  assertNoneGone(versions, leaves);
  if (current === undefined) return;
  const chain = versions
    .filter(({ number }) => number !== undefined && number <= (current.number ?? 0))
    .toSorted((left, right) => (left.number ?? 0) - (right.number ?? 0));
  let before: ConfigurationDocument | undefined;
  for (const [at, version] of chain.entries()) {
    const follows = version.number === at + 1 && version.replaces === chain[at - 1]?.digest;
    if (!follows) throw unproven(version.digest, 'chain');
    before = await assertVersion(ports, version, before, leaves);
  }
  if (!hasCome(current, leaves, now)) throw unproven(current.digest, 'start');
}

/** Its time is over now, was over when it was adopted, or was seen to be: a clock that went back undoes none of them. */
function hasCome(
  { digest, effectiveFrom }: ConfigurationVersion,
  leaves: ConfigurationLeaves,
  now: Date,
): boolean {
  if (leaves.started.has(digest) || (effectiveFrom ?? now) <= now) return true;
  const adopting = adoptingLeaf(leaves, digest);
  return adopting !== undefined && Date.parse(adopting.at) >= effectiveFrom!.getTime();
}

/** One version against the one it replaces; its document. */
async function assertVersion(
  ports: ConfigurationProofPorts,
  version: ConfigurationVersion,
  before: ConfigurationDocument | undefined,
  leaves: ConfigurationLeaves,
): Promise<ConfigurationDocument> {
  const { digest, proposer, proposerFingerprint, signature } = version;
  const bytes = await ports.configurationVersions.document(digest);
  const document = parseConfigurationDocument(bytes, digest);
  const people = before ?? document;
  if (document.workspace !== ports.facts.id || document.replaces !== version.replaces) {
    throw unproven(digest, 'chain');
  }
  const leaf = leafOf(leaves.proposed, digest, proposer);
  if (leaf?.data['signature'] !== digestOf(signature)) throw unproven(digest, 'leaf');
  await assertSigned(ports, people, digest, 'proposer', {
    ...{ id: proposer, fingerprint: proposerFingerprint, statement: bytes, signature, leaf },
  });
  for (const approval of version.approvals) {
    await assertApproval(ports, people, version, approval, leaves);
  }
  assertEnough(version, people, leaves);
  return document;
}

/** As many others as the policy wants, and a start as it was recorded when the last of them signed. */
function assertEnough(
  { digest, proposer, proposerFingerprint, approvals, effectiveFrom }: ConfigurationVersion,
  { settings }: ConfigurationDocument,
  leaves: ConfigurationLeaves,
): void {
  const ids = new Set([proposer, ...approvals.map(({ officer }) => officer)]);
  const keys = new Set([proposerFingerprint, ...approvals.map(({ fingerprint }) => fingerprint)]);
  const others = Math.min(ids.size, keys.size) - 1;
  if (others < approvals.length || others < settings.approvals.required) {
    throw unproven(digest, 'approvals');
  }
  const starts = adoptingLeaf(leaves, digest)?.data['starts'];
  if (starts !== effectiveFrom?.toISOString()) throw unproven(digest, 'start');
}

async function assertApproval(
  ports: ConfigurationProofPorts,
  people: ConfigurationDocument,
  { digest }: ConfigurationVersion,
  { officer: id, fingerprint, statement, signature, isEmergency }: StoredConfigurationApproval,
  leaves: ConfigurationLeaves,
): Promise<void> {
  const leaf = leafOf(leaves.approved, digest, id);
  const isRecorded =
    leaf?.data['statement'] === digestOf(statement) &&
    leaf.data['signature'] === digestOf(signature);
  if (!isRecorded) throw unproven(digest, 'leaf');
  await assertSigned(ports, people, digest, 'approval', {
    ...{ id, fingerprint, statement, signature, leaf },
  });
  const said = parseConfigurationApproval(statement);
  const { facts } = ports;
  const isThis =
    said.workspace === facts.id &&
    said.mode === facts.mode &&
    said.configuration === digest &&
    said.officer === id &&
    said.emergency === isEmergency;
  if (!isThis) throw unproven(digest, 'approval');
}

/** By somebody who had the role at that time, with the certificate of the version that was in force. */
async function assertSigned(
  { signatures }: ConfigurationProofPorts,
  { officers, certificates }: ConfigurationDocument,
  digest: string,
  found: 'proposer' | 'approval',
  signed: {
    readonly id: string;
    readonly fingerprint: string;
    readonly statement: Uint8Array;
    readonly signature: Uint8Array;
    readonly leaf: Leaf;
  },
): Promise<void> {
  const role = found === 'proposer' ? 'officer' : 'approver';
  try {
    const officer: Officer = actingOfficer(officers, signed.id, role, new Date(signed.leaf.at));
    const certificate = decodeBase64(certificates[officer.certificate] ?? '') ?? new Uint8Array(0);
    const { statement, signature } = signed;
    const { fingerprint } = await signatures.verifyDetached(statement, signature, certificate);
    const isTheirs = fingerprint === officer.fingerprint && fingerprint === signed.fingerprint;
    if (!isTheirs) throw unproven(digest, found);
  } catch (error) {
    throw isFault(error) ? unproven(digest, found, error) : error;
  }
}

/**
 * Whoever takes a version away puts an older one in force, and whoever puts one back undoes a decision: only acts that
 * the log has may do that. A version that another overtook, or that was dropped, never comes back.
 */
function assertNoneGone(
  versions: readonly ConfigurationVersion[],
  { approved, dropped }: ConfigurationLeaves,
): void {
  const adopting = approved.filter(({ data }) => data['starts'] !== undefined);
  const adopted = adopting.map(({ data }) => {
    const digest = data['configuration'] as string;
    return { digest, version: versions.find((each) => each.digest === digest) };
  });
  for (const [at, { digest, version }] of adopted.entries()) {
    const isOvertaken = adopted
      .slice(at + 1)
      .some((later) => later.version?.replaces === version?.replaces);
    const state = isOvertaken || dropped.has(digest) ? 'dropped' : 'adopted';
    const isAsLogged = version?.state === state && (at > 0 || version.number === 1);
    if (!isAsLogged) throw unproven(digest, 'withdrawn');
  }
}

/** That of the last approval it needed. */
function adoptingLeaf({ approved }: ConfigurationLeaves, digest: string): Leaf | undefined {
  return approved.find(
    ({ data }) => data['configuration'] === digest && data['starts'] !== undefined,
  );
}

function leafOf(leaves: readonly Leaf[], digest: string, officer: string): Leaf | undefined {
  return leaves.find(({ data }) => data['configuration'] === digest && data['officer'] === officer);
}

function unproven(configuration: string, found: Found, cause?: unknown): ConfigurationFault {
  return new ConfigurationFault('configuration-unproven', { configuration, found }, cause);
}
