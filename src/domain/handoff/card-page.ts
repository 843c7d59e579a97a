import { KEYED_HASH_BYTES } from '../cards/keyed-hash.ts';

/**
 * Layout of a stored card row, little endian:
 *
 * | offset | bytes | field |
 * |---|---|---|
 * | 0 | 6 | truncated PAN: 5 bytes BCD, of which the last two are the last four digits, 1 byte PAN length |
 * | 6 | 2 | expiry, year × 12 + month − 1, 0 unknown |
 * | 8 | 1 | brand index |
 * | 9 | 1 | reserved, 0 |
 * | 10 | 2 | issuer, index into the batch's issuer list |
 * | 12 | 4 | windows matched, one bit each |
 * | 16 | 4 | first exposure, seconds since 1970, 0 unknown |
 * | 20 | 4 | last exposure, seconds since 1970, 0 unknown |
 * | 24 | 4 | distinct order references |
 *
 * Of a reference handed over in place of a card, the first two fields are 0.
 *
 * Rows stand in batch order, so the record reference of row i is the batch's first reference + i. The keyed hash of a
 * card stands in the hash index only.
 */
export const CARD_ROW_BYTES = 28;

/** Rows a page: 112 KiB. */
export const CARD_PAGE_ROWS = 4096;

/** A row of the hash index: keyed hash (12), then the card's place in the batch (4, little endian); sorted by hash. */
export const HASH_ROW_BYTES = 16;

/** Rows a page of the hash index: 16 KiB, all that a look-up reads of a batch. */
export const HASH_PAGE_ROWS = 1024;

/** A finding: source (2), reason (1), reserved (1), line (4), little endian. */
export const FINDING_ROW_BYTES = 8;

/** A finding of a handoff whose incident lists merchants: the same, then the merchant's place (4), little endian. */
export const MERCHANT_FINDING_ROW_BYTES = 12;

/** Bytes of a finding of a handoff. */
export function findingRowBytes(hasMerchants: boolean): number {
  return hasMerchants ? MERCHANT_FINDING_ROW_BYTES : FINDING_ROW_BYTES;
}

/** What a person may see of a stored card. `truncatedAt` is the offset of the truncated PAN in `rows`. */
export interface CardRowView {
  readonly truncatedAt: number;
  readonly expiry: number;
  readonly brandIndex: number;
  readonly issuerIndex: number;
  /** Exposure windows matched, one bit each. */
  readonly windows: number;
  readonly references: number;
}

/** Reads row `index` of a page. The page was written by this program; an index past its end throws RangeError. */
export function readCardRow(rows: Uint8Array, index: number): CardRowView {
  const at = index * CARD_ROW_BYTES;
  const view = viewOf(rows, at, CARD_ROW_BYTES);
  return {
    truncatedAt: at,
    expiry: view.getUint16(6, true),
    brandIndex: view.getUint8(8),
    issuerIndex: view.getUint16(10, true),
    windows: view.getUint32(12, true),
    references: view.getUint32(24, true),
  };
}

/** What a card looks like: brand, and its last four digits as two bytes BCD. All that a handoff keeps of an order's card. */
export function looksOf(brandIndex: number, lastFour: number): number {
  return brandIndex * 0x1_0000 + lastFour;
}

/** The looks of the card whose row begins at byte `at` of a page. It is asked of every card of a list: no object is made. */
export function looksAt(rows: Uint8Array, at: number): number {
  return looksOf(rows[at + 8]!, (rows[at + 3]! << 8) | rows[at + 4]!);
}

/** Place in the batch of the card with this keyed hash, -1 when the rows (of any page) do not have it. Binary search. */
export function findHashRow(rows: Uint8Array, hash: Uint8Array): number {
  let low = 0;
  let high = Math.floor(rows.length / HASH_ROW_BYTES);
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = middle * HASH_ROW_BYTES;
    const order = compareHashes(rows, at, hash, 0);
    if (order === 0) return viewOf(rows, at, HASH_ROW_BYTES).getUint32(KEYED_HASH_BYTES, true);
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return -1;
}

/** Whether the rows of a page, one at least, ascend by hash and begin behind the hash `after`. */
export function isInHashOrder(rows: Uint8Array, after?: Uint8Array): boolean {
  if (rows.length === 0 || rows.length % HASH_ROW_BYTES !== 0) return false;
  if (after !== undefined && compareHashes(after, 0, rows, 0) >= 0) return false;
  for (let at = HASH_ROW_BYTES; at < rows.length; at += HASH_ROW_BYTES) {
    if (compareHashes(rows, at - HASH_ROW_BYTES, rows, at) >= 0) return false;
  }
  return true;
}

/** Negative, 0 or positive, as the keyed hash at `leftAt` sorts before, with or behind the one at `rightAt`. */
export function compareHashes(
  left: Uint8Array,
  leftAt: number,
  right: Uint8Array,
  rightAt: number,
): number {
  for (let i = 0; i < KEYED_HASH_BYTES; i += 1) {
    const difference = left[leftAt + i]! - right[rightAt + i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A finding as people see it: which source, which line, which reason (an index into the list of reasons). */
export interface FindingView {
  readonly source: number;
  readonly line: number;
  readonly reason: number;
  /** Place among the merchants of the incident as the prepare knew it; one that is none of them for an unknown one. */
  readonly merchant: number | undefined;
}

/** Reads finding `index` of a page written by the CDE process. */
export function readFinding(
  rows: Uint8Array,
  index: number,
  rowBytes: number = FINDING_ROW_BYTES,
): FindingView {
  const view = viewOf(rows, index * rowBytes, rowBytes);
  return {
    source: view.getUint16(0, true),
    reason: view.getUint8(2),
    line: view.getUint32(4, true),
    merchant: rowBytes > FINDING_ROW_BYTES ? view.getUint32(8, true) : undefined,
  };
}

/** A page may be a part of larger memory, whose next bytes are none of its rows. */
function viewOf(rows: Uint8Array, at: number, length: number): DataView {
  if (at + length > rows.length) throw new RangeError('past the end of the page');
  return new DataView(rows.buffer, rows.byteOffset + at, length);
}
