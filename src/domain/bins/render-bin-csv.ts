import type { BinRange } from './bin-range.ts';

/**
 * Writes ranges as the CSV that `parseBinCsv` reads without column names: the stored form of an issuer table, the same
 * text for the same ranges whatever the imported file looked like. Throws nothing.
 */
export function renderBinCsv(ranges: readonly BinRange[]): string {
  const rows = ranges.map((range) =>
    [
      range.low,
      range.high,
      range.brand ?? '',
      range.issuer,
      range.country ?? '',
      range.validFrom ?? '',
      range.validTo ?? '',
    ]
      .map(cell)
      .join(','),
  );
  return ['low,high,brand,issuer,country,valid_from,valid_to', ...rows, ''].join('\n');
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
