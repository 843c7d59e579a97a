/**
 * Texts of ours that an answer may repeat and that have many digits by nature: the name of the file that is answered, and
 * its digest. Only where a cell is exactly one of them its digits hide nothing.
 */
export type KnownTexts = readonly string[];

const BLANK = 0x20;

/**
 * A copy in which such cells are blank, for the search for card numbers; the bytes themselves where there is none. A text
 * that goes on beside it is left: it is not what we know.
 */
export function withoutKnown(bytes: Uint8Array, known: KnownTexts): Uint8Array {
  let copy: Uint8Array | undefined;
  for (const text of known) {
    for (let at = placeOf(text, bytes, 0); at >= 0; at = placeOf(text, bytes, at + 1)) {
      if (isWord(bytes[at - 1]) || isWord(bytes[at + text.length])) continue;
      copy ??= bytes.slice();
      copy.fill(BLANK, at, at + text.length);
    }
  }
  return copy ?? bytes;
}

/** Where a text of ASCII stands in the bytes, from a place on; -1 for nowhere. Nothing is made text: it may be secret. */
export function placeOf(text: string, bytes: Uint8Array, from: number): number {
  const first = text.charCodeAt(0);
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    let same = 1;
    while (same < text.length && bytes[at + same] === text.charCodeAt(same)) same += 1;
    if (same === text.length) return at;
  }
  return -1;
}

/** Letters and digits of ASCII, and whatever is beyond it. */
function isWord(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return byte >= 0x80 || /[0-9A-Za-z]/.test(String.fromCharCode(byte));
}
