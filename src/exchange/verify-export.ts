import { readSignedCheckpoint } from '../domain/audit/signed-checkpoint.ts';
import { verifyLog } from '../domain/audit/verify-log.ts';
import type { LogBreach, LogVerdict, StoredCheckpoint } from '../domain/audit/verify-log.ts';
import { NOTE_BYTES_MAX } from '../domain/tlog/signed-note.ts';
import { isTileOf, parseTilePath } from '../domain/tlog/tiles.ts';
import { parseVerifierKey } from '../domain/tlog/verifier-key.ts';
import { WorkspaceFault } from '../domain/workspace/errors.ts';
import { exportedLeaves, exportedNodes, isTileLevel } from './exported-log.ts';
import type { LogFolder, LogFolders } from './log-folders.ts';

export interface VerifiedExport {
  readonly verdict: LogVerdict;
  /** The key that was believed; the first one, where the log had several. */
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
 * `vkey` is the key to believe; without it the one in the directory, which only shows that the directory agrees with
 * itself. Throws `input-missing` where there is no checkpoint or no key, `input-unreadable`, `verifier-key-malformed`.
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
  const vkeys = request.vkey === undefined ? await keysIn(folder) : [request.vkey];
  const vkey = vkeys[0]!;
  const checkpoint = readSignedCheckpoint(note, ...vkeys.map(parseVerifierKey));
  if (typeof checkpoint === 'string') {
    return { vkey, verdict: { holds: false, kind: `checkpoint-${checkpoint}`, detail: {} } };
  }
  const { size, root } = checkpoint;
  const checkpoints: StoredCheckpoint[] = [{ size, root, note }];
  const verdict = await verifyLog({
    leaves: exportedLeaves(folder, size),
    readNode: exportedNodes(folder, size),
    hasLevel: isTileLevel,
    checkpoints,
    vkey: vkeys,
    anchors: request.against,
  });
  return { vkey, verdict: (verdict.holds && (await unexpected(folder, size))) || verdict };
}

async function keysIn(folder: LogFolder): Promise<readonly string[]> {
  const bytes = await folder.read('log.vkey', KEY_FILE_BYTES_MAX);
  if (bytes === undefined) throw new WorkspaceFault('input-missing', { file: 'log.vkey' });
  const lines = new TextDecoder().decode(bytes).split('\n');
  // Ended by a line end as it was written; a line too many is parsed, and refused, as a key.
  if (lines.at(-1) === '' && lines.length > 1) lines.pop();
  return lines;
}

async function unexpected(folder: LogFolder, size: number): Promise<LogBreach | undefined> {
  for await (const path of folder.paths()) {
    const tile = parseTilePath(path);
    const isPart = tile === undefined ? besides.has(path) : isTileOf(size, tile);
    if (!isPart) return { holds: false, kind: 'file-unexpected', detail: { path } };
  }
  return undefined;
}
