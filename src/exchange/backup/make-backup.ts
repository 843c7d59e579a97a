import { createHash } from 'node:crypto';

import { DATABASE_PATH } from '../../domain/backup/backup-path.ts';
import { BackupFault } from '../../domain/backup/errors.ts';
import { encodeManifest, MANIFEST_BYTES_MAX } from '../../domain/backup/manifest.ts';
import type { BackupManifest } from '../../domain/backup/manifest.ts';
import { Fault } from '../../domain/fault.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { BackupCipher, BackupFiles, DatabaseSnapshot } from './backup-files.ts';
import { checkPlace } from '../status/check-places.ts';
import type { Check } from '../status/check-workspace.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { DeliverySecrets } from '../delivery/deliver-ports.ts';
import type { Ids } from '../workspace/ids.ts';
import type { LogBook } from '../audit/log-book.ts';
import type { NewFile, NewFiles } from '../workspace/new-files.ts';
import type { PassphraseSource } from '../keys/passphrases.ts';
import type { Places } from '../delivery/places.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';
import { writeBackup } from './write-backup.ts';

interface Ports {
  readonly origin: string;
  readonly facts: WorkspaceFacts;
  readonly configuration: Configuration;
  readonly log: LogBook;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly places: Places;
  readonly newFiles: NewFiles;
  readonly passphrases: PassphraseSource;
  readonly backupFiles: BackupFiles;
  readonly backupCipher: BackupCipher;
  /** Version of this program. */
  readonly program: string;
  openSecrets(passphrase: Uint8Array): Promise<Pick<DeliverySecrets, 'signCheckpoint' | 'close'>>;
}

export interface BackupRequest {
  /** Where to put it; nothing may be there. */
  readonly output: string;
  /** The directory of `output`. */
  readonly directory: string;
  readonly officer: string | undefined;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export interface MadeBackup {
  readonly manifest: BackupManifest;
  /** Of the encrypted file. */
  readonly bytes: number;
  readonly sha256: string;
  /** What about the place of the file is not good. */
  readonly places: readonly Check[];
  /** Names in the workspace's directory that are not in it. */
  readonly leftOut: readonly string[];
}

/**
 * Makes one file of everything that is needed to go on elsewhere: the database as it is at one moment, configuration,
 * wrapped keys, sealed files, evidence. It is encrypted under the workspace passphrase, which is tried on the keys first:
 * a backup under a mistyped one would be worth nothing. A checkpoint is signed and anchored before the copy is made.
 *
 * The file is new, for its owner alone, and there only once its leaf is in the log.
 *
 * Throws `backup-*`, `file-exists`, `disk-full`, `passphrase-wrong`, `anchor-*`, and what `actingOfficer` throws.
 */
export async function makeBackup(ports: Ports, request: BackupRequest): Promise<MadeBackup> {
  const { configuration, clock, backupFiles, newFiles, log } = ports;
  const { officers } = await configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', clock.now());
  if (await backupFiles.holds(request.directory)) {
    throw new BackupFault('backup-inside-workspace', { file: request.output });
  }
  const places = await checkPlace(ports, 'backup-place', request.directory);
  const file = await newFiles.begin(request.output);
  const passphrase = await ports.passphrases.read('workspace').catch(async (error: unknown) => {
    await file.discard();
    throw error;
  });
  let snapshot: DatabaseSnapshot | undefined;
  try {
    await signFirst(ports, passphrase);
    snapshot = await backupFiles.snapshot();
    const manifest = await manifestOf(ports, snapshot);
    const written = await writeFile(ports, request, { file, passphrase, snapshot, manifest });
    const leftOut = await backupFiles.leftOut();
    await log.append(backupAct(ports, officer.id, manifest, written));
    await file.publish();
    return { manifest, ...written, places: places.filter(isWorthSaying), leftOut };
  } finally {
    passphrase.fill(0);
    await snapshot?.dispose();
    await file.discard();
  }
}

/** Encrypted as it is, it may lie on a disk without encryption. */
function isWorthSaying({ verdict, check }: Check): boolean {
  return verdict !== 'ok' && !check.endsWith('-encryption-not-seen');
}

/** So that whoever restores it can be told by the anchor whether anything left after it. */
async function signFirst(ports: Ports, passphrase: Uint8Array): Promise<void> {
  const secrets = await ports.openSecrets(passphrase);
  try {
    await secrets.signCheckpoint();
  } finally {
    secrets.close();
  }
}

async function manifestOf(ports: Ports, snapshot: DatabaseSnapshot): Promise<BackupManifest> {
  const { facts, ids, clock, program } = ports;
  const { bytes, sha256, size, root, checkpoint } = snapshot;
  const manifest: BackupManifest = {
    type: 'mimamori/backup/v1',
    backup: ids.backup(),
    workspace: facts.id,
    mode: facts.mode,
    createdAt: clock.now().toISOString(),
    program,
    vkey: facts.vkey,
    ...{ size, root: hexOf(root) },
    ...(checkpoint === undefined ? {} : { checkpoint }),
    files: [{ path: DATABASE_PATH, bytes, sha256 }, ...(await ports.backupFiles.list())],
  };
  // A reader refuses a longer one.
  if (encodeManifest(manifest).length > MANIFEST_BYTES_MAX) {
    throw new BackupFault('backup-odd-file', { path: 'data/outbox' });
  }
  return manifest;
}

async function writeFile(
  ports: Ports,
  { onProgress, signal }: BackupRequest,
  given: {
    readonly file: NewFile;
    readonly passphrase: Uint8Array;
    readonly snapshot: DatabaseSnapshot;
    readonly manifest: BackupManifest;
  },
): Promise<{ bytes: number; sha256: string }> {
  const { file, passphrase, snapshot, manifest } = given;
  const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
  const sources = { files: ports.backupFiles, snapshot };
  const clear = writeBackup(manifest, sources, (done) => onProgress?.(done, total));
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of ports.backupCipher.encrypt(passphrase, clear)) {
    if (signal?.aborted === true) throw new Fault('interrupted', 'later');
    hash.update(chunk);
    bytes += chunk.length;
    await file.write(chunk);
  }
  return { bytes, sha256: hash.digest('hex') };
}

function backupAct(
  { origin, facts }: Ports,
  actor: string,
  { backup, size, root, files }: BackupManifest,
  { bytes, sha256 }: { readonly bytes: number; readonly sha256: string },
): Parameters<LogBook['append']>[0] {
  return {
    draft: {
      ...{ actor, act: 'backup-make', result: 'done', origin, object: `workspace:${facts.id}` },
      data: { backup, bytes, sha256, size, root, files: files.length },
    },
  };
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
