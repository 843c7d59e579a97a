import { sql } from 'kysely';
import type { Kysely } from 'kysely';

import type { StoredLeaf } from '../../domain/audit/verify-log.ts';
import { HASH_BYTES } from '../../domain/tlog/hashes.ts';
import type { NodeRun } from '../../exchange/audit/log-book.ts';
import type { Tables } from './tables.ts';

/** Leaves read at a time; 16 MiB, were all of them as long as may be. */
const leavesPerRead = 256;
/** The same for nodes. */
const nodesPerRead = 2048;

/** Many rows as one: an object for each value costs more than all hashing, and is given back late. */
interface PackedLeaves {
  readonly bytes: Uint8Array | null;
  readonly hashes: Uint8Array | null;
  readonly lengths: string | null;
}

/** The leaves from `from` up to, not including, `to` that are there, in order, as parts of a page. */
export async function* leafRows(
  db: Kysely<Tables>,
  from: number,
  to: number,
): AsyncGenerator<StoredLeaf> {
  for (let start = from; start < to; start += leavesPerRead) {
    const end = Math.min(to, start + leavesPerRead);
    const page = (await packedLeaves(db, start, end)) ?? (await singleLeaves(db, start, end));
    // Not `yield*`, which makes a promise more of each.
    for (const leaf of page) yield leaf;
  }
}

/** The first `count` nodes of a level that are there, in order. */
export async function* nodeRuns(
  db: Kysely<Tables>,
  level: number,
  count: number,
): AsyncGenerator<NodeRun> {
  for (let start = 0; start < count; start += nodesPerRead) {
    const end = Math.min(count, start + nodesPerRead);
    const packed = await packedNodes(db, level, start, end);
    if (packed === undefined) yield* await singleNodes(db, level, start, end);
    else yield { index: start, hashes: packed };
  }
}

/** Undefined where one is missing, or has a hash of another length. */
async function packedLeaves(
  db: Kysely<Tables>,
  start: number,
  end: number,
): Promise<readonly StoredLeaf[] | undefined> {
  const { rows } = await sql<PackedLeaves>`
    select cast(group_concat(bytes, '' order by number) as blob) as bytes,
      cast(group_concat(hash, '' order by number) as blob) as hashes,
      group_concat(length(bytes), ',' order by number) as lengths
    from leaf where number >= ${start} and number < ${end}`.execute(db);
  const { lengths } = rows[0]!;
  const [bytes, hashes] = [rows[0]!.bytes, rows[0]!.hashes].map((part) => part && viewOf(part));
  const ends = lengths === null ? [] : lengths.split(',').map(Number);
  for (let at = 1; at < ends.length; at += 1) ends[at]! += ends[at - 1]!;
  const length = ends.at(-1) ?? 0;
  if (ends.length !== end - start || bytes?.length !== length) return undefined;
  if (hashes?.length !== ends.length * HASH_BYTES) return undefined;
  return ends.map((to, at) => ({
    index: start + at,
    bytes: bytes.subarray(ends[at - 1] ?? 0, to),
    hash: hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  }));
}

async function singleLeaves(
  db: Kysely<Tables>,
  start: number,
  end: number,
): Promise<readonly StoredLeaf[]> {
  const rows = await db
    .selectFrom('leaf')
    .selectAll()
    .where('number', '>=', start)
    .where('number', '<', end)
    .orderBy('number')
    .execute();
  return rows.map(({ number, bytes, hash }) => ({
    ...{ index: number, bytes: viewOf(bytes), hash: viewOf(hash) },
  }));
}

/** Undefined where one is missing, or has another length. */
async function packedNodes(
  db: Kysely<Tables>,
  level: number,
  start: number,
  end: number,
): Promise<Uint8Array | undefined> {
  const { rows } = await sql<{ readonly count: number; readonly hashes: Uint8Array | null }>`
    select count(*) as count, cast(group_concat(hash, '' order by number) as blob) as hashes
    from node where level = ${level} and number >= ${start} and number < ${end}`.execute(db);
  const { count, hashes } = rows[0]!;
  const isWhole = count === end - start && hashes?.length === count * HASH_BYTES;
  return isWhole ? viewOf(hashes) : undefined;
}

async function singleNodes(
  db: Kysely<Tables>,
  level: number,
  start: number,
  end: number,
): Promise<readonly NodeRun[]> {
  const rows = await db
    .selectFrom('node')
    .select(['number as index', 'hash'])
    .where('level', '=', level)
    .where('number', '>=', start)
    .where('number', '<', end)
    .orderBy('number')
    .execute();
  return rows.map(({ index, hash }) => ({ index, hashes: viewOf(hash) }));
}

/** The same bytes, as what a reader expects: SQLite gives each value memory of its own. */
function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
