/** Longest entry: its length is written in 16 bits. */
export const ENTRY_BYTES_MAX = 65_535;

/**
 * Writes entries as a bundle: each one after its length as two bytes, the high one first (C2SP tlog-tiles,
 * "Log Entries"). Entries are at most `ENTRY_BYTES_MAX` bytes; a leaf never is longer.
 */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  const total = entries.reduce((sum, entry) => sum + 2 + entry.length, 0);
  const bundle = new Uint8Array(total);
  let at = 0;
  for (const entry of entries) {
    bundle[at] = entry.length >> 8;
    bundle[at + 1] = entry.length & 0xff;
    bundle.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bundle;
}

/** The entries of a bundle; where it is not `width` entries and nothing else, how many were whole before that. */
export function parseBundle(
  bundle: Uint8Array,
  width: number,
): { readonly entries: readonly Uint8Array[]; readonly isWhole: boolean } {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (entries.length < width) {
    if (at + 2 > bundle.length) return { entries, isWhole: false };
    const end = at + 2 + ((bundle[at]! << 8) | bundle[at + 1]!);
    if (end > bundle.length) return { entries, isWhole: false };
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return { entries, isWhole: at === bundle.length };
}
