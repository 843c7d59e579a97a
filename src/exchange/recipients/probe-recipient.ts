import type { LeafDraft } from '../../domain/audit/leaf.ts';
import { RecipientsFault } from '../../domain/recipients/errors.ts';
import type { Recipient } from '../../domain/recipients/recipient.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { Clock } from '../workspace/clock.ts';
import { plannedEndpoint } from '../handoff/compose-plan.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { SftpCredentials } from '../delivery/courier.ts';
import type { DeliverySecrets } from '../delivery/deliver-ports.ts';
import type { Ids } from '../workspace/ids.ts';
import type { LogBook } from '../audit/log-book.ts';
import type { ProbeFindings, RemoteProber } from './remote-prober.ts';
import { enabledRecipient } from './send-recipient-test.ts';
import { sftpEndpointOf } from '../delivery/sftp-endpoint-of.ts';

export interface ProbePorts {
  readonly origin: string;
  readonly configuration: Configuration;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: LogBook;
  readonly prober: RemoteProber;
  openSecrets(): Promise<DeliverySecrets>;
}

export interface Probed {
  readonly recipient: Recipient;
  readonly directory: string;
  readonly findings: ProbeFindings;
  /** Endpoint traits that what was seen speaks for, as `recipients.toml` writes them. */
  readonly traits: Readonly<Record<string, boolean | string>>;
}

/**
 * Measures what a recipient's server allows, in its probe directory and nowhere else, and proposes endpoint traits.
 * Nothing is changed here: traits are part of what is tested and approved, so a person sets them.
 *
 * Throws `probe-directory-missing`, `probe-directory-shared`, `usage` for a recipient without a server,
 * `config-id-unknown`, what `actingOfficer` throws, and the DeliveryFaults of `RemoteProber`.
 */
export async function probeRecipient(
  ports: ProbePorts,
  request: {
    readonly recipient: string;
    readonly officer: string | undefined;
    /** In place of the configured one, for this once. */
    readonly directory: string | undefined;
    readonly signal?: AbortSignal;
  },
): Promise<Probed> {
  const loaded = await ports.configuration.load();
  const officer = actingOfficer(loaded.officers, request.officer, 'officer', ports.clock.now());
  const recipient = enabledRecipient(loaded, request.recipient);
  const planned = plannedEndpoint(recipient);
  const [configured] = recipient.endpoints;
  if (planned.kind !== 'sftp' || configured?.kind !== 'sftp') {
    throw new WorkspaceFault('usage', {
      option: 'recipient probe',
      expected: 'a recipient with an SFTP server; this one has a folder',
    });
  }
  const directory = request.directory ?? configured.probe_directory;
  if (directory === undefined) {
    throw new RecipientsFault('probe-directory-missing', { recipient: recipient.id });
  }
  if (directory === planned.directory) {
    throw new RecipientsFault('probe-directory-shared', { recipient: recipient.id, directory });
  }
  const secrets = await ports.openSecrets();
  try {
    const findings = await ports.prober.probe(
      { ...sftpEndpointOf(planned), directory },
      // With the newest key alone: so a probe tells whether they entered it.
      withoutRetiring(await secrets.credentials(recipient)),
      { prefix: `mimamori-probe-${ports.ids.handoff()}-`, deliveryDirectory: planned.directory },
      request.signal,
    );
    const draft = draftOf(ports.origin, officer.id, recipient.id, findings);
    await ports.log.append({ draft, texts: { directory } });
    return { recipient, directory, findings, traits: proposedTraits(findings) };
  } finally {
    secrets.close();
  }
}

function withoutRetiring({ retiringKey: _, ...credentials }: SftpCredentials): SftpCredentials {
  return credentials;
}

/** For servers that hide or refuse names with a leading dot. */
const UNDOTTED = '{name}.{attempt}-{fence}.tmp';

/** The traits of an endpoint, in the words of `recipients.toml`. */
function proposedTraits(findings: ProbeFindings): Readonly<Record<string, boolean | string>> {
  return {
    can_list: findings.canLook && findings.canList,
    can_read_back: findings.readBack === 'same',
    rename: findings.canRename ? 'plain' : 'none',
    ...(findings.canRename && !findings.takesDotNames ? { temporary_name: UNDOTTED } : {}),
  };
}

function draftOf(
  origin: string,
  actor: string,
  recipient: string,
  findings: ProbeFindings,
): LeafDraft {
  const { hostKey, writeBytesMax, left } = findings;
  const answers = {
    'exclusive-create': findings.isCreateExclusive,
    sync: findings.canSync,
    'read-back': findings.readBack === 'same',
    look: findings.canLook,
    list: findings.canList,
    rename: findings.canRename,
    'dot-names': findings.takesDotNames,
    'keeps-existing': findings.renameOntoExisting === 'refused',
    space: findings.freeBytes !== undefined,
    limits: findings.limits !== undefined,
  };
  const named = (is: boolean): string[] =>
    Object.entries(answers).flatMap(([name, yes]) => (yes === is ? [name] : []));
  return {
    ...{ actor, act: 'recipient-probe', result: 'done', origin, object: `recipient:${recipient}` },
    data: {
      ...{ recipient, hostKey, found: named(true), missing: named(false) },
      ...{ writeBytesMax, left: left.length },
    },
  };
}
