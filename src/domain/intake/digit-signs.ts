/** What a character is where card numbers are looked for. */
const LETTER = 1;
/** Neither letter nor digit: it may stand between the digits of a number. */
export const BETWEEN = 2;
/** A digit in another form than ASCII and full-width: ², ①, 𝟒, ٤; also whatever NFKC makes ASCII digits of. */
export const OTHER_DIGIT = 3;

const asciiDigits = /[0-9]/;
const otherDigit = /[\p{Nd}\p{No}]/u;
const between = /[^\p{L}\p{N}]/u;
/** The long vowel marks are letters, and are typed for hyphens. */
const vowelMarks: ReadonlySet<number> = new Set([0x30fc, 0xff70]);

/** By code point; 0 is not looked up yet. Each character is judged once, so that no record makes a string. */
const signs = new Uint8Array(0x11_0000);

/**
 * `LETTER`, `BETWEEN` or `OTHER_DIGIT`; a code point that cannot be one is `BETWEEN`. ASCII and full-width digits are
 * `LETTER`.
 */
export function digitSignOf(point: number): number {
  if (point < 0 || point >= signs.length) return BETWEEN;
  const known = signs[point]!;
  if (known !== 0) return known;
  const sign = judge(point);
  signs[point] = sign;
  return sign;
}

/** The value of an ASCII or full-width digit, -1 for anything else. */
export function digitOf(point: number): number {
  if (point >= 0x30 && point <= 0x39) return point - 0x30;
  return point >= 0xff10 && point <= 0xff19 ? point - 0xff10 : -1;
}

function judge(point: number): number {
  if (digitOf(point) >= 0) return LETTER;
  if (vowelMarks.has(point)) return BETWEEN;
  const text = String.fromCodePoint(point);
  if (otherDigit.test(text) || asciiDigits.test(text.normalize('NFKC'))) return OTHER_DIGIT;
  return between.test(text) ? BETWEEN : LETTER;
}
