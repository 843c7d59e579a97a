import { holdsPlace } from '../../domain/recalls/recalled-runs.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';

/** Batches of an incident: the lists, and what is recalled of each. */
export interface IncidentBatches {
  readonly lists: readonly BatchRow[];
  /** Recall files, the oldest first. */
  readonly recalls: readonly RecallBatch[];
}

export type RecallBatch = BatchRow & { readonly recalls: NonNullable<BatchRow['recalls']> };

/** Every batch of an incident, whatever became of it. */
export async function batchesOfIncident(
  handoffs: Pick<HandoffRegister, 'list' | 'batchesOf'>,
  incident: string,
): Promise<IncidentBatches> {
  const lists: BatchRow[] = [];
  const recalls: RecallBatch[] = [];
  for (const { id } of await handoffs.list(incident)) {
    for (const batch of await handoffs.batchesOf(id)) {
      if (isRecall(batch)) recalls.push(batch);
      else lists.push(batch);
    }
  }
  return { lists, recalls };
}

export function isRecall(batch: BatchRow): batch is RecallBatch {
  return batch.recalls !== undefined;
}

/** Whether one of these recalls names the card with this record reference of a batch. */
export function isRecalledBy(
  recalls: readonly RecallBatch[],
  { batch, record }: { readonly batch: string; readonly record: number },
): boolean {
  return recalls.some(
    ({ recalls: { batch: of, runs }, firstReference }) =>
      of === batch && holdsPlace(runs, record - firstReference),
  );
}
