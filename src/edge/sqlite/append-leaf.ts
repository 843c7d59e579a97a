import { randomBytes } from 'node:crypto';

import type { Kysely, Transaction } from 'kysely';

import { commitText, composeLeaf, SALT_BYTES } from '../../domain/audit/leaf.ts';
import type { LeafDraft } from '../../domain/audit/leaf.ts';
import { leafHash } from '../../domain/tlog/hashes.ts';
import { appendLeaf } from '../../domain/tlog/tree.ts';
import type { NodePlace, ReadNode } from '../../domain/tlog/tree.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import { forgetSaidOfPurged } from './said-with-commands.ts';
import type { Tables } from './tables.ts';

/** The time of day and, while a command runs that an officer signed, the digest of what they signed. */
export interface LeafClock extends Clock {
  readonly signed?: string | undefined;
}

/**
 * Appends the leaf of an act inside the act's own transaction, with the tree nodes that become complete and the free
 * texts it binds. Returns the leaf's number. Throws what `composeLeaf` throws; then the act does not happen either.
 */
export async function appendAct(
  trx: Transaction<Tables>,
  act: ActRecord,
  clock: LeafClock,
): Promise<number> {
  const salt = new Uint8Array(randomBytes(SALT_BYTES));
  const texts = Object.entries(act.texts ?? {});
  const commitments = Object.fromEntries(
    texts.map(([field, text]) => [field, commitText(salt, text)]),
  );
  const { signed } = clock;
  const data = { ...act.draft.data, ...commitments, ...(signed === undefined ? {} : { signed }) };
  const draft = { ...act.draft, data } as LeafDraft;
  const bytes = composeLeaf(draft, salt, clock.now());
  const size = await logSize(trx);
  const hash = leafHash(bytes);
  const { nodes } = appendLeaf(size, hash, await nodeReader(trx, frontierOf(size)));
  await trx.insertInto('leaf').values({ number: size, bytes, hash }).execute();
  await trx
    .insertInto('node')
    .values(nodes.map((node) => ({ level: node.level, number: node.index, hash: node.hash })))
    .execute();
  if (texts.length > 0) {
    const rows = texts.map(([field, text]) => ({ leaf: size, field, text }));
    await trx.insertInto('leaf_text').values(rows).execute();
  }
  if (signed !== undefined) await forgetSaidOfPurged(trx, signed, bytes);
  return size;
}

/** Number of leaves. */
export async function logSize(db: Kysely<Tables>): Promise<number> {
  const row = await db
    .selectFrom('leaf')
    .select((eb) => eb.fn.max('number').as('last'))
    .executeTakeFirst();
  return row?.last == null ? 0 : row.last + 1;
}

/** Reads these nodes, at most a few hundred, each by its key; the reader knows no others. */
export async function nodeReader(
  db: Kysely<Tables>,
  places: readonly NodePlace[],
): Promise<ReadNode> {
  if (places.length === 0) return () => undefined;
  const rows = await db
    .selectFrom('node')
    .selectAll()
    .where((eb) => eb.or(places.map(({ level, index: number }) => eb.and({ level, number }))))
    .execute();
  const nodes = new Map(rows.map(({ level, number, hash }) => [`${level}/${number}`, hash]));
  return (level, index) => nodes.get(`${level}/${index}`);
}

/** The roots of the complete subtrees that make up a tree of `size` leaves: one per bit of its size. */
function frontierOf(size: number): NodePlace[] {
  const places: NodePlace[] = [];
  for (let level = 0, rest = size; rest > 0; level += 1, rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) places.push({ level, index: rest - 1 });
  }
  return places;
}
