import { digestOf } from '../../domain/handoff/plan.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { tilePath } from '../../domain/tlog/tiles.ts';
import { enabledOfficer } from '../acts/acting-officer.ts';
import type { Clock } from '../workspace/clock.ts';
import type { ConfigurationVersions } from '../configuration/configuration-versions.ts';
import type { DeliverySecrets } from '../delivery/deliver-ports.ts';
import type { HandoffRow } from '../handoff/handoff-register.ts';
import type { IncidentRegister } from '../incident/incident-register.ts';
import { joinedParts, rowsFile, sumsOf, textFile } from './incident-kit.ts';
import type { KitFile, KitPart, KitSignature } from './incident-kit.ts';
import { configurationFiles } from './kit-configurations.ts';
import { entryFiles, kitEntries } from './kit-entries.ts';
import type { KitEntryPorts } from './kit-entries.ts';
import { handoffFiles } from './kit-handoffs.ts';
import { keyPapers } from '../audit/key-change-files.ts';
import { keyFile } from './kit-keys.ts';
import type { KitHandoffPorts } from './kit-handoffs.ts';
import { peopleFiles } from './kit-people.ts';
import { signerFiles } from './kit-signers.ts';
import type { KeyListPorts } from '../keys/list-keys.ts';
import { exportedTiles } from '../audit/log-export.ts';
import type { NewFolder, NewFolders } from '../workspace/new-folders.ts';
import type { SignedCheckpoint } from '../audit/sign-checkpoint.ts';
import type { ToldRegister } from '../incident/told-register.ts';

export interface ExportIncidentPorts
  extends KitHandoffPorts, KitEntryPorts, Omit<KeyListPorts, 'incidents' | 'log'> {
  readonly origin: string;
  readonly configurationVersions: Pick<ConfigurationVersions, 'list' | 'document'>;
  readonly incidents: IncidentRegister;
  readonly told: Pick<ToldRegister, 'ofIncident'>;
  readonly newFolders: NewFolders;
  readonly clock: Clock;
  /** A program that checks a log, written by nobody who knew this one. */
  readonly secondVerifier: () => Promise<Uint8Array>;
  openSecrets(): Promise<Pick<DeliverySecrets, 'signCheckpoint' | 'close'>>;
}

export interface ExportIncidentRequest {
  readonly incident: string;
  readonly officer: string | undefined;
  /** A directory that is not there yet. */
  readonly directory: string;
  /** Guides and report, in words of a door. */
  readonly pages: readonly KitFile[];
}

export interface ExportedIncident {
  readonly incident: string;
  readonly handoffs: number;
  /** Files besides the log. */
  readonly files: number;
  readonly signatures: number;
  /** SHA-256 of the list of files, which the last entry of the log names. */
  readonly manifest: string;
  readonly checkpoint: SignedCheckpoint;
}

/**
 * Writes everything about an incident that a reviewer needs, to be checked with gpg, sha256sum and the second verifier on
 * a machine without this program. The list of files enters the log, and the log with its signed checkpoint enters the
 * kit: whoever changes a file, also the list, no longer agrees with what was signed.
 *
 * Throws `incident-unknown`, `officer-required`, `officer-unknown`, `officer-disabled`, `signer-certificate-lost`,
 * `signed-document-lost`, `tree-node-missing`, `configuration-damaged`, `file-exists`, `disk-full`, `file-write-failed`,
 * and what `openSecrets` and `signCheckpoint` throw.
 */
export async function exportIncident(
  ports: ExportIncidentPorts,
  request: ExportIncidentRequest,
): Promise<ExportedIncident> {
  const { officers } = await ports.configuration.load();
  const officer = enabledOfficer(officers, request.officer, 'auditor', ports.clock.now());
  const { incident } = await ports.incidents.get(request.incident);
  const folder = await ports.newFolders.begin(request.directory);
  try {
    const secrets = await ports.openSecrets();
    try {
      return await writeKit(ports, folder, secrets, { ...request, officer: officer.id, incident });
    } finally {
      secrets.close();
    }
  } finally {
    await folder.discard();
  }
}

