const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;

/**
 * Where the last record of `bytes[0, length)` that is surely whole ends: behind its line end, so that what follows can
 * be read apart from what comes before. 0 where there is none.
 *
 * `bytes` begins with a record. With `quoting`, line ends inside quotes end nothing; where quotes are misplaced the
 * answer may be wrong, but only behind the misplaced quote, which refuses the source when the part before is read.
 * A CR at the very end is left alone: an LF may belong to it. No byte of the encodings scanned looks like these three.
 */
export function lastRecordEnd(bytes: Uint8Array, length: number, quoting: boolean): number {
  let isQuoted = quoting && hasOddQuotes(bytes, length);
  for (let at = length - 1; at >= 0; at--) {
    const byte = bytes[at]!;
    if (byte > QUOTE) continue;
    if (byte === QUOTE) isQuoted = quoting && !isQuoted;
    else if (isQuoted) continue;
    else if (byte === LF) return at + 1;
    else if (byte === CR && at + 1 < length && bytes[at + 1] !== LF) return at + 1;
  }
  return 0;
}

/** Whether `bytes[0, length)` holds an odd number of quotes; four bytes at a time where they stand on word bounds. */
function hasOddQuotes(bytes: Uint8Array, length: number): boolean {
  const first = bytes.indexOf(QUOTE);
  if (first < 0 || first >= length) return false;
  const whole = (bytes.byteOffset & 3) === 0 ? length >>> 2 : 0;
  let odd = oddQuotesPerLane(new Uint32Array(bytes.buffer, bytes.byteOffset, whole));
  odd ^= odd >>> 16;
  odd ^= odd >>> 8;
  let quotes = (odd >>> 7) & 1;
  for (let at = whole * 4; at < length; at++) if (bytes[at] === QUOTE) quotes ^= 1;
  return quotes === 1;
}

const everyQuote = 0x2222_2222;
const lowBits = 0x7f7f_7f7f;

/**
 * In the highest bit of each of four lanes, whether the lane holds an odd number of quotes. A lane without its quote's
 * bits is zero; adding to its lower seven bits carries into the highest unless all of it was zero, and never further.
 */
function oddQuotesPerLane(words: Uint32Array): number {
  let odd = 0;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]! ^ everyQuote;
    odd ^= ~(((word & lowBits) + lowBits) | word | lowBits);
  }
  return odd;
}
