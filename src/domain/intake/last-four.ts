import type { CodePointRead } from './code-points.ts';

export const LAST_FOUR_UNREADABLE = -1;
const FOUR = 4;

/**
 * The last four digits of a card as shops keep them: `1111`, `****1111`, `**** **** **** 1111`, in any width. Their value
 * plus 1, so that 0 stands for an empty field; `LAST_FOUR_UNREADABLE` where the text does not end in exactly four digits
 * (a spreadsheet makes `42` of `0042`; a whole number has no place here). Nothing becomes a string.
 */
export function readLastFour(
  read: CodePointRead,
  bytes: Uint8Array,
  start: number,
  end: number,
): number {
  let value = 0;
  let digits = 0;
  let isEmpty = true;
  for (let at = start; at < end;) {
    const character = read(bytes, at, end);
    at += character > 0 ? character & 7 : 1;
    const point = character >> 3;
    const ascii = point >= 0xff01 && point <= 0xff5e ? point - 0xfee0 : point;
    if (ascii === 0x20 || point === 0x3000) {
      // Blanks behind the digits say nothing; those between groups begin a new one.
      if (digits > 0 && isBlank(bytes, at, end)) break;
      digits = 0;
      continue;
    }
    isEmpty = false;
    const digit = ascii - 0x30;
    if (digit < 0 || digit > 9) {
      digits = 0;
      continue;
    }
    value = digits === 0 ? digit : value * 10 + digit;
    digits++;
    if (digits > FOUR) return LAST_FOUR_UNREADABLE;
  }
  if (isEmpty) return 0;
  return digits === FOUR ? value + 1 : LAST_FOUR_UNREADABLE;
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== 0x20) return false;
  return true;
}
