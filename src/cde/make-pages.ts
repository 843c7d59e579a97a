import { CARD_PAGE_BYTES_MAX, emitPages } from './emit-pages.ts';
import type { BatchTask } from './emit-pages.ts';
import {
  emitHandedReferences,
  emitReferences,
  REFERENCE_PAGE_BYTES_MAX,
} from './emit-references.ts';
import type { ReferenceTask } from './emit-references.ts';
import type { RowsSink } from './outbound.ts';

/** No page of any kind is longer. */
export const PAGE_BYTES_MAX = Math.max(CARD_PAGE_BYTES_MAX, REFERENCE_PAGE_BYTES_MAX);

/** Pages to be made, of columns that all threads have: of a batch, of references of cards, or of those handed over. */
export type PageTask =
  | { readonly kind: 'batch'; readonly batch: BatchTask }
  | { readonly kind: 'references'; readonly references: ReferenceTask }
  | {
      readonly kind: 'handed';
      readonly references: ReferenceTask;
      readonly order: Int32Array;
    };

/** Makes the pages and sends them in their order. Throws what `sink` throws. */
export async function makePages(sink: RowsSink, task: PageTask): Promise<void> {
  switch (task.kind) {
    case 'batch':
      return emitPages(sink, task.batch);
    case 'references':
      return emitReferences(sink, task.references);
    case 'handed':
      return emitHandedReferences(sink, task.references, task.order);
  }
}
