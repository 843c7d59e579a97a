import { findNumberColumns, findWellKnown, foldColumnName } from './column-names.ts';
import { placesFor, type KnownColumns } from './column-places.ts';
import { IntakeFault } from './errors.ts';
import type { Shape } from './shape.ts';
import { personPurposes, purposes, type PersonPurpose, type Purpose } from './purposes.ts';
import type { SourceSpec } from './source-spec.ts';

/** Where the columns of a source stand, from 0; an empty list is a purpose the source does not have. */
export type Columns = Readonly<Record<Purpose | PersonPurpose | 'order_key', readonly number[]>>;

/**
 * Finds the columns a spec declares, and by well-known names those it leaves out: that of the merchant only where the
 * incident lists merchants, those of persons never.
 *
 * Throws `column-missing` (a declared column, and `pan`, or `reference` in a source of references), `column-ambiguous`
 * (one name over several columns, or several columns that could hold the card number), `column-repeated` (the card
 * number's column used for something else).
 */
export function mapColumns(spec: SourceSpec, shape: Shape, hasMerchants = false): Columns {
  const map = new Map<keyof Columns, readonly number[]>();
  for (const purpose of purposes) {
    const declared = spec.columns[purpose];
    const columns =
      declared === undefined
        ? findUndeclared(purpose, spec, shape, hasMerchants)
        : declared.map((wanted) => findDeclared(purpose, wanted, shape));
    map.set(purpose, columns);
  }
  for (const purpose of personPurposes) {
    const declared = spec.columns[purpose] ?? [];
    map.set(
      purpose,
      declared.map((wanted) => findDeclared(purpose, wanted, shape)),
    );
  }
  const { order_key: key } = spec;
  map.set('order_key', key === undefined ? [] : [findDeclared('order_key', key, shape)]);
  chooseExpiry(map);
  const columns = Object.fromEntries(map) as Columns;
  const needed = spec.kind === 'references' ? 'reference' : 'pan';
  if (columns[needed].length === 0) throw missing(needed, undefined, shape);
  assertApart(columns, shape.ignored);
  return columns;
}

/** Columns that hold card numbers if any do: as declared, by name or by content. Throws nothing, decides nothing. */
export function likelyNumberColumns(spec: SourceSpec, shape: Shape): number[] {
  const { pan } = spec.columns;
  if (pan !== undefined) return pan.flatMap((wanted) => placesFor(wanted, shape));
  if (shape.header !== undefined) return findNumberColumns(shape.header.map(foldColumnName));
  return shape.numberColumn === undefined ? [] : [shape.numberColumn];
}

/** One column for both, or a month and a year: never a mixture, and no month without a year. */
function chooseExpiry(map: Map<string, readonly number[]>): void {
  const isWhole = map.get('expiry')!.length > 0;
  const isPair = map.get('expiry_month')!.length > 0 && map.get('expiry_year')!.length > 0;
  if (isWhole || !isPair) {
    map.set('expiry_month', []);
    map.set('expiry_year', []);
  }
}

/** A fault that names a column, with the header so that a person can see what there is. */
export function missing(
  column: string,
  wanted: string | undefined,
  known: KnownColumns,
): IntakeFault {
  const header = known.header ?? [`${known.width} columns without a header`];
  return new IntakeFault('column-missing', {
    column,
    ...(wanted === undefined ? {} : { wanted }),
    header,
  });
}

function findDeclared(purpose: string, wanted: string, known: KnownColumns): number {
  const found = placesFor(wanted, known);
  if (found.length > 1) {
    const positions = found.map((column) => `#${column + 1}`);
    throw new IntakeFault('column-ambiguous', { column: purpose, positions });
  }
  const [column] = found;
  if (column === undefined) throw missing(purpose, wanted, known);
  return column;
}

/** What a source with card numbers has no use for, and one of references must not be read for. */
const cardPurposes: readonly Purpose[] = ['pan', 'expiry', 'expiry_month', 'expiry_year'];
const referencePurposes: readonly Purpose[] = ['brand', 'last_four'];

function findUndeclared(
  purpose: Purpose,
  spec: SourceSpec,
  shape: Shape,
  hasMerchants: boolean,
): number[] {
  const { header, ignored, numberColumn } = shape;
  const isReferences = spec.kind === 'references';
  if ((isReferences ? cardPurposes : referencePurposes).includes(purpose)) return [];
  if (header === undefined) {
    if (isReferences) return purpose === 'reference' && shape.width === 1 ? [0] : [];
    return purpose === 'pan' && numberColumn !== undefined ? [numberColumn] : [];
  }
  if (purpose === 'channel' && spec.channel !== undefined) return [];
  if (purpose === 'merchant' && (!hasMerchants || spec.merchant !== undefined)) return [];
  const hasOther =
    purpose === 'expiry'
      ? spec.columns.expiry_month !== undefined
      : purpose.startsWith('expiry_') && spec.columns.expiry !== undefined;
  if (hasOther) return [];
  const folded = header.map((name, column) => (ignored[column] === 1 ? '' : foldColumnName(name)));
  const found =
    purpose === 'pan'
      ? findNumberColumns(folded)
      : findWellKnown(purpose, folded, isReferences ? spec.reference_kind : undefined);
  if (found.length > 1) {
    const positions = found.map((column) => `#${column + 1}`);
    throw new IntakeFault('column-ambiguous', { column: purpose, positions });
  }
  return found;
}

/** An order key may repeat the reference; a card number may be nothing else, and nothing may be read and ignored. */
function assertApart(columns: Columns, ignored: Uint8Array): void {
  for (const [purpose, places] of Object.entries(columns)) {
    for (const column of places) {
      const isNumber = purpose !== 'pan' && columns.pan.includes(column);
      if (ignored[column] !== 1 && !isNumber) continue;
      const clash = isNumber ? 'pan' : 'ignore_columns';
      throw new IntakeFault('column-repeated', { column: column + 1, purposes: [purpose, clash] });
    }
  }
}
