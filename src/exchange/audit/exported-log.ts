import type { LogBreach } from '../../domain/audit/log-verdict.ts';
import type { ReadNodes } from '../../domain/audit/recovered-roots.ts';
import type { ReadStored, StoredLeaf } from '../../domain/audit/verify-log.ts';
import { ENTRY_BYTES_MAX, parseBundle } from '../../domain/tlog/entry-bundle.ts';
import { Frontier } from '../../domain/tlog/frontier.ts';
import { HASH_BYTES } from '../../domain/tlog/hashes.ts';
import { TILE_WIDTH, tilePath } from '../../domain/tlog/tiles.ts';
import type { Tile } from '../../domain/tlog/tiles.ts';
import type { NodePlace } from '../../domain/tlog/tree.ts';
import type { LogFolder } from './log-folders.ts';

const BUNDLE_BYTES_MAX = TILE_WIDTH * (2 + ENTRY_BYTES_MAX);
/** Levels of the tree between two levels of tiles. */
const LEVELS_A_TILE = 8;

/** Whether tiles hold the nodes of this level of the tree; level 0 is read with the leaves. */
export function isTileLevel(level: number): boolean {
  return level > 0 && level % LEVELS_A_TILE === 0;
}

/**
 * The first `size` entries of an export, each with the hash that its tile has for it. Where a bundle or a tile is
 * missing, has another size or does not end with its last entry, a breach that names the first entry concerned.
 */
export async function* exportedLeaves(
  folder: LogFolder,
  size: number,
): AsyncGenerator<StoredLeaf | LogBreach> {
  for (let from = 0; from < size; from += TILE_WIDTH) {
    const place = { index: from / TILE_WIDTH, width: Math.min(TILE_WIDTH, size - from) };
    const bundle = await folder.read(tilePath({ level: 'entries', ...place }), BUNDLE_BYTES_MAX);
    if (bundle === undefined) {
      yield breachAt('leaf-missing', from);
      return;
    }
    const hashes = await hashesOf(folder, { level: 0, ...place });
    if (hashes === undefined) {
      yield breachAt('node-missing', from);
      return;
    }
    const { entries, isWhole } = parseBundle(bundle, place.width);
    for (const [at, bytes] of entries.entries()) {
      yield { index: from + at, bytes, hash: hashAt(hashes, at) };
    }
    if (!isWhole) {
      yield breachAt('leaf-malformed', from + entries.length);
      return;
    }
  }
}

/** The nodes in the tiles of an export, asked for from the left; one tile a level is held. */
export function exportedNodes(folder: LogFolder, size: number): ReadStored {
  const held = new Map<number, { readonly index: number; readonly hashes: Uint8Array }>();
  return async (treeLevel, node) => {
    const level = treeLevel / LEVELS_A_TILE;
    const index = Math.floor(node / TILE_WIDTH);
    if (held.get(level)?.index !== index) {
      const hashes = await hashesOf(folder, tileAt(size, level, index));
      if (hashes === undefined) return undefined;
      held.set(level, { index, hashes });
    }
    return hashAt(held.get(level)!.hashes, node - index * TILE_WIDTH);
  };
}

/** Nodes at any places, those that no tile holds derived from the tile below them. */
export function exportedPlaces(folder: LogFolder, size: number): ReadNodes {
  return async (places) => {
    const nodes = new Map<string, Uint8Array>();
    for (const place of places) {
      const hash = await exportedNode(folder, size, place);
      if (hash !== undefined) nodes.set(`${place.level}/${place.index}`, hash);
    }
    return (level, index) => nodes.get(`${level}/${index}`);
  };
}

async function exportedNode(
  folder: LogFolder,
  size: number,
  place: NodePlace,
): Promise<Uint8Array | undefined> {
  const width = 2 ** (place.level % LEVELS_A_TILE);
  const first = place.index * width;
  const tile = tileAt(
    size,
    Math.floor(place.level / LEVELS_A_TILE),
    Math.floor(first / TILE_WIDTH),
  );
  const hashes = await hashesOf(folder, tile);
  if (hashes === undefined) return undefined;
  const below = new Frontier();
  for (let at = first % TILE_WIDTH; below.size < width; at += 1) below.add(hashAt(hashes, at));
  return below.root();
}

function tileAt(size: number, level: number, index: number): Tile {
  const nodes = Math.floor(size / TILE_WIDTH ** level);
  return { level, index, width: Math.min(TILE_WIDTH, nodes - index * TILE_WIDTH) };
}

async function hashesOf(folder: LogFolder, tile: Tile): Promise<Uint8Array | undefined> {
  const bytes = await folder.read(tilePath(tile), TILE_WIDTH * HASH_BYTES);
  return bytes?.length === tile.width * HASH_BYTES ? bytes : undefined;
}

function hashAt(hashes: Uint8Array, at: number): Uint8Array {
  return hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);
}

function breachAt(kind: LogBreach['kind'], index: number): LogBreach {
  return { holds: false, kind, index, detail: {} };
}
