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

function hasOddQuotes(bytes: Uint8Array, length: number): boolean {
  let quotes = 0;
  const part = bytes.subarray(0, length);
  for (let at = part.indexOf(QUOTE); at >= 0 && at < length; at++) {
    if (part[at] === QUOTE) quotes++;
  }
  return (quotes & 1) === 1;
}
