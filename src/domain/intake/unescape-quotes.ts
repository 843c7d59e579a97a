const QUOTE = 0x22;

/** Makes one quote of two in `bytes[start, end)`, in place; returns the new end. */
export function unescapeQuotes(bytes: Uint8Array, start: number, end: number): number {
  let to = start;
  for (let at = start; at < end; at++) {
    if (bytes[at] === QUOTE) at++;
    bytes[to++] = bytes[at]!;
  }
  return to;
}
