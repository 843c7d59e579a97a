/**
 * Characters with two homes in Unicode: what CP932 decodes to on most systems, and what others write for the same sign.
 * They are the same on paper, so the second is written as the first.
 */
const twins: readonly (readonly [string, string])[] = [
  ['\u301C', '\uFF5E'],
  ['\u2212', '\uFF0D'],
  ['\u2016', '\u2225'],
  ['\u2014', '\u2015'],
  ['\u00A2', '\uFFE0'],
  ['\u00A3', '\uFFE1'],
  ['\u00AC', '\uFFE2'],
];

const halfWidthKatakana = 0xff61;
const kanaLead = 0xa1;
const kana = 63;
/** NEC's copies of characters that IBM's extension has too: readers know both, Windows writes the latter. */
const copies: readonly number[] = [0xed, 0xee];

let codes: Uint16Array | undefined;

/** Bytes of a text in CP932 (Shift_JIS as Windows writes it); undefined where it lacks a character. Throws nothing. */
export function encodeCp932(text: string): Uint8Array | undefined {
  codes ??= codesByCharacter();
  const bytes = new Uint8Array(text.length * 2);
  let filled = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const code = unit < 0x80 ? unit : codes[unit]!;
    if (code === 0 && unit !== 0) return undefined;
    if (code > 0xff) bytes[filled++] = code >> 8;
    bytes[filled++] = code & 0xff;
  }
  return bytes.subarray(0, filled);
}

/** Byte pairs by character, from the platform's decoder (WHATWG Encoding Standard), the first of several. */
function codesByCharacter(): Uint16Array {
  const found = new Uint16Array(0x1_0000);
  const decoder = new TextDecoder('shift_jis');
  for (let lead = 0x81; lead <= 0xfc; lead += 1) {
    // From F0 to F9 lies the user-defined area: every machine has other characters there.
    if ((lead >= 0xa0 && lead <= 0xdf) || (lead >= 0xf0 && lead <= 0xf9)) continue;
    if (copies.includes(lead)) continue;
    for (let trail = 0x40; trail <= 0xfc; trail += 1) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      const unit = character.charCodeAt(0);
      if (character.length === 1 && unit !== 0xfffd) found[unit] ||= (lead << 8) | trail;
    }
  }
  for (let n = 0; n < kana; n += 1) found[halfWidthKatakana + n] = kanaLead + n;
  for (const [other, ours] of twins) found[other.charCodeAt(0)] ||= found[ours.charCodeAt(0)]!;
  return found;
}
