const CARET = 0x5e;
const EQUALS = 0x3d;
const digitsMin = 12;
const digitsMax = 19;

/**
 * Whether `bytes[start, end)` holds the beginning of magnetic stripe data: `B`, 12 to 19 digits (perhaps spaced) and `^`
 * (track 1), or 13 to 19 digits, `=` and four digits (track 2; behind `;` shorter numbers count too).
 *
 * Source: ISO/IEC 7813 (track 1 format B, track 2). Storing it is forbidden after authorisation (PCI DSS req. 3.3.1).
 */
export function hasTrackData(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (bytes[at] === CARET && isTrack1(bytes, start, at)) return true;
    if (bytes[at] === EQUALS && isTrack2(bytes, start, at, end)) return true;
  }
  return false;
}

function isTrack1(bytes: Uint8Array, start: number, caret: number): boolean {
  let at = caret - 1;
  let digits = 0;
  for (; at >= start && (isDigit(bytes[at]!) || bytes[at] === 0x20); at--) {
    if (bytes[at] !== 0x20) digits++;
  }
  const isFormatB = at >= start && (bytes[at]! | 0x20) === 0x62;
  return isFormatB && digits >= digitsMin && digits <= digitsMax;
}

function isTrack2(bytes: Uint8Array, start: number, equals: number, end: number): boolean {
  let first = equals;
  while (first > start && isDigit(bytes[first - 1]!)) first--;
  const digits = equals - first;
  const isSentinel = first > start && bytes[first - 1] === 0x3b;
  if (digits > digitsMax || digits < (isSentinel ? digitsMin : digitsMin + 1)) return false;
  if (equals + 4 >= end) return false;
  for (let at = equals + 1; at <= equals + 4; at++) if (!isDigit(bytes[at]!)) return false;
  return true;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
