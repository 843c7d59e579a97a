const leads: readonly (readonly [number, number])[] = [
  [0x81, 0x9f],
  [0xe0, 0xef],
];
const TRAIL_FIRST = 0x40;
const TRAIL_LAST = 0xfc;
/** What the decoder gives for a pair without a meaning. */
const UNDEFINED = '\u{fffd}';

let codes: ReadonlyMap<string, number> | undefined;

/**
 * Shift_JIS bytes of a text of ASCII and JIS X 0208 characters. The platform only decodes, so its decoder is asked once
 * what every pair of bytes means. Throws RangeError for a character that has no code.
 */
export function encodeShiftJis(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const ascii = character.charCodeAt(0);
    if (ascii < 0x80) {
      bytes.push(ascii);
      continue;
    }
    codes ??= readCodes();
    const code = codes.get(character);
    if (code === undefined) throw new RangeError(`no Shift_JIS code for ${character}`);
    bytes.push(code >> 8, code & 0xff);
  }
  return bytes;
}

function readCodes(): ReadonlyMap<string, number> {
  const decoder = new TextDecoder('shift_jis');
  const found = new Map<string, number>();
  for (const [first, last] of leads) {
    for (let lead = first; lead <= last; lead += 1) {
      for (let trail = TRAIL_FIRST; trail <= TRAIL_LAST; trail += 1) {
        const character = decoder.decode(Uint8Array.of(lead, trail));
        const isOne = Array.from(character).length === 1 && character !== UNDEFINED;
        if (isOne && !found.has(character)) found.set(character, (lead << 8) | trail);
      }
    }
  }
  return found;
}
