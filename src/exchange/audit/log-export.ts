import { encodeBundle } from '../../domain/tlog/entry-bundle.ts';
import { HASH_BYTES } from '../../domain/tlog/hashes.ts';
import { TILE_WIDTH, tilesOf } from '../../domain/tlog/tiles.ts';
import type { Tile } from '../../domain/tlog/tiles.ts';
import { AuditFault } from '../../domain/audit/errors.ts';
import type { LogBook, NodeRun } from './log-book.ts';

/** A tile and its bytes. */
export interface WrittenTile {
  readonly tile: Tile;
  readonly bytes: Uint8Array;
}

/**
 * Every tile of the first `size` leaves, one at a time and as stored: entries from the leaves, hashes from the nodes. It
 * does not derive one from the other, so that whoever checks the tiles sees where the two disagree.
 *
 * Throws `log-entry-missing` (facts `index`, `size`) where the store lacks what the tree needs, `log-altered` (the same facts) at an
 * entry that is longer than a bundle holds.
 */
export async function* exportedTiles(
  log: Pick<LogBook, 'passingLeaves' | 'nodesAt'>,
  size: number,
): AsyncGenerator<WrittenTile> {
  let stored: AsyncIterator<{ readonly index: number; readonly bytes: Uint8Array }> | undefined;
  let level: Tile['level'] | undefined;
  for (const tile of tilesOf(size)) {
    if (tile.level !== level) {
      level = tile.level;
      stored = storedAt(log, level, size)[Symbol.asyncIterator]();
    }
    const parts: Uint8Array[] = [];
    for (let index = tile.index * TILE_WIDTH; parts.length < tile.width; index += 1) {
      const next = await stored!.next();
      if (next.done === true || next.value.index !== index) throw missing(tile.level, index, size);
      // No entry is empty: this one is too long to be read.
      if (next.value.bytes.length === 0) throw new AuditFault('log-altered', { index, size });
      parts.push(next.value.bytes);
    }
    yield { tile, bytes: tile.level === 'entries' ? encodeBundle(parts) : joined(parts) };
  }
}

function storedAt(
  log: Pick<LogBook, 'passingLeaves' | 'nodesAt'>,
  level: Tile['level'],
  size: number,
): AsyncIterable<{ readonly index: number; readonly bytes: Uint8Array }> {
  if (level === 'entries') return log.passingLeaves(0, size);
  return oneByOne(log.nodesAt(8 * level, Math.floor(size / TILE_WIDTH ** level)));
}

async function* oneByOne(
  runs: AsyncIterable<NodeRun>,
): AsyncGenerator<{ readonly index: number; readonly bytes: Uint8Array }> {
  for await (const { index, hashes } of runs) {
    for (let at = 0; at * HASH_BYTES < hashes.length; at += 1) {
      yield { index: index + at, bytes: hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES) };
    }
  }
}

/** Of a missing node the first leaf below it is named. */
function missing(level: Tile['level'], index: number, size: number): AuditFault {
  const first = level === 'entries' ? index : index * TILE_WIDTH ** level;
  return new AuditFault('log-entry-missing', { index: first, size });
}

function joined(hashes: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(hashes.length * HASH_BYTES);
  hashes.forEach((hash, at) => {
    bytes.set(hash, at * HASH_BYTES);
  });
  return bytes;
}
