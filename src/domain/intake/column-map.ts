import { findNumberColumns, findWellKnown, foldColumnName, placesOf } from './column-names.ts';
import { IntakeFault } from './errors.ts';
import { COLUMNS_MAX } from './limits.ts';
import { purposes, type Purpose, type SourceSpec } from './source-spec.ts';
import { foldText } from './text-values.ts';

/** Where the columns of a source stand, from 0; an empty list is a purpose the source does not have. */
export interface ColumnMap {
  readonly columns: Readonly<Record<Purpose | 'order_key', readonly number[]>>;
  /** 1 for each column that is never read. */
  readonly ignored: Uint8Array;
  /** 1 for each column that a person declared to hold no security codes. */
  readonly notSensitive: Uint8Array;
}

export interface KnownColumns {
  /** Names of the header as they stand; undefined for a source without one. */
  readonly header: readonly string[] | undefined;
  /** Number of columns. */
  readonly width: number;
  /** The column whose content is card numbers, where that is beyond doubt; used without a header only. */
  readonly numberColumn: number | undefined;
}

/**
 * Finds the columns a spec declares, and by well-known names those it leaves out.
 *
 * Throws `column-missing` (a declared column, and `pan`), `column-ambiguous` (one name over several columns, or several
 * columns that could hold the card number), `column-repeated` (the card number's column used for something else).
 */
export function mapColumns(spec: SourceSpec, known: KnownColumns): ColumnMap {
  const ignored = marks(spec.ignore_columns, known);
  const map = new Map<Purpose | 'order_key', readonly number[]>();
  for (const purpose of purposes) {
    const declared = spec.columns[purpose];
    const columns =
      declared === undefined
        ? findUndeclared(purpose, spec, known, ignored)
        : declared.map((wanted) => findDeclared(purpose, wanted, known));
    map.set(purpose, columns);
  }
  const { order_key: key } = spec;
  map.set('order_key', key === undefined ? [] : [findDeclared('order_key', key, known)]);
  chooseExpiry(map);
  const columns = Object.fromEntries(map) as ColumnMap['columns'];
  if (columns.pan.length === 0) throw missing('pan', undefined, known);
  assertApart(columns, ignored);
  return { columns, ignored, notSensitive: marks(spec.not_sensitive, known) };
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
  known: Pick<KnownColumns, 'header' | 'width'>,
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

/** Columns for `#n` or a name: as it stands but for case and width, else without spaces and signs too. */
function placesFor(wanted: string, known: KnownColumns): number[] {
  const position = /^#([1-9]\d{0,3})$/.exec(wanted)?.[1];
  if (position !== undefined) {
    const column = Number(position) - 1;
    return column < known.width ? [column] : [];
  }
  const header = known.header ?? [];
  const exact = placesOf(foldText(wanted), header.map(foldText));
  return exact.length > 0 ? exact : placesOf(foldColumnName(wanted), header.map(foldColumnName));
}

function findUndeclared(
  purpose: Purpose,
  spec: SourceSpec,
  known: KnownColumns,
  ignored: Uint8Array,
): number[] {
  if (known.header === undefined) {
    const isNumber = purpose === 'pan' && known.numberColumn !== undefined;
    return isNumber ? [known.numberColumn] : [];
  }
  if (purpose === 'channel' && spec.channel !== undefined) return [];
  const hasOther =
    purpose === 'expiry'
      ? spec.columns.expiry_month !== undefined
      : purpose.startsWith('expiry_') && spec.columns.expiry !== undefined;
  if (hasOther) return [];
  const folded = known.header.map((name, column) =>
    ignored[column] === 1 ? '' : foldColumnName(name),
  );
  const found = purpose === 'pan' ? findNumberColumns(folded) : findWellKnown(purpose, folded);
  if (found.length > 1) {
    const positions = found.map((column) => `#${column + 1}`);
    throw new IntakeFault('column-ambiguous', { column: purpose, positions });
  }
  return found;
}

/** An order key may repeat the reference; a card number may be nothing else, and nothing may be read and ignored. */
function assertApart(columns: ColumnMap['columns'], ignored: Uint8Array): void {
  for (const [purpose, places] of Object.entries(columns)) {
    for (const column of places) {
      const isNumber = purpose !== 'pan' && columns.pan.includes(column);
      if (ignored[column] !== 1 && !isNumber) continue;
      const clash = isNumber ? 'pan' : 'ignore_columns';
      throw new IntakeFault('column-repeated', { column: column + 1, purposes: [purpose, clash] });
    }
  }
}

/** A name that repeats marks all its columns; one that is not there marks none. */
function marks(wanted: readonly string[], known: KnownColumns): Uint8Array {
  const marked = new Uint8Array(COLUMNS_MAX);
  for (const name of wanted) for (const column of placesFor(name, known)) marked[column] = 1;
  return marked;
}
