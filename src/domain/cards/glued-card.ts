import { isDigit } from './ascii-kinds.ts';
import { DIGITS_MIN, holdsCardRun } from './card-runs.ts';
import { PAN_DIGITS_MAX } from './packed-pan.ts';

/** So much is looked at: it is asked of what is refused already, to tell whether that is an alarm. */
const LOOKED_MAX = 64 * 1024;

/**
 * Whether a card number stands inside a longer run of ASCII digits, as in fixed records, whose places no sign divides.
 * Among digits that mean something else, about every tenth window passes its check digit: this is for what nobody will
 * read any further. Looks at the first 64 KiB.
 */
export function holdsGluedCard(bytes: Uint8Array): boolean {
  const looked = bytes.subarray(0, LOOKED_MAX);
  for (let start = 0; start < looked.length; start += 1) {
    if (!isDigit(looked[start])) continue;
    let end = start;
    while (isDigit(looked[end])) end += 1;
    if (holdsWindow(looked.subarray(start, end))) return true;
    start = end;
  }
  return false;
}

function holdsWindow(run: Uint8Array): boolean {
  for (let from = 0; from + DIGITS_MIN <= run.length; from += 1) {
    const most = Math.min(PAN_DIGITS_MAX, run.length - from);
    for (let length = DIGITS_MIN; length <= most; length += 1) {
      if (holdsCardRun(run.subarray(from, from + length))) return true;
    }
  }
  return false;
}
