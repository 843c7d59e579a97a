// The records of a source, cut by csv-parse and decoded by the platform.

import { parse } from 'csv-parse/sync';

export interface ExpectedSource {
  readonly bytes: Uint8Array;
  readonly kind: 'orders' | 'recovered';
}

/** Fields by purpose. */
export type Row = Readonly<Record<string, string>>;

const columnNames: Readonly<Record<string, string>> = {
  ...{ 注文番号: 'reference', 注文日時: 'ordered', 支払方法: 'payment', 販売チャネル: 'channel' },
  ...{ カード番号: 'number', 有効期限: 'expiry', card_no: 'number', exp_date: 'expiry' },
};

/** Records with the physical line each starts on; rows without content are none. */
export function recordsOf(source: ExpectedSource): { row: Row; line: number }[] {
  const text = new TextDecoder(source.kind === 'orders' ? 'shift_jis' : 'utf-8').decode(
    source.bytes,
  );
  const delimiter = source.kind === 'orders' ? ',' : ';';
  const lines: string[][] = parse(text, { delimiter, relax_column_count: true });
  const [header, ...records] = lines;
  let line = 1 + linesIn(header!);
  return records.flatMap((cells) => {
    const at = line;
    line += linesIn(cells);
    if (cells.every((cell) => cell.trim() === '')) return [];
    const named = cells.map((cell, place) => [columnNames[header![place]!] ?? '', cell] as const);
    return [{ row: Object.fromEntries(named), line: at }];
  });
}

/** Lines a record takes: one more than its cells have line ends. */
function linesIn(cells: readonly string[]): number {
  return cells.join('').split('\n').length;
}
