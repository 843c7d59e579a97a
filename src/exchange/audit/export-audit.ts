import { Fault } from '../../domain/fault.ts';
import { tilePath } from '../../domain/tlog/tiles.ts';
import type { DeliverySecrets } from '../delivery/deliver-ports.ts';
import { keyPapers } from './key-change-files.ts';
import type { LogBook } from './log-book.ts';
import type { LogKeyFacts } from './log-keys.ts';
import { exportedTiles } from './log-export.ts';
import { newestCheckpoint } from './newest-checkpoint.ts';
import type { NewFolders } from '../workspace/new-folders.ts';
import { toldRecoveries } from './told-recoveries.ts';
import type { ToldRecovery } from './told-recoveries.ts';

/** A file for whoever reads the export, in words of a door. */
export interface ExportGuide {
  readonly name: string;
  readonly text: string;
}

interface Ports {
  readonly facts: LogKeyFacts;
  readonly log: LogBook;
  readonly newFolders: NewFolders;
  openSecrets(): Promise<Pick<DeliverySecrets, 'signCheckpoint' | 'close'>>;
}

export interface ExportRequest {
  /** A directory that is not there yet. */
  readonly directory: string;
  /** Whether to sign a checkpoint over all entries first, which takes the passphrase. */
  readonly isSignedFirst: boolean;
  readonly guides: (log: ExportedLog) => readonly ExportGuide[];
  readonly signal?: AbortSignal;
}

export interface ExportedLog {
  readonly origin: string;
  readonly vkey: string;
  /** Entries in the export: all that the checkpoint speaks for. */
  readonly size: number;
  /** Entries of the store that came after it, and are not in the export. */
  readonly left: number;
  readonly isSignedFirst: boolean;
  readonly root: Uint8Array;
  readonly recoveries: readonly ToldRecovery[];
}

/**
 * Writes the log as the files of C2SP tlog-tiles, up to the newest signed checkpoint: `checkpoint`, `tile/…`, what
 * `keyPapers` makes, and the guides. It reads the store and changes nothing there, but that a checkpoint is signed
 * first where asked for.
 *
 * What is written is what is stored, unchecked: `verifyAudit` and any other tool check it. One tile is held at a time; the
 * directory is there only once it is whole.
 *
 * Throws `log-unsigned` where nothing was signed yet, `log-entry-missing`, `log-altered`, `checkpoint-malformed`, `file-exists`,
 * `disk-full`, `file-write-failed`, `interrupted`, and what `openSecrets` and `signCheckpoint` throw.
 */
export async function exportAudit(ports: Ports, request: ExportRequest): Promise<ExportedLog> {
  const { log, facts, newFolders } = ports;
  const folder = await newFolders.begin(request.directory);
  try {
    if (request.isSignedFirst) await signFirst(ports);
    const { note, checkpoint } = await newestCheckpoint(log, facts);
    const { size, origin, root } = checkpoint;
    for await (const { tile, bytes } of exportedTiles(log, size)) {
      if (request.signal?.aborted === true) throw new Fault('interrupted', 'later');
      await folder.write(tilePath(tile), [bytes]);
    }
    const left = (await log.size()) - size;
    const { isSignedFirst } = request;
    const recoveries = await toldRecoveries(log, facts, size);
    const made = { origin, vkey: facts.vkey, size, left, isSignedFirst, root, recoveries };
    const guides = request.guides(made);
    for (const { name, text } of guides) await folder.write(name, [new TextEncoder().encode(text)]);
    const papers = await keyPapers(log, facts, size);
    for (const { name, bytes } of papers) await folder.write(name, [bytes]);
    await folder.write('checkpoint', [note]);
    await folder.publish();
    return made;
  } finally {
    await folder.discard();
  }
}

async function signFirst(ports: Ports): Promise<void> {
  const secrets = await ports.openSecrets();
  try {
    await secrets.signCheckpoint();
  } finally {
    secrets.close();
  }
}
