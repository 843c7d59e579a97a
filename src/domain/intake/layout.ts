import { mapColumns, type Columns } from './column-map.ts';
import type { Delimiter } from './delimiters.ts';
import { IntakeFault } from './errors.ts';
import { fittingSpecs, type KnownSpec } from './known-specs.ts';
import type { Shape } from './shape.ts';
import type { SourceSpec } from './source-spec.ts';

/** How a source was read, for people: names and places of columns, nothing of a record. */
export interface SourceLayout {
  readonly format: 'delimited' | 'lines';
  readonly delimiter?: Delimiter;
  readonly header: boolean;
  /** Number of columns. */
  readonly width: number;
  /** Per purpose, its columns as `#n` or `#n name`. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly ignored: readonly string[];
  /** Names of the known specs that the header fits. */
  readonly fits: readonly string[];
}

/** How to scan a source, and what stands where. */
export interface Layout extends Shape {
  readonly columns: Columns;
  readonly shown: SourceLayout;
}

/**
 * Finds the columns of a source whose shape is known, and the `known` specs that it fits. Throws the faults of
 * `mapColumns`, and `no-card-numbers`.
 */
export function decideLayout(
  shape: Shape,
  spec: SourceSpec,
  known: readonly KnownSpec[] = [],
  hasMerchants = false,
): Layout {
  const fits = fittingSpecs(shape.header, known);
  const columns = mapWith(shape, spec, fits, hasMerchants);
  return { ...shape, columns, shown: show(shape, columns, fits) };
}

/**
 * A file of a cart whose exports hold no card numbers is told as that; any other that lacks a column, with the one spec
 * that would have named it.
 */
function mapWith(
  shape: Shape,
  spec: SourceSpec,
  fits: readonly string[],
  hasMerchants: boolean,
): Columns {
  try {
    return mapColumns(spec, shape, hasMerchants);
  } catch (error) {
    const [only, ...others] = fits;
    const isMissing = error instanceof IntakeFault && error.code === 'column-missing';
    if (!isMissing || only === undefined || others.length > 0) throw error;
    const isNumber = error.facts['column'] === 'pan' && error.facts['wanted'] === undefined;
    if (isNumber) throw new IntakeFault('no-card-numbers', { fits: only });
    throw new IntakeFault('column-missing', { ...error.facts, fits: only });
  }
}

function show(shape: Shape, columns: Columns, fits: readonly string[]): SourceLayout {
  const { delimiter, header, width, ignored } = shape;
  const nameOf = (column: number): string => `#${column + 1} ${header?.[column] ?? ''}`.trim();
  const used = Object.entries(columns)
    .filter(([, places]) => places.length > 0)
    .map(([purpose, places]) => [purpose, places.map(nameOf)] as const);
  return {
    format: delimiter === undefined ? 'lines' : 'delimited',
    ...(delimiter === undefined ? {} : { delimiter }),
    header: header !== undefined,
    width,
    columns: Object.fromEntries(used),
    ignored: [...ignored.keys()].filter((column) => ignored[column] === 1).map(nameOf),
    fits,
  };
}
