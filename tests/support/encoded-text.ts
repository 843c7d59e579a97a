// Texts as bytes in the encodings sources come in. The platform only decodes; the way back is its table turned around.

export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'shift_jis' | 'euc-jp';

const tables = new Map<string, ReadonlyMap<string, readonly number[]>>();

/** The bytes of `text`; throws RangeError for a character the encoding does not have. */
export function encodeText(text: string, encoding: TextEncodingName): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  if (encoding === 'utf-16le') return new Uint8Array(Buffer.from(text, 'utf16le'));
  if (encoding === 'utf-16be') return new Uint8Array(Buffer.from(text, 'utf16le').swap16());
  const table = tableOf(encoding);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.charCodeAt(0);
    const found = code < 0x80 ? [code] : table.get(character);
    if (found === undefined) throw new RangeError(`no ${encoding} for U+${code.toString(16)}`);
    bytes.push(...found);
  }
  return Uint8Array.from(bytes);
}

function tableOf(encoding: 'shift_jis' | 'euc-jp'): ReadonlyMap<string, readonly number[]> {
  const known = tables.get(encoding);
  if (known !== undefined) return known;
  const decoder = new TextDecoder(encoding);
  const table = new Map<string, readonly number[]>();
  const add = (...bytes: number[]): void => {
    const text = decoder.decode(Uint8Array.from(bytes));
    if (text.length === 1 && text !== '\ufffd' && !table.has(text)) table.set(text, bytes);
  };
  for (let lead = 0xa1; lead <= 0xdf; lead++)
    add(...(encoding === 'shift_jis' ? [lead] : [0x8e, lead]));
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    const isLead =
      encoding === 'shift_jis' ? lead < 0xa0 || (lead > 0xdf && lead < 0xfd) : lead > 0xa0;
    for (let trail = 0x40; isLead && trail <= 0xfe; trail++) add(lead, trail);
  }
  tables.set(encoding, table);
  return table;
}

export const byteOrderMarks: Readonly<Record<string, readonly number[]>> = {
  'utf-8': [0xef, 0xbb, 0xbf],
  'utf-16le': [0xff, 0xfe],
  'utf-16be': [0xfe, 0xff],
};
