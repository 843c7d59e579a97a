import { digestOf } from '../../domain/handoff/plan.ts';
import type { Stage } from '../../domain/handoff/stage.ts';
import { IncidentFault } from '../../domain/incident/errors.ts';
import type { Merchant } from '../../domain/incident/merchants.ts';
import { windowBounds } from '../../domain/incident/windows.ts';
import { withoutPersons } from '../../domain/intake/person-columns.ts';
import { subjectOf } from '../../domain/intake/source-kinds.ts';
import type {
  JobMerchant,
  PinnedSender,
  PrepareJob,
  RoutedRecipient,
  SourceRequest,
} from './card-process.ts';
import type { LoadedConfiguration, Configuration } from '../configuration/configuration.ts';
import type { IncidentRow } from '../incident/incident-register.ts';
import { issuerTableInForce } from '../configuration/issuer-table.ts';
import { openpgpKeyFiles } from '../keys/own-keys.ts';
import type { OwnKeys } from '../keys/own-keys.ts';
import type { HashedLog } from '../audit/hashed-leaves.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';

/** What the officer asked for. */
export interface JobRequest {
  readonly handoff: string;
  readonly sources: readonly SourceRequest[];
  readonly acceptHeld: readonly string[];
  readonly stage: Stage;
  readonly acceptUnsigned?: boolean;
  readonly acceptAbsent?: boolean;
  readonly requestsWaiver?: boolean;
  readonly dryRun: boolean;
  readonly jobs?: number;
  readonly at: Date;
}

interface JobPorts {
  readonly folder: WorkspaceFolder;
  readonly ownKeys: Pick<OwnKeys, 'list'>;
  readonly configuration: Configuration;
  readonly log: HashedLog;
}

/**
 * Puts together the document the CDE process works by. Throws `kinds-mixed`, `references-of-merchants`,
 * `merchants-absent` and `merchant-unknown` for sources of merchants that the incident does not list,
 * `references-by-merchant`, `look-up-by-name-off`, and what reading certificates and tables throws, `bins-altered` among it.
 */
export async function composeJob(
  ports: JobPorts,
  facts: WorkspaceFacts,
  loaded: LoadedConfiguration,
  row: IncidentRow,
  recipients: readonly RoutedRecipient[],
  request: JobRequest,
): Promise<PrepareJob> {
  const { folder, configuration } = ports;
  const { incident } = row;
  const subject = subjectOf(request.sources.map(({ spec }) => spec.kind));
  assertSourceMerchants(incident, request.sources);
  const sources = ofPersons(incident, request.sources);
  const table = await issuerTableInForce(ports);
  const senders = await jobSenders(configuration, loaded);
  return {
    mode: facts.mode,
    dryRun: request.dryRun,
    handoff: request.handoff,
    createdAt: request.at.toISOString(),
    sender: loaded.settings.workspace.organisation,
    contact: incident.contact ?? loaded.settings.workspace.contact ?? '',
    incident: jobIncident(incident, request.stage),
    ...(subject === 'cards' ? {} : { subject }),
    sources,
    senders,
    ...(request.acceptUnsigned === true ? { acceptUnsigned: true } : {}),
    ...(request.acceptAbsent === true ? { acceptAbsent: true } : {}),
    acceptHeld: request.acceptHeld,
    ...(request.requestsWaiver === true ? { requestsWaiver: true as const } : {}),
    recipients,
    routes: {
      routes: incident.routes,
      ...(incident.default_recipient === undefined
        ? {}
        : { default_recipient: incident.default_recipient }),
    },
    ...(table === undefined ? {} : { binTablePath: table.path }),
    binTableDigest: table?.sha256 ?? digestOf(new Uint8Array(0)),
    firstReference: row.nextReference,
    outbox: folder.outbox,
    ...(request.jobs === undefined ? {} : { jobs: request.jobs }),
    workspaceKeyPath: folder.workspaceKeyPath,
    openpgpKeys: await openpgpKeyFiles({ folder, facts, ownKeys: ports.ownKeys }),
    workspaceId: facts.id,
    ...(row.wrappedKey === undefined ? {} : { wrappedKey: hexOf(row.wrappedKey) }),
  };
}

/** Pinned certificates whose signature on an encrypted source is believed. */
async function jobSenders(
  configuration: Configuration,
  loaded: LoadedConfiguration,
): Promise<readonly PinnedSender[]> {
  const enabled = loaded.senders.filter(({ state }) => state === 'enabled');
  return Promise.all(
    enabled.map(async ({ id, certificate, fingerprint, allow }) => ({
      id,
      certificate: new TextDecoder().decode(await configuration.readCertificate(certificate)),
      fingerprint,
      allow: allow.map(({ weakness }) => weakness),
    })),
  );
}

function assertSourceMerchants(
  { id: incident, merchants }: IncidentRow['incident'],
  sources: readonly SourceRequest[],
): void {
  for (const [index, { spec }] of sources.entries()) {
    const { merchant, columns } = spec;
    if (merchant === undefined && columns.merchant === undefined) continue;
    const facts = { incident, source: index + 1 };
    if (merchants === undefined) throw new IncidentFault('merchants-absent', facts);
    if (merchant === undefined || merchants.some(({ id }) => id === merchant)) continue;
    throw new IncidentFault('merchant-unknown', { merchant, ...facts });
  }
}

/** Columns of persons are read only where the incident says so: what nobody asked for is not to be held. */
function ofPersons(
  { id: incident, look_up_by_name: isOn }: IncidentRow['incident'],
  sources: readonly SourceRequest[],
): readonly SourceRequest[] {
  if (isOn === true) return sources;
  const asked = sources.findIndex(({ asksForPersons }) => asksForPersons === true);
  if (asked >= 0) throw new IncidentFault('look-up-by-name-off', { incident, source: asked + 1 });
  return sources.map((source) => ({ ...source, spec: withoutPersons(source.spec) }));
}

function jobIncident(incident: IncidentRow['incident'], stage: Stage): PrepareJob['incident'] {
  return {
    id: incident.id,
    merchant: incident.merchant ?? '',
    ...(incident.merchants === undefined ? {} : { merchants: incident.merchants.map(jobMerchant) }),
    caseNumber: incident.case_number ?? '',
    stage,
    elements: incident.elements,
    timeZone: incident.time_zone,
    excludedChannels: incident.excluded_channels,
    windows: incident.windows.map((window) => ({
      name: window.name,
      ...(window.channels === undefined ? {} : { channels: window.channels }),
      ...(window.merchants === undefined ? {} : { merchants: window.merchants }),
      ...windowBounds(window, incident.time_zone),
      listedOnly: window.listed_only,
      fromText: window.from,
      toText: window.to,
    })),
  };
}

function jobMerchant({ id, name, number }: Merchant): JobMerchant {
  return { id, name, ...(number === undefined ? {} : { number }) };
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
