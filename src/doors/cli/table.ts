import { paint } from './colour.ts';
import type { Look, Style } from './colour.ts';
import { clip, LINE_COLUMNS, pad, widthOf, wrap } from './layout.ts';

export type Cell = string | { readonly text: string; readonly style: Style };

export interface Column {
  readonly align?: 'left' | 'right';
  /** `clip` (default) cuts the end, `middle` keeps both ends, `wrap` goes on below. At most one column wraps. */
  readonly overflow?: 'clip' | 'middle' | 'wrap';
  /** Never narrower than this when room is short, in columns; default 8. */
  readonly min?: number;
}

const GAP = 2;
const WRAP_MIN = 24;

/**
 * Rows of cells under each other, as wide as their content wants and never wider than the page. When room is short the
 * wrapping column gives way first, then the widest of the others, cut with `…`.
 *
 * Two spaces part the columns: with one, numbers side by side could read as a card number.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  look: Look,
  indent = 0,
): string[] {
  const widths = fit(columns, rows, LINE_COLUMNS - indent);
  return rows.flatMap((row) => rowLines(columns, row, widths, look, ' '.repeat(indent)));
}

function fit(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  room: number,
): number[] {
  const widths = columns.map((_, at) =>
    rows.reduce((widest, row) => Math.max(widest, widthOf(textOf(row[at]))), 0),
  );
  const floors = columns.map(({ overflow, align, min }, at) => {
    // A number that is cut is a wrong number.
    if (align === 'right') return widths[at]!;
    return Math.min(widths[at]!, min ?? (overflow === 'wrap' ? WRAP_MIN : 8));
  });
  const wrapping = columns.findIndex(({ overflow }) => overflow === 'wrap');
  const excess = (): number =>
    widths.reduce((sum, width) => sum + width + (width > 0 ? GAP : 0), -GAP) - room;
  if (wrapping >= 0 && excess() > 0) {
    widths[wrapping] = Math.max(floors[wrapping]!, widths[wrapping]! - excess());
  }
  while (excess() > 0) {
    const widest = widths.reduce(
      (best, width, at) => (width > floors[at]! && (best < 0 || width > widths[best]!) ? at : best),
      -1,
    );
    if (widest < 0) break;
    widths[widest]! -= 1;
  }
  return widths;
}

function rowLines(
  columns: readonly Column[],
  row: readonly Cell[],
  widths: readonly number[],
  look: Look,
  indent: string,
): string[] {
  const cells = columns.map(({ overflow }, at) => {
    const text = textOf(row[at]);
    if (overflow === 'wrap') return wrap(text, widths[at]!);
    return [clip(text, widths[at]!, overflow === 'middle' ? 'middle' : 'end')];
  });
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => {
    let text = indent;
    let isFirst = true;
    columns.forEach(({ align }, at) => {
      if (widths[at] === 0) return;
      const padded = pad(cells[at]![line] ?? '', widths[at]!, align);
      text += (isFirst ? '' : ' '.repeat(GAP)) + styled(padded, row[at], look);
      isFirst = false;
    });
    return text.trimEnd();
  });
}

/** The style ends with the text, so that trailing space can be trimmed. */
function styled(padded: string, cell: Cell | undefined, look: Look): string {
  if (cell === undefined || typeof cell === 'string') return padded;
  const text = padded.trim();
  const before = padded.slice(0, padded.indexOf(text));
  const after = padded.slice(before.length + text.length);
  return before + paint(text, cell.style, look) + after;
}

function textOf(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  return typeof cell === 'string' ? cell : cell.text;
}
