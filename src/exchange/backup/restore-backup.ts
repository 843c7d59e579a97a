import type { BackupManifest } from '../../domain/backup/manifest.ts';
import { BackupFault } from '../../domain/backup/errors.ts';
import type { RestoredMark } from '../../domain/backup/restored-mark.ts';
import { Fault } from '../../domain/fault.ts';
import { rootAt } from '../../domain/tlog/tree.ts';
import type { Settings } from '../../domain/workspace/settings.ts';
import type { ActRecord } from '../acts/act-record.ts';
import type { Anchor } from '../audit/anchor.ts';
import type { BackupCipher } from './backup-files.ts';
import type { Clock } from '../workspace/clock.ts';
import type { LogBook } from '../audit/log-book.ts';
import type { NewFolders } from '../workspace/new-folders.ts';
import { nodesForRoots } from '../audit/nodes-for-roots.ts';
import type { PassphraseSource } from '../keys/passphrases.ts';
import { readBackup } from './read-backup.ts';
import { restoredStanding } from './restored-standing.ts';
import type { RestoredStanding } from './restored-standing.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';

/** The database of a workspace that is being restored. `close` must be called. */
export interface RestoredStore {
  readonly facts: WorkspaceFacts;
  /** As the workspace is configured. */
  readonly settings: Settings['workspace'];
  readonly log: LogBook;
  readonly anchor: Anchor;
  /** Writes the mark, with its leaf. */
  mark(mark: RestoredMark, act: ActRecord): Promise<void>;
  close(): Promise<void>;
}

interface Ports {
  readonly origin: string;
  readonly clock: Clock;
  readonly passphrases: PassphraseSource;
  readonly newFolders: NewFolders;
  readonly backupCipher: BackupCipher;
  /** Throws `input-missing`, `input-unreadable`. */
  readBackupFile(path: string): AsyncIterable<Uint8Array>;
  /** Opens what was restored, where it lies. Throws `store-*`, `config-*`. */
  openRestored(directory: string): Promise<RestoredStore>;
}

export interface RestoreRequest {
  readonly file: string;
  /** Of the file, for words. */
  readonly name: string;
  readonly directory: string;
  /** Signed checkpoints that somebody kept. */
  readonly against: readonly Uint8Array[];
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export interface RestoredBackup {
  readonly manifest: BackupManifest;
  readonly standing: RestoredStanding;
  readonly settings: Settings['workspace'];
}

/**
 * Makes a workspace out of a backup, in a directory that does not exist yet: whole and checked, or not at all. Then it is
 * held against the anchor and the given checkpoints, and that it is a restored one stands in its log and database; a copy
 * that acts were done after may be read and changes nothing any more.
 *
 * The anchor is read and never written here, so a restore may be tried while the original is at work.
 *
 * Throws `backup-*`, `passphrase-wrong`, `file-exists`, `disk-full`, `store-*`, `config-*`.
 */
export async function restoreBackup(
  ports: Ports,
  request: RestoreRequest,
): Promise<RestoredBackup> {
  const { passphrases, newFolders, backupCipher } = ports;
  const folder = await newFolders.begin(request.directory);
  let passphrase: Uint8Array | undefined;
  try {
    passphrase = await passphrases.read('workspace');
    const encrypted = stoppable(ports.readBackupFile(request.file), request.signal);
    const clear = backupCipher.decrypt(passphrase, encrypted, request.name);
    const manifest = await readBackup(clear, request.name, folder, (done, total) => {
      request.onProgress?.(done, total);
    });
    const settled = await settle(ports, request, manifest, folder.hidden);
    await folder.publish();
    return { manifest, ...settled };
  } finally {
    passphrase?.fill(0);
    await folder.discard();
  }
}

async function settle(
  ports: Ports,
  request: RestoreRequest,
  manifest: BackupManifest,
  directory: string,
): Promise<Pick<RestoredBackup, 'standing' | 'settings'>> {
  const store = await ports.openRestored(directory);
  try {
    await assertSame(store, manifest, request.name);
    const against = request.against.map((note) => new TextDecoder().decode(note));
    const mark: RestoredMark = {
      backup: manifest.backup,
      restoredAt: ports.clock.now().toISOString(),
      ...{ hadAnchor: store.anchor.isConfigured, size: manifest.size, against },
    };
    const standing = await restoredStanding(store, mark);
    await store.mark(mark, restoreAct(ports.origin, manifest, mark, standing));
    return { standing, settings: store.settings };
  } finally {
    await store.close();
  }
}

/** What the manifest says of the database has to be what the database says. */
async function assertSame(
  { facts, log }: RestoredStore,
  manifest: BackupManifest,
  file: string,
): Promise<void> {
  const size = await log.size();
  const root = hexOf(rootAt(size, await nodesForRoots(log, [size])));
  const isSame =
    facts.id === manifest.workspace &&
    facts.mode === manifest.mode &&
    facts.vkey === manifest.vkey &&
    size === manifest.size &&
    root === manifest.root;
  if (!isSame) throw new BackupFault('backup-altered', { file, reason: 'database' });
}

function restoreAct(
  origin: string,
  { backup, workspace, size, root }: BackupManifest,
  { against }: RestoredMark,
  standing: RestoredStanding,
): ActRecord {
  const anchored = standing.mayGoOn ? undefined : standing.fault.facts['anchored'];
  return {
    draft: {
      ...{ actor: 'system', act: 'workspace-restore', result: 'done', origin },
      object: `workspace:${workspace}`,
      data: {
        ...{ backup, size, root, against: against.length },
        standing: standing.mayGoOn ? `agrees-with-${standing.comparedWith}` : standing.fault.code,
        ...(typeof anchored === 'number' ? { anchored } : {}),
      },
    },
  };
}

async function* stoppable(
  chunks: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    if (signal?.aborted === true) throw new Fault('interrupted', 'later');
    yield chunk;
  }
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
