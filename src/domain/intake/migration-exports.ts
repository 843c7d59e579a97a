import { foldColumnName } from './column-names.ts';
import { IntakeFault } from './errors.ts';
import type { Shape } from './shape.ts';

/**
 * Columns that stand together in files by which one processor hands stored cards to the next: full numbers, sometimes
 * security codes, of every customer ever. Sources: docs.stripe.com "Export file formats" and "Card data imports",
 * squareup.com/help 7871 "Export card on file". Names are compared as `foldColumnName` leaves them.
 */
const exports: readonly { readonly madeBy: string; readonly columns: readonly string[] }[] = [
  { madeBy: 'Stripe', columns: ['card.id', 'card.number', 'card.exp_month', 'default_source'] },
  { madeBy: 'Square', columns: ['card_id', 'pan', 'expiration', 'customer_id'] },
  { madeBy: 'a processor', columns: ['old_customer_id', 'card_number', 'card_exp_month'] },
];

/**
 * Refuses an export of a processor's whole vault, whatever a spec says of its columns: it is no list of an incident.
 * Throws `migration-export`.
 */
export function assertNoMigration({ header }: Pick<Shape, 'header'>): void {
  const names = new Set(header?.map(foldColumnName));
  const found = exports.find(({ columns }) =>
    columns.every((column) => names.has(foldColumnName(column))),
  );
  if (found !== undefined) throw new IntakeFault('migration-export', { made_by: found.madeBy });
}
