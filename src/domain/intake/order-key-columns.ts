import type { Layout } from './layout.ts';
import type { SourceSpec } from './source-spec.ts';

/** Columns that name a record's order: the declared key; the reference where a source has a row per item. */
export function orderKeyColumns(
  { columns }: Pick<Layout, 'columns'>,
  spec: SourceSpec,
): readonly number[] {
  if (columns.order_key.length > 0 || !spec.one_row_per_item) return columns.order_key;
  return columns.reference;
}
