import { codePointRead } from '../intake/code-points.ts';
import { narrowPoint, singleBytes } from './narrowing.ts';

export type SearchedEncoding = 'utf-8' | 'shift_jis' | 'euc-jp' | 'iso-2022-jp' | 'utf-16';

/** What switches between one and two bytes may stand between two digits: ESC, `$`, `(` and the letters behind them. */
const escapes = [0x1b, 0x24, 0x28, 0x40, 0x42, 0x49, 0x4a];

/**
 * Between digits, and between two lines of a number: space, tab, line ends, plus, hyphen, dot, slash, underline, a
 * quote's mark.
 */
const signs = new Set([0x20, 0x09, 0x0a, 0x0d, 0x2b, 0x2d, 0x2e, 0x2f, 0x5f, 0x3e]);

const sets = new Map<SearchedEncoding, Uint8Array>();

/**
 * By byte, 1 for those that a digit of a card number, or a sign between two, has in an encoding. Where there is no row of
 * 13 of them there is no number, and nothing has to be narrowed. Made from what is narrowed, so that the two agree.
 */
export function bytesOfNumbers(encoding: SearchedEncoding): Uint8Array {
  const known = sets.get(encoding);
  if (known !== undefined) return known;
  const made = new Uint8Array(0x100);
  for (const bytes of formsIn(encoding)) for (const byte of bytes) made[byte] = 1;
  sets.set(encoding, made);
  return made;
}

function* formsIn(encoding: SearchedEncoding): Generator<Iterable<number>> {
  for (let byte = 0; byte < 0x80; byte++) if (isInNumber(byte)) yield [byte];
  if (encoding === 'utf-16' || encoding === 'utf-8') {
    for (let point = 0; point < 0x10000; point++) {
      if (!isInNumber(narrowPoint(point))) continue;
      yield encoding === 'utf-16' ? [point >> 8, point & 0xff] : utf8Of(point);
    }
  } else {
    yield* pairsIn(encoding);
  }
  if (encoding !== 'utf-16') yield singles();
  if (encoding === 'iso-2022-jp') yield escapes;
}

/** All of them lie in the basic plane and none is a surrogate; below U+0800 there are two bytes. */
function utf8Of(point: number): readonly number[] {
  if (point < 0x80) return [point];
  const last = 0x80 | (point & 0x3f);
  if (point < 0x800) return [0xc0 | (point >> 6), last];
  return [0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), last];
}

/** Digits and signs of two bytes; in ISO-2022-JP they are those of EUC-JP without the high bits. */
function* pairsIn(encoding: 'shift_jis' | 'euc-jp' | 'iso-2022-jp'): Generator<Uint8Array> {
  const isJis = encoding === 'iso-2022-jp';
  const read = codePointRead(isJis ? 'euc-jp' : encoding);
  for (let value = 0x8000; value < 0x10000; value++) {
    const pair = Uint8Array.of(value >> 8, value & 0xff);
    const character = read(pair, 0, 2);
    if (character <= 0 || !isInNumber(narrowPoint(character >> 3))) continue;
    const form = pair.subarray(0, character & 7);
    yield isJis ? form.map((byte) => byte & 0x7f) : form;
  }
}

function* singles(): Generator<number> {
  for (const [byte, narrowed] of singleBytes.entries()) if (isInNumber(narrowed)) yield byte;
}

function isInNumber(narrowed: number): boolean {
  return (narrowed >= 0x30 && narrowed <= 0x39) || signs.has(narrowed);
}