async function writeKit(
  ports: ExportIncidentPorts,
  folder: NewFolder,
  secrets: Pick<DeliverySecrets, 'signCheckpoint'>,
  request: Pick<ExportIncidentRequest, 'pages'> & {
    readonly officer: string;
    readonly incident: Incident;
  },
): Promise<ExportedIncident> {
  const { officer, incident } = request;
  const rows = await ports.handoffs.list(incident.id);
  // The proofs in the kit need a checkpoint from before the kit: the last entry names them.
  const part = await gathered(ports, incident.id, rows, await secrets.signCheckpoint());
  const files = [
    ...part.files,
    ...request.pages,
    { path: 'verify_log.py', bytes: await ports.secondVerifier() },
    signersFile(part.signatures),
  ];
  const sums = sumsOf(files);
  const manifest = digestOf(sums);
  for (const { path, bytes } of files) await folder.write(path, [bytes]);
  await folder.write('SHA256SUMS', [sums]);
  await record(ports, officer, incident.id, files.length, manifest);
  const checkpoint = await secrets.signCheckpoint();
  await writeLog(ports, folder, checkpoint);
  await folder.publish();
  return {
    ...{ incident: incident.id, handoffs: rows.length, files: files.length },
    ...{ signatures: part.signatures.length, manifest, checkpoint },
  };
}

async function gathered(
  ports: ExportIncidentPorts,
  incident: string,
  rows: readonly HandoffRow[],
  checkpoint: SignedCheckpoint,
): Promise<KitPart> {
  const { handoffs, incidents, told, configuration, configurationVersions } = ports;
  const recipients = new Set<string>();
  for (const { id } of rows)
    for (const { recipient } of await handoffs.batchesOf(id)) recipients.add(recipient);
  const row = await incidents.get(incident);
  const subjects = { ...(await incidents.idsOf(incident)), recipients };
  const entries = await kitEntries(ports, subjects, checkpoint.size);
  const configurations = await configurationFiles(configurationVersions);
  const part = joinedParts([
    {
      files: [
        rowsFile('incident.json', {
          ...{ incident: row.incident, documentSha256: row.documentSha256 },
          ...{ state: row.state, openedAt: row.openedAt, purge: row.purge },
        }),
        rowsFile('told.json', await told.ofIncident(incident)),
        ...(await peopleFiles(ports)),
        await keyFile(ports, incident),
      ],
      signatures: [],
    },
    await handoffFiles(
      ports,
      rows,
      entries.found.map(({ leaf }) => leaf),
    ),
    await entryFiles(ports, incident, entries, checkpoint),
    configurations.part,
  ]);
  const signers = await signerFiles(configuration, configurations.documents, part.signatures);
  return { ...part, files: [...part.files, ...signers] };
}

/** One line for each signed document: the certificate's fingerprint and the path. */
function signersFile(signatures: readonly KitSignature[]): KitFile {
  const lines = signatures.map(({ fingerprint, path }) => `${fingerprint} ${path}\n`);
  return textFile('signatures.txt', lines.join(''));
}

/** Also an export is an act: who took the file, and of which bytes it was. */
async function record(
  { log, origin }: ExportIncidentPorts,
  officer: string,
  incident: string,
  files: number,
  manifest: string,
): Promise<void> {
  await log.append({
    draft: {
      ...{ actor: officer, act: 'incident-export', result: 'done', origin },
      object: `incident:${incident}`,
      data: { incident, officer, files, manifest },
    },
  });
}

async function writeLog(
  { log, facts }: ExportIncidentPorts,
  folder: NewFolder,
  { size, note }: SignedCheckpoint,
): Promise<void> {
  for await (const { tile, bytes } of exportedTiles(log, size)) {
    await folder.write(`log/${tilePath(tile)}`, [bytes]);
  }
  for (const { name, bytes } of await keyPapers(log, facts, size)) {
    await folder.write(`log/${name}`, [bytes]);
  }
  await folder.write('log/checkpoint', [new TextEncoder().encode(note)]);
}
