import { mapColumns, type Columns } from './column-map.ts';
import type { Delimiter } from './delimiters.ts';
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
}

/** How to scan a source, and what stands where. */
export interface Layout extends Shape {
  readonly columns: Columns;
  readonly shown: SourceLayout;
}

/** Finds the columns of a source whose shape is known. Throws the faults of `mapColumns`. */
export function decideLayout(shape: Shape, spec: SourceSpec): Layout {
  const columns = mapColumns(spec, shape);
  return { ...shape, columns, shown: show(shape, columns) };
}

function show(shape: Shape, columns: Columns): SourceLayout {
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
  };
}
