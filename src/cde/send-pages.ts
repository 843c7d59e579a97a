import type { CardTable } from '../domain/intake/card-table.ts';
import type { MerchantBook } from '../domain/intake/merchant-book.ts';
import type { ReferenceArena } from '../domain/intake/reference-arena.ts';
import type { PrepareJob } from '../exchange/handoff/card-process.ts';
import type { Arrangement } from './arrange-batches.ts';
import type { CardLanes } from './card-lanes.ts';
import { batchTask } from './emit-pages.ts';
import { referenceTask } from './emit-references.ts';
import { makePages } from './make-pages.ts';
import type { PageTask } from './make-pages.ts';
import type { Outbound } from './outbound.ts';
import type { NumberedBatch } from './seal-batches.ts';

/** What the pages of a prepare are made of, and how they get out. */
export interface PagesRoom {
  readonly job: PrepareJob;
  readonly cards: CardTable;
  readonly references: ReferenceArena;
  readonly merchants: MerchantBook | undefined;
  /** Threads that make pages; without them the calling thread does. */
  readonly lanes: CardLanes | undefined;
  readonly outbound: Outbound;
}

/**
 * References of cards do not depend on what earlier handoffs hold: another thread makes their pages while this one
 * compares, arranges and hashes. Undefined where that cannot be, or there are none to be sent.
 */
export function sendReferencesAhead(room: PagesRoom): Promise<void> | undefined {
  const { job, lanes, outbound } = room;
  if (lanes === undefined || job.dryRun || job.isImport === true) return undefined;
  if (job.subject !== undefined) return undefined;
  const referring = lanes.makePages({ kind: 'references', references: tasked(room) }, outbound);
  // Told where it is waited for; another fault may come first.
  referring.catch(() => undefined);
  return referring;
}

/**
 * Sends the stored form of all batches and then the references, unless `referring` does. Throws what sending throws, and
 * the faults of threads.
 */
export async function sendPages(
  room: PagesRoom,
  arrangement: Arrangement,
  batches: readonly NumberedBatch[],
  hashes: Uint8Array,
  referring: Promise<void> | undefined,
): Promise<void> {
  const { job, cards, lanes, outbound } = room;
  const tasks: PageTask[] = batches.map((batch) => {
    return { kind: 'batch', batch: batchTask(cards, hashes, arrangement, batch, batch.id) };
  });
  // Who is to be told stands in the sources of what is in scope, not in a list that others sent.
  if (job.isImport !== true && referring === undefined) {
    const references = tasked(room);
    if (job.subject === undefined) tasks.push({ kind: 'references', references });
    else tasks.push({ kind: 'handed', references, order: arrangement.order });
  }
  if (lanes === undefined) {
    for (const task of tasks) await makePages(outbound, task);
  } else {
    await Promise.all([...tasks.map((task) => lanes.makePages(task, outbound)), referring]);
  }
}

function tasked({ cards, references, merchants }: PagesRoom): ReturnType<typeof referenceTask> {
  return referenceTask(cards, references, merchants !== undefined);
}
