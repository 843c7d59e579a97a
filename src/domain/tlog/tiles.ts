/** Hashes of a full tile, and entries of a full bundle (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;

/** One file of a published log: a tile of hashes at a tile level, or a bundle of entries. */
export interface Tile {
  /** A tile at level L holds nodes of tree level 8·L. */
  readonly level: number | 'entries';
  /** Counted from the left at its level. */
  readonly index: number;
  /** Hashes or entries in it: 1–255 in a partial one, else 256. */
  readonly width: number;
}

/**
 * Every tile of a log of `size` leaves, bundles first, then level by level from the left: what is published, and
 * nothing else. None for an empty log. `size` is 0 to 2^53 − 1.
 *
 * Source: C2SP tlog-tiles, "Merkle Tree" and "Log Entries".
 */
export function* tilesOf(size: number): Generator<Tile> {
  if (size === 0) return;
  yield* tilesOver(size, 'entries');
  let level = 0;
  for (let nodes = size; nodes > 0; nodes = Math.floor(nodes / TILE_WIDTH)) {
    yield* tilesOver(nodes, level);
    level += 1;
  }
}

/** Where a tile stands below the directory of its log: `tile/0/x001/234`, `tile/entries/000.p/17`. */
export function tilePath({ level, index, width }: Tile): string {
  const partial = width < TILE_WIDTH ? `.p/${width}` : '';
  return `tile/${level}/${indexPath(index)}${partial}`;
}

/** Reads what `tilePath` writes, and `undefined` for every other spelling. */
export function parseTilePath(path: string): Tile | undefined {
  const match =
    /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(path);
  if (match === null) return undefined;
  const [, level = '', groups = '', width = String(TILE_WIDTH)] = match;
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index: Number(groups.replaceAll(/[x/]/g, '')),
    width: Number(width),
  };
  return tilePath(tile) === path ? tile : undefined;
}

/** Whether a tile is one of those that `tilesOf(size)` lists. */
export function isTileOf(size: number, { level, index, width }: Tile): boolean {
  const nodes = level === 'entries' ? size : Math.floor(size / TILE_WIDTH ** level);
  return width === Math.min(TILE_WIDTH, nodes - index * TILE_WIDTH) && width > 0;
}

function* tilesOver(nodes: number, level: Tile['level']): Generator<Tile> {
  const full = Math.floor(nodes / TILE_WIDTH);
  for (let index = 0; index < full; index += 1) yield { level, index, width: TILE_WIDTH };
  const rest = nodes - full * TILE_WIDTH;
  if (rest > 0) yield { level, index: full, width: rest };
}

/** Groups of three digits; all but the last are prefixed, so that no directory has the name of a file. */
function indexPath(index: number): string {
  let path = String(index % 1000).padStart(3, '0');
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`;
  }
  return path;
}
