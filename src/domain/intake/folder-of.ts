import type { CardRouter } from './card-router.ts';
import type { CardTable } from './card-table.ts';
import type { FindingSink } from './findings.ts';
import type { Layout } from './layout.ts';
import type { MerchantBook } from './merchant-book.ts';
import { orderKeyColumns } from './order-key-columns.ts';
import type { PersonBook } from './person-book.ts';
import type { ReferenceArena } from './reference-arena.ts';
import { RowFolder } from './row-folder.ts';
import type { Scope } from './scope.ts';
import type { SourceSpec } from './source-spec.ts';

/** A source whose head was read, and the tables that all sources share. */
interface FoldedSource {
  readonly source: number;
  readonly spec: SourceSpec;
  readonly scope: Scope;
  readonly layout: Layout;
  readonly router: CardRouter;
  readonly cards: CardTable;
  readonly references: ReferenceArena;
  readonly sink: FindingSink;
  /** Where the incident lists merchants, what those of all sources came to. */
  readonly merchants?: MerchantBook | undefined;
  /** Where the persons of this source are read, where each of them leads. */
  readonly persons?: PersonBook | undefined;
}

/** The folder for a source. */
export function folderOf({ spec, layout, ...rest }: FoldedSource): RowFolder {
  const hasOrderKeys = orderKeyColumns(layout, spec).length > 0;
  const hasMerchantColumn = layout.columns.merchant.length > 0;
  return new RowFolder({
    ...{ ...rest, hasOrderKeys, isRowPerItem: spec.one_row_per_item, hasMerchantColumn },
    ...(spec.kind === 'references' ? { referenceKind: spec.reference_kind ?? 'order' } : {}),
  });
}
