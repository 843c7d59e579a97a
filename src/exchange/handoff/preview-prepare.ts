import type { Incident } from '../../domain/incident/incident.ts';
import { assertAsBrought } from '../arrivals/brought-sources.ts';
import type { Certificates } from '../keys/certificates.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { IncidentRegister } from '../incident/incident-register.ts';
import { jobRecipients } from './job-recipients.ts';
import type { HashedLog } from '../audit/hashed-leaves.ts';
import type { PassphraseSource } from '../keys/passphrases.ts';
import type { NamedSource } from './prepare-handoff.ts';
import { composeJob } from './prepare-job.ts';
import type { Profiles } from '../configuration/profiles.ts';
import type { PreviewResult, SourcePreviews } from '../sources/source-previews.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';
import type { OwnKeys } from '../keys/own-keys.ts';

export interface PreviewPorts {
  readonly facts: WorkspaceFacts;
  readonly configuration: Configuration;
  readonly incidents: IncidentRegister;
  readonly folder: WorkspaceFolder;
  readonly log: HashedLog;
  readonly ownKeys: Pick<OwnKeys, 'list'>;
  readonly certificates: Certificates;
  readonly profiles: Profiles;
  readonly cardProcess: SourcePreviews;
  readonly passphrases: PassphraseSource;
  readonly clock: Clock;
}

export interface PreviewRequest {
  readonly incident: string;
  readonly sources: readonly NamedSource[];
  readonly acceptHeld: readonly string[];
  /** Records of each source that are shown. */
  readonly records: number;
  readonly signal?: AbortSignal;
}

export interface Previewed extends PreviewResult {
  readonly incident: Incident;
  readonly mode: 'drill' | 'live';
}

/**
 * Shows how a prepare would read its sources. Nothing changes: no handoff, no row, no file, no leaf, and no number but a
 * truncated one leaves the process that reads them. Throws the faults of intake, routing and keys, and as
 * `assertAsBrought`.
 */
export async function previewPrepare(
  ports: PreviewPorts,
  request: PreviewRequest,
): Promise<Previewed> {
  const { configuration, incidents, facts, clock } = ports;
  const loaded = await configuration.load();
  const row = await incidents.get(request.incident);
  const recipients = await jobRecipients(ports, loaded, row.incident);
  const job = await composeJob(ports, facts, loaded, row, recipients, {
    ...{
      handoff: 'preview',
      stage: row.incident.stage ?? 'interim',
      dryRun: true,
      at: clock.now(),
    },
    sources: request.sources,
    acceptHeld: request.acceptHeld,
  });
  const passphrase = await ports.passphrases.read('workspace');
  try {
    const preview = { ...job, preview: request.records };
    const result = await ports.cardProcess.preview(preview, passphrase, request.signal);
    assertAsBrought(request.sources, result.sources, loaded.recipients);
    return { ...result, incident: row.incident, mode: facts.mode };
  } finally {
    passphrase.fill(0);
  }
}
