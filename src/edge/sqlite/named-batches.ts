import type { Kysely } from 'kysely';

import type { Tables } from './tables.ts';

/** Batches with what stands beside them: their name at the recipient, what they recall, and who withdrew them and why. */
export function namedBatches(db: Kysely<Tables>) {
  return db
    .selectFrom('batch')
    .leftJoin('allotted_name', 'allotted_name.batch', 'batch.id')
    .leftJoin('recall', 'recall.batch', 'batch.id')
    .leftJoin('batch_withdrawn', 'batch_withdrawn.batch', 'batch.id')
    .leftJoin('leaf_text', (join) =>
      join
        .onRef('leaf_text.leaf', '=', 'batch_withdrawn.leaf')
        .on('leaf_text.field', '=', 'reason'),
    )
    .selectAll('batch')
    .select(['allotted_name.name as remote_name', 'allotted_name.sequence as sequence'])
    .select(['recall.recalled', 'recall.basis', 'recall.runs'])
    .select(['batch_withdrawn.officer as withdrawn_by', 'leaf_text.text as withdrawn_reason']);
}
