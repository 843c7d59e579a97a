/**
 * Layout of a stored card row, little endian:
 *
 * | offset | bytes | field |
 * |---|---|---|
 * | 0 | 12 | keyed hash |
 * | 12 | 6 | truncated PAN (5 bytes BCD, 1 byte PAN length) |
 * | 18 | 2 | expiry, year × 12 + month − 1, 0 unknown |
 * | 20 | 1 | brand index |
 * | 21 | 1 | reserved, 0 |
 * | 22 | 2 | issuer, index into the batch's issuer list |
 * | 24 | 4 | windows matched, one bit each |
 * | 28 | 4 | first exposure, seconds since 1970, 0 unknown |
 * | 32 | 4 | last exposure, seconds since 1970, 0 unknown |
 * | 36 | 4 | distinct order references |
 *
 * Rows stand in batch order, so the record reference of row i is the batch's first reference + i.
 */
export const CARD_ROW_BYTES = 40;

/** Rows a page: about 160 KiB, a few milliseconds to write. */
export const CARD_PAGE_ROWS = 4096;

/** A row of the hash index: keyed hash (12), then the card's place in the batch (4, little endian); sorted by hash. */
export const HASH_ROW_BYTES = 16;

/** A finding: source (2), reason (1), reserved (1), line (4), little endian. */
export const FINDING_ROW_BYTES = 8;

/** What a person may see of a stored card. `truncatedAt` is the offset of the truncated PAN in `rows`. */
export interface CardRowView {
  readonly truncatedAt: number;
  readonly expiry: number;
  readonly brandIndex: number;
  readonly issuerIndex: number;
  readonly references: number;
}

/** Reads row `index` of a page. The page was written by this program; an index past its end throws RangeError. */
export function readCardRow(rows: Uint8Array, index: number): CardRowView {
  const at = index * CARD_ROW_BYTES;
  const view = viewOf(rows, at, CARD_ROW_BYTES);
  return {
    truncatedAt: at + 12,
    expiry: view.getUint16(18, true),
    brandIndex: view.getUint8(20),
    issuerIndex: view.getUint16(22, true),
    references: view.getUint32(36, true),
  };
}

/** A finding as people see it: which source, which line, which reason (an index into the list of reasons). */
export interface FindingView {
  readonly source: number;
  readonly line: number;
  readonly reason: number;
}

/** Reads finding `index` of a page written by the CDE process. */
export function readFinding(rows: Uint8Array, index: number): FindingView {
  const view = viewOf(rows, index * FINDING_ROW_BYTES, FINDING_ROW_BYTES);
  return {
    source: view.getUint16(0, true),
    reason: view.getUint8(2),
    line: view.getUint32(4, true),
  };
}

/** A page may be a part of larger memory, whose next bytes are none of its rows. */
function viewOf(rows: Uint8Array, at: number, length: number): DataView {
  if (at + length > rows.length) throw new RangeError('past the end of the page');
  return new DataView(rows.buffer, rows.byteOffset + at, length);
}
