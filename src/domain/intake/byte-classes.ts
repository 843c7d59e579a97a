// What each byte means to the scanner's inner loop. 0 is to be passed over.

const PLAIN = 0;
export const DELIMITER = 1;
export const LINE_END = 2;
export const QUOTING = 3;
export const WATCH = 4;
export const HIGH = 5;
const NUL = 6;

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const EQUALS = 0x3d;
const CARET = 0x5e;

/** A class per byte. Inside quotes no delimiter counts; a line that is one field has neither delimiter nor quotes. */
export function byteClasses(delimiter: number | undefined, quoting: boolean): Uint8Array {
  const classes = new Uint8Array(256).fill(HIGH, 0x80);
  classes[0] = NUL;
  classes[LF] = LINE_END;
  classes[CR] = LINE_END;
  // Signs of magnetic stripe data.
  classes[EQUALS] = WATCH;
  classes[CARET] = WATCH;
  if (quoting) classes[QUOTE] = QUOTING;
  if (delimiter !== undefined) classes[delimiter] = DELIMITER;
  return classes;
}

/** The signs `-` to `:` with the digits among them: most of a list, plain in every dialect, and told without the table. */
const NUMERIC = 0x2d;
const NUMERIC_SIGNS = 14;

/** The first place from `at` on that is not to be passed over. A byte of another class must follow somewhere. */
export function passPlain(bytes: Uint8Array, classes: Uint8Array, at: number): number {
  let place = at;
  while (classes[bytes[place]!] === PLAIN) {
    do place++;
    while ((bytes[place]! - NUMERIC) >>> 0 < NUMERIC_SIGNS);
  }
  return place;
}
