import { sql } from 'kysely';
import type { Kysely } from 'kysely';

import type { StoredLeaf } from '../../domain/audit/verify-log.ts';
import { ENTRY_BYTES_MAX } from '../../domain/tlog/entry-bundle.ts';
import { HASH_BYTES } from '../../domain/tlog/hashes.ts';
import type { NodePlace } from '../../domain/tlog/tree.ts';
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

/**
 * Whoever writes to the file also chooses lengths. Rows that are glued say nothing of where one ends: a byte moved from one
 * hash to the next would not show. Some entries of the longest that SQLite holds are more than it glues or than there is memory.
 */
const isEntry = sql<boolean>`octet_length(bytes) <= ${ENTRY_BYTES_MAX}`;
const isHash = sql<boolean>`octet_length(hash) = ${HASH_BYTES}`;
/** In place of a hash of another length: nothing is known that has this hash, so nothing matches it. */
const noHash = sql<Uint8Array>`zeroblob(${HASH_BYTES})`;

/** The leaves from `from` up to, not including, `to` that are there, in order, as parts of a page. Either may be infinite. */
export async function* leafRows(
  db: Kysely<Tables>,
  from: number,
  to: number,
): AsyncGenerator<StoredLeaf> {
  let start = from;
  while (start < to) {
    const end = Math.min(to, start + leavesPerRead);
    const page = (await packedLeaves(db, start, end)) ?? (await singleLeaves(db, start, to));
    // Not `yield*`, which makes a promise more of each.
    for (const leaf of page) yield leaf;
    const next = (page.at(-1)?.index ?? to) + 1;
    // Whoever writes to the file also chooses numbers: of those that are rounded the next is the same.
    if (next <= start) return;
    start = next;
  }
}

/** The first `count` nodes of a level that are there, in order. */
export async function* nodeRuns(
  db: Kysely<Tables>,
  level: number,
  count: number,
): AsyncGenerator<NodeRun> {
  let start = 0;
  while (start < count) {
    const end = Math.min(count, start + nodesPerRead);
    const packed = await packedNodes(db, level, start, end);
    const page =
      packed === undefined
        ? await singleNodes(db, level, start, count)
        : [{ index: start, hashes: packed }];
    yield* page;
    const next = packed === undefined ? (page.at(-1)?.index ?? count) + 1 : end;
    if (next <= start) return;
    start = next;
  }
}

/** The first node that the tree of the leaves does not have; undefined without one. Looks at every node. */
export async function firstStrayNode(db: Kysely<Tables>): Promise<NodePlace | undefined> {
  const { rows } = await sql<NodePlace>`
    select level, number as "index" from node
    where level < 0 or number < 0 or number >= ((select coalesce(max(number) + 1, 0) from leaf) >> level)
    order by level, number limit 1`.execute(db);
  return rows[0];
}

/** Undefined where one is missing or too long, or has a hash of another length. */
async function packedLeaves(
  db: Kysely<Tables>,
  start: number,
  end: number,
): Promise<readonly StoredLeaf[] | undefined> {
  const { rows } = await sql<PackedLeaves>`
    select cast(group_concat(bytes, '' order by number) filter (where ${isEntry}) as blob) as bytes,
      cast(group_concat(hash, '' order by number) filter (where ${isHash}) as blob) as hashes,
      group_concat(octet_length(bytes), ',' order by number) filter (where ${isEntry}) as lengths
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

/** The first ones of them, across any gap. One that is too long comes without its bytes, and matches no hash. */
async function singleLeaves(
  db: Kysely<Tables>,
  start: number,
  to: number,
): Promise<readonly StoredLeaf[]> {
  const rows = await db
    .selectFrom('leaf')
    .select([
      'number',
      sql<Uint8Array>`case when ${isEntry} then bytes else zeroblob(0) end`.as('bytes'),
      sql<Uint8Array>`case when ${isEntry} and ${isHash} then hash else ${noHash} end`.as('hash'),
    ])
    .where('number', '>=', start)
    .where('number', '<', to)
    .orderBy('number')
    .limit(leavesPerRead)
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
  const { rows } = await sql<{ readonly hashes: Uint8Array | null }>`
    select cast(group_concat(hash, '' order by number) filter (where ${isHash}) as blob) as hashes
    from node where level = ${level} and number >= ${start} and number < ${end}`.execute(db);
  const { hashes } = rows[0]!;
  return hashes?.length === (end - start) * HASH_BYTES ? viewOf(hashes) : undefined;
}

/** The first ones of them, across any gap. */
async function singleNodes(
  db: Kysely<Tables>,
  level: number,
  start: number,
  count: number,
): Promise<readonly NodeRun[]> {
  const rows = await db
    .selectFrom('node')
    .select([
      'number as index',
      sql<Uint8Array>`case when ${isHash} then hash else ${noHash} end`.as('hash'),
    ])
    .where('level', '=', level)
    .where('number', '>=', start)
    .where('number', '<', count)
    .orderBy('number')
    .limit(nodesPerRead)
    .execute();
  return rows.map(({ index, hash }) => ({ index, hashes: viewOf(hash) }));
}

/** The same bytes, as what a reader expects: SQLite gives each value memory of its own. */
function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
