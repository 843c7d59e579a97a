/**
 * Where the next stretch of at least `length` bytes of a kind begins, from `from` on, or -1. `isOfKind` has 1 for the
 * bytes of the kind. Looks at the last byte a stretch would have first, so that most bytes are never read.
 */
export function nextStretch(
  bytes: Uint8Array,
  from: number,
  isOfKind: Uint8Array,
  length: number,
): number {
  let start = from;
  while (start + length <= bytes.length) {
    let at = start + length - 1;
    while (at >= start && isOfKind[bytes[at]!] === 1) at -= 1;
    if (at < start) return start;
    start = at + 1;
  }
  return -1;
}
