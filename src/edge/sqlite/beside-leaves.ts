import type { Kysely } from 'kysely';

import type { StoredCheckpoint } from '../../domain/audit/signed-roots.ts';
import type { TextRecord } from '../../domain/audit/verify-log.ts';
import type { Tables } from './tables.ts';

const rowsPerRead = 200;

/** The checkpoints of sizes from `from` to `last`, the smallest first. */
export async function* checkpointsUp(
  db: Kysely<Tables>,
  from: number,
  last: number | undefined,
): AsyncGenerator<StoredCheckpoint> {
  if (last === undefined) return;
  for (let next = from, isOver = false; !isOver;) {
    const rows = await db
      .selectFrom('checkpoint')
      .select(['size', 'root', 'note'])
      .where('size', '>=', next)
      .where('size', '<=', last)
      .orderBy('size')
      .limit(rowsPerRead)
      .execute();
    yield* rows.map(checkpointOf);
    isOver = rows.length < rowsPerRead;
    if (!isOver) next = rows.at(-1)!.size + 1;
  }
}

/** The checkpoints of sizes up to `upTo`, the largest first. */
export async function* checkpointsDown(
  db: Kysely<Tables>,
  upTo: number,
): AsyncGenerator<StoredCheckpoint> {
  for (let next = upTo; next > -Infinity;) {
    const rows = await db
      .selectFrom('checkpoint')
      .select(['size', 'root', 'note'])
      .where('size', '<=', next)
      .orderBy('size', 'desc')
      .limit(rowsPerRead)
      .execute();
    yield* rows.map(checkpointOf);
    next = rows.length < rowsPerRead ? -Infinity : rows.at(-1)!.size - 1;
  }
}

/** The texts that there are now beside leaves from `from` on, in order of these. */
export async function textsNow(
  db: Kysely<Tables>,
  from: number,
): Promise<AsyncIterable<TextRecord>> {
  const newest = await db
    .selectFrom('leaf_text')
    .select((eb) => eb.fn.max('leaf').as('leaf'))
    .executeTakeFirst();
  return textsUp(db, from, newest?.leaf ?? -Infinity);
}

async function* textsUp(
  db: Kysely<Tables>,
  from: number,
  last: number,
): AsyncGenerator<TextRecord> {
  let after: Omit<TextRecord, 'text'> | undefined = { leaf: from, field: '' };
  while (after !== undefined) {
    const { leaf, field }: Omit<TextRecord, 'text'> = after;
    const rows: TextRecord[] = await db
      .selectFrom('leaf_text')
      .select(['leaf', 'field', 'text'])
      .where((eb) => eb.or([eb('leaf', '>', leaf), eb('leaf', '=', leaf).and('field', '>', field)]))
      .where('leaf', '<=', last)
      .orderBy('leaf')
      .orderBy('field')
      .limit(rowsPerRead)
      .execute();
    yield* rows;
    after = rows.length < rowsPerRead ? undefined : rows.at(-1);
  }
}

function checkpointOf(row: Omit<Tables['checkpoint'], 'signed_at'>): StoredCheckpoint {
  const { size, root, note } = row;
  return { size, root: new Uint8Array(root), note: new TextEncoder().encode(note) };
}
