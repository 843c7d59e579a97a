import { configurationChanges } from '../../domain/configuration/configuration-changes.ts';
import type { ConfigurationChange } from '../../domain/configuration/configuration-changes.ts';
import { encodeConfiguration } from '../../domain/configuration/configuration-document.ts';
import type { ConfigurationDocument } from '../../domain/configuration/configuration-document.ts';
import { ConfigurationFault } from '../../domain/configuration/errors.ts';
import { digestOf } from '../../domain/handoff/plan.ts';
import { actingOfficer, validityEnd } from '../acts/acting-officer.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from './configuration.ts';
import { composeConfiguration } from './configuration-proposal.ts';
import type { ProposalPorts } from './configuration-proposal.ts';
import type { ConfigurationInForce } from './configuration-in-force.ts';
import type {
  ConfigurationApprover,
  ConfigurationVersion,
  ConfigurationVersions,
} from './configuration-versions.ts';
import { signStatement } from '../acts/sign-statement.ts';
import type { OfficerProof } from '../acts/sign-statement.ts';
import type { Signatures } from '../acts/signatures.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';

export interface ProposePorts extends Omit<ProposalPorts, 'configuration'> {
  readonly configuration: Configuration & Pick<ConfigurationInForce, 'inForce'>;
  readonly configurationVersions: ConfigurationVersions;
  readonly signatures: Signatures;
  readonly folder: WorkspaceFolder;
  readonly clock: Clock;
  readonly origin: string;
}

/** `statement`: nothing is proposed; the document at `path` waits for its signature. */
export type ProposedConfiguration = {
  readonly digest: string;
  readonly changes: readonly ConfigurationChange[];
} & (
  | { readonly state: 'proposed'; readonly approvalsRequired: number }
  | { readonly state: 'statement'; readonly path: string }
);

const hourMs = 3_600_000;

/**
 * Stores what the files say as a proposal, signed by an officer of those in force. Others approve it; until then
 * nothing changes. Without a proof the document is written, to be signed elsewhere and brought back.
 *
 * Throws `configuration-unchanged`, what `composeConfiguration` throws, what `actingOfficer` throws, and the
 * faults of signatures.
 */
export async function proposeConfiguration(
  ports: ProposePorts,
  request: { readonly officer: string | undefined; readonly proof: OfficerProof | undefined },
): Promise<ProposedConfiguration> {
  const { configuration, configurationVersions: versions, clock, folder } = ports;
  const { officers, settings } = await configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', clock.now());
  const current = await configuration.inForce();
  const composed = await composeConfiguration(ports, current?.version.digest);
  const changes = configurationChanges(current?.document, composed);
  if (changes.length === 0) throw new ConfigurationFault('configuration-unchanged');
  const { document, digest } = freshDocument(composed, await versions.list());
  const path = await folder.putConfigurationDocument(digest, 'configuration.json', document);
  if (request.proof === undefined) return { state: 'statement', digest, changes, path };
  const signature = await signStatement(ports, officer, document, request.proof);
  const { fingerprint } = officer;
  await versions.propose(
    {
      ...{ digest, replaces: current?.version.digest, document, signature },
      ...{ proposer: officer.id, proposerFingerprint: fingerprint, proposedAt: clock.now() },
      coolingOffMs: composed.settings.approvals.cooling_off_hours * hourMs,
      isGuarded: changes.some(({ isGuarded }) => isGuarded),
      approvers: approversIn(composed),
    },
    {
      draft: {
        actor: officer.id,
        act: 'configuration-propose',
        result: 'done',
        origin: ports.origin,
        object: `workspace:${ports.facts.id}`,
        data: {
          configuration: digest,
          replaced: current?.version.digest,
          officer: officer.id,
          fingerprint,
          signature: digestOf(signature),
          changed: changes.length,
          guarded: changes.filter(({ isGuarded }) => isGuarded).length,
        },
      },
    },
  );
  await folder.putConfigurationDocument(digest, 'configuration.json.sig', signature);
  const approvalsRequired = (current?.document ?? { settings }).settings.approvals.required;
  return { state: 'proposed', digest, changes, approvalsRequired };
}

function approversIn({ officers }: ConfigurationDocument): readonly ConfigurationApprover[] {
  return officers
    .filter(({ state, roles }) => state === 'enabled' && roles.includes('approver'))
    .map((officer) => ({
      ...{ officer: officer.id, fingerprint: officer.fingerprint },
      validUntil: validityEnd(officer),
    }));
}

/** What was dropped may be proposed again, as another document. */
function freshDocument(
  composed: ConfigurationDocument,
  versions: readonly ConfigurationVersion[],
): { readonly document: Uint8Array; readonly digest: string } {
  const dropped = new Set(
    versions.filter(({ state }) => state === 'dropped').map(({ digest }) => digest),
  );
  for (let attempt = 1; ; attempt += 1) {
    const document = encodeConfiguration(attempt === 1 ? composed : { ...composed, attempt });
    const digest = digestOf(document);
    if (!dropped.has(digest)) return { document, digest };
  }
}
