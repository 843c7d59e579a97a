import { claimedCheckpoint, readSignedCheckpoint } from '../../domain/audit/signed-checkpoint.ts';
import { verifyLog } from '../../domain/audit/verify-log.ts';
import type { LogBreach, LogVerdict } from '../../domain/audit/log-verdict.ts';
import type { StoredCheckpoint } from '../../domain/audit/signed-roots.ts';
import { NOTE_BYTES_MAX } from '../../domain/tlog/signed-note.ts';
import { isTileOf, parseTilePath } from '../../domain/tlog/tiles.ts';
import { parseVerifierKey } from '../../domain/tlog/verifier-key.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { exportedLeaves, exportedNodes, exportedPlaces, isTileLevel } from './exported-log.ts';
import { keyChangeSize } from './key-change-files.ts';
import type { LogFolder, LogFolders } from './log-folders.ts';

export interface VerifiedExport {
  readonly verdict: LogVerdict;
  /** The key that was believed. */
  readonly vkey: string;
}

/** Files beside the tiles. */
const besides = new Set(['checkpoint', 'log.vkey', 'README.md', 'README.ja.md']);
/** A log key is rotated every few years at most. */
const KEYS_MAX = 64;
const KEY_FILE_BYTES_MAX = KEYS_MAX * 300;

/**
 * Checks an exported log from its directory alone: everything is derived anew from the entries and compared with the
 * tiles, the checkpoint in it and those given. Nothing that is no part of the log may lie there. One bundle and one tile
 * a level are held. What does not hold comes back as a value, the first breach found.
 *
 * `vkey` is the key to believe; without it the last one in the directory, which only shows that the directory agrees
 * with itself. Other keys in it are believed as far as entries and checkpoints show how one followed another. Throws
 * `input-missing` where there is no checkpoint or no key, `input-unreadable`, `verifier-key-malformed`.
 */
export async function verifyExport(
  ports: { readonly logFolders: LogFolders },
  request: {
    readonly directory: string;
    readonly vkey: string | undefined;
    readonly against: readonly Uint8Array[];
  },
): Promise<VerifiedExport> {
  const folder = ports.logFolders.open(request.directory);
  const note = await folder.read('checkpoint', NOTE_BYTES_MAX);
  if (note === undefined) throw new WorkspaceFault('input-missing', { file: 'checkpoint' });
  const saidKeys = await keysIn(folder);
  const vkey = request.vkey ?? saidKeys?.at(-1);
  if (vkey === undefined) throw new WorkspaceFault('input-missing', { file: 'log.vkey' });
  const keys = [vkey, ...(saidKeys ?? [])].map(parseVerifierKey);
  const checkpoint = readSignedCheckpoint(note, ...keys);
  if (typeof checkpoint === 'string') {
    return { vkey, verdict: { holds: false, kind: `checkpoint-${checkpoint}`, detail: {} } };
  }
  const { size, root } = checkpoint;
  const changes = await keyChanges(folder);
  if (!Array.isArray(changes)) return { vkey, verdict: changes };
  const verdict = await verifyLog({
    leaves: exportedLeaves(folder, size),
    readNode: exportedNodes(folder, size),
    readNodes: exportedPlaces(folder, size),
    hasLevel: isTileLevel,
    checkpoints: [{ size, root, note }, ...changes].sort((one, other) => one.size - other.size),
    vkey,
    ...(saidKeys === undefined ? {} : { saidKeys }),
    anchors: request.against,
  });
  return { vkey, verdict: (verdict.holds && (await unexpected(folder, size))) || verdict };
}

/** The checkpoints by which one key followed another; what is none is no part of the log. */
async function keyChanges(folder: LogFolder): Promise<StoredCheckpoint[] | LogBreach> {
  const changes: StoredCheckpoint[] = [];
  for await (const path of folder.paths()) {
    const size = keyChangeSize(path);
    if (size === undefined) continue;
    const note = await folder.read(path, NOTE_BYTES_MAX);
    const claimed = note === undefined ? undefined : claimedCheckpoint(note);
    if (note === undefined || claimed?.size !== size || changes.length === KEYS_MAX) {
      return { holds: false, kind: 'checkpoint-malformed', size, detail: { path } };
    }
    changes.push({ size, root: claimed.root, note });
  }
  return changes;
}

async function keysIn(folder: LogFolder): Promise<readonly string[] | undefined> {
  const bytes = await folder.read('log.vkey', KEY_FILE_BYTES_MAX);
  if (bytes === undefined) return undefined;
  const lines = new TextDecoder().decode(bytes).split('\n');
  // Ended by a line end as it was written; a line too many is parsed, and refused, as a key.
  if (lines.at(-1) === '' && lines.length > 1) lines.pop();
  return lines;
}

async function unexpected(folder: LogFolder, size: number): Promise<LogBreach | undefined> {
  for await (const path of folder.paths()) {
    const tile = parseTilePath(path);
    const isBeside = besides.has(path) || keyChangeSize(path) !== undefined;
    const isPart = tile === undefined ? isBeside : isTileOf(size, tile);
    if (!isPart) return { holds: false, kind: 'file-unexpected', detail: { path } };
  }
  return undefined;
}
