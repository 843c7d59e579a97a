// Reads characters out of bytes without making strings. A source is scanned in one of three encodings; UTF-16 is
// narrowed to UTF-8 first. In all three, bytes below 0x80 that are not the second byte of a pair are ASCII.

export type ByteEncoding = 'utf-8' | 'shift_jis' | 'euc-jp';

/**
 * Reads the character that starts at `at`, of the bytes up to `end`.
 *
 * Returns its code point times 8 plus the number of its bytes, `INVALID` for bytes the encoding does not have, or
 * `TRUNCATED` where they might begin a character that `end` cuts off.
 */
export type CodePointRead = (bytes: Uint8Array, at: number, end: number) => number;

export const INVALID = 0;
export const TRUNCATED = -1;

/** The reader of an encoding. The tables behind the Japanese ones are made when first asked for. */
export function codePointRead(encoding: ByteEncoding): CodePointRead {
  if (encoding === 'utf-8') return readUtf8;
  const known = readers.get(encoding);
  if (known !== undefined) return known;
  const made = encoding === 'shift_jis' ? shiftJisReader() : eucJpReader();
  readers.set(encoding, made);
  return made;
}

const readers = new Map<ByteEncoding, CodePointRead>();

/** RFC 3629 without overlong forms and surrogates, as table 3-7 of the Unicode Standard has it. */
function readUtf8(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return lead * 8 + 1;
  if (lead < 0xc2 || lead > 0xf4) return INVALID;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  let low = 0x80;
  let high = 0xbf;
  if (lead === 0xe0) low = 0xa0;
  else if (lead === 0xed) high = 0x9f;
  else if (lead === 0xf0) low = 0x90;
  else if (lead === 0xf4) high = 0x8f;
  let point = lead & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    if (at + i >= end) return TRUNCATED;
    const next = bytes[at + i]!;
    if (next < low || next > high) return INVALID;
    low = 0x80;
    high = 0xbf;
    point = point * 64 + (next & 0x3f);
  }
  return point * 8 + length;
}

/**
 * Passes characters of three bytes in UTF-8 whose lead byte allows any continuation (nearly all of Japanese), up to the
 * first that is something else: a shortcut, the others are read with care. Returns the position behind them.
 */
function passThreeByte(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at + 2 < end) {
    const lead = bytes[at]!;
    if (lead < 0xe1 || lead > 0xec) break;
    if ((bytes[at + 1]! & 0xc0) !== 0x80 || (bytes[at + 2]! & 0xc0) !== 0x80) break;
    at += 3;
  }
  return at;
}

/**
 * Passes characters of the encoding from `at` on and returns the position behind them: at an ASCII byte, at one that
 * `CodePointRead` has to judge (not of the encoding, or cut off by `end`), or at `end`. May stop earlier.
 */
export type WidePass = (bytes: Uint8Array, at: number, end: number) => number;

/** The quickest way over characters beyond ASCII. */
export function widePass(encoding: ByteEncoding): WidePass {
  if (encoding === 'utf-8') return passThreeByte;
  const pairs = pairsOf(encoding);
  const [kanaMin, kanaMax] = encoding === 'shift_jis' ? [0xa1, 0xdf] : [0, -1];
  return (bytes, from, end) => {
    let at = from;
    while (at + 1 < end) {
      const lead = bytes[at]!;
      if (lead < 0x80) break;
      if (lead >= kanaMin && lead <= kanaMax) at++;
      else if (pairs[(lead << 8) | bytes[at + 1]!] !== 0) at += 2;
      else break;
    }
    return at;
  };
}

const halfWidthKatakana = 0xff61;

/** Shift_JIS as Windows writes it (CP932): NEC and IBM extensions and the user-defined area are characters. */
function shiftJisReader(): CodePointRead {
  const pairs = pairsOf('shift_jis');
  return (bytes, at, end) => {
    const lead = bytes[at]!;
    if (lead < 0x80) return lead * 8 + 1;
    if (lead >= 0xa1 && lead <= 0xdf) return (halfWidthKatakana + lead - 0xa1) * 8 + 1;
    if (lead === 0x80 || lead === 0xa0 || lead > 0xfc) return INVALID;
    if (at + 1 >= end) return TRUNCATED;
    const point = pairs[(lead << 8) | bytes[at + 1]!]!;
    return point === 0 ? INVALID : point * 8 + 2;
  };
}

function eucJpReader(): CodePointRead {
  const pairs = pairsOf('euc-jp');
  const supplement = pairTable('euc-jp', 0xa1, 0xfe, 0xa1, [0x8f]);
  return (bytes, at, end) => {
    const lead = bytes[at]!;
    if (lead < 0x80) return lead * 8 + 1;
    if (lead !== 0x8e && lead !== 0x8f && (lead < 0xa1 || lead > 0xfe)) return INVALID;
    if (at + 1 >= end) return TRUNCATED;
    const second = bytes[at + 1]!;
    if (lead === 0x8e) {
      const isKana = second >= 0xa1 && second <= 0xdf;
      return isKana ? (halfWidthKatakana + second - 0xa1) * 8 + 2 : INVALID;
    }
    if (lead !== 0x8f) {
      const point = pairs[(lead << 8) | second]!;
      return point === 0 ? INVALID : point * 8 + 2;
    }
    if (second < 0xa1 || second > 0xfe) return INVALID;
    if (at + 2 >= end) return TRUNCATED;
    const point = supplement[(second << 8) | bytes[at + 2]!]!;
    return point === 0 ? INVALID : point * 8 + 3;
  };
}

const pairTables = new Map<ByteEncoding, Uint16Array>();

/** The characters of two bytes of an encoding; made when first asked for. */
function pairsOf(encoding: 'shift_jis' | 'euc-jp'): Uint16Array {
  const known = pairTables.get(encoding);
  if (known !== undefined) return known;
  const [leadMin, leadMax, trailMin] =
    encoding === 'shift_jis' ? ([0x81, 0xfc, 0x40] as const) : ([0xa1, 0xfe, 0xa1] as const);
  const made = pairTable(encoding, leadMin, leadMax, trailMin, []);
  pairTables.set(encoding, made);
  return made;
}

/**
 * Code points of all byte pairs, 0 where there is none. Taken from the platform's decoder instead of a table of our
 * own: it follows the WHATWG Encoding Standard. All characters concerned lie in the basic plane.
 */
function pairTable(
  label: string,
  leadMin: number,
  leadMax: number,
  trailMin: number,
  prefix: readonly number[],
): Uint16Array {
  const decoder = new TextDecoder(label);
  const table = new Uint16Array(65_536);
  for (let lead = leadMin; lead <= leadMax; lead++) {
    for (let trail = trailMin; trail <= 0xfe; trail++) {
      const text = decoder.decode(Uint8Array.of(...prefix, lead, trail));
      if (text.length === 1 && text !== '\ufffd') table[(lead << 8) | trail] = text.charCodeAt(0);
    }
  }
  if (label === 'shift_jis') table.fill(0, 0xa000, 0xe000);
  return table;
}

/**
 * The text of `bytes[start, end)`, for names of columns and values that are compared as words. Never for a field that
 * may hold a card number. A character that cannot be read becomes U+FFFD.
 */
export function decodeText(
  read: CodePointRead,
  bytes: Uint8Array,
  start: number,
  end: number,
): string {
  let text = '';
  for (let at = start; at < end;) {
    const character = read(bytes, at, end);
    text += character > 0 ? String.fromCodePoint(character >> 3) : '\ufffd';
    at += character > 0 ? character & 7 : 1;
  }
  return text;
}
