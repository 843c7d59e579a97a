// Shift_JIS as Japanese carts write it (CP932), by turning the platform's decoder around.

const bytesByCharacter = new Map<string, readonly number[]>();
const decoder = new TextDecoder('shift_jis', { fatal: true });

function note(bytes: readonly number[]): void {
  try {
    const character = decoder.decode(Uint8Array.from(bytes));
    if (!bytesByCharacter.has(character)) bytesByCharacter.set(character, bytes);
  } catch {
    // No character stands there.
  }
}

for (let byte = 0; byte < 0x80; byte++) note([byte]);
for (let byte = 0xa1; byte <= 0xdf; byte++) note([byte]);
for (let lead = 0x81; lead <= 0xfc; lead++) {
  if (lead >= 0xa0 && lead <= 0xdf) continue;
  for (let trail = 0x40; trail <= 0xfc; trail++) note([lead, trail]);
}

/** The text in CP932; throws RangeError for a character the encoding lacks. */
export function encodeCp932(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const found = bytesByCharacter.get(character);
    if (found === undefined) throw new RangeError(`CP932 lacks U+${character.codePointAt(0)}`);
    bytes.push(...found);
  }
  return Uint8Array.from(bytes);
}
