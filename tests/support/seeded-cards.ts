// Card numbers for tests, made from seeds so that none is written out. Knows nothing of src: its
// Luhn and its prefixes are written a second time here, so that a shared mistake cannot hide.

/** A repeatable random source (mulberry32): the same seed gives the same numbers in [0, 1) everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number from `low` to `high`, both included. */
export function between(rng: () => number, low: number, high: number): number {
  return low + Math.floor(rng() * (high - low + 1));
}

export interface CardWish {
  /** Leading digits as text; default `4`. */
  readonly prefix?: string;
  /** Digits in all; default 16. */
  readonly length?: number;
  /** Whether the last digit is the Luhn check digit; default true. */
  readonly valid?: boolean;
}

/** Digit values 0 to 9 of a made-up number; with `valid: false` the check digit is surely wrong. */
export function cardDigits(rng: () => number, wish: CardWish = {}): Uint8Array {
  const { prefix = '4', length = 16, valid = true } = wish;
  if (prefix.length >= length) throw new RangeError('prefix leaves no room for a check digit');
  const digits = new Uint8Array(length);
  for (let i = 0; i < length - 1; i++) {
    digits[i] = i < prefix.length ? prefix.charCodeAt(i) - 0x30 : between(rng, 0, 9);
  }
  const right = checkDigit(digits);
  digits[length - 1] = valid ? right : (right + between(rng, 1, 9)) % 10;
  return digits;
}

/** The digits as ASCII bytes, in memory of their own. */
export function asciiOf(digits: Uint8Array): Buffer {
  const ascii = Buffer.from(new ArrayBuffer(digits.length));
  for (let i = 0; i < digits.length; i++) ascii[i] = digits[i]! + 0x30;
  return ascii;
}

/** Digit values of ASCII digits; for published numbers, which tests may write out. */
export function digitsOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) - 0x30);
}

/** Prefixes that belong to the brand beyond doubt, with lengths it issues. */
const samples: Readonly<
  Record<string, { prefixes: readonly string[]; lengths: readonly number[] }>
> = {
  visa: { prefixes: ['40', '46', '49'], lengths: [16] },
  mastercard: { prefixes: ['51', '53', '55', '2221', '2500', '2719'], lengths: [16] },
  'american-express': { prefixes: ['34', '37'], lengths: [15] },
  jcb: { prefixes: ['3528', '3540', '3589'], lengths: [16] },
  'diners-club': { prefixes: ['300', '305', '36', '38'], lengths: [14] },
  discover: { prefixes: ['6011', '644', '649'], lengths: [16] },
  unionpay: { prefixes: ['620', '6221', '625', '8171'], lengths: [16, 19] },
  maestro: { prefixes: ['5018', '5612', '6304', '6759'], lengths: [12, 16, 19] },
  rupay: { prefixes: ['6521', '6522'], lengths: [16] },
  mir: { prefixes: ['2200', '2204'], lengths: [16] },
  elo: { prefixes: ['401178', '509000', '636297'], lengths: [16] },
  troy: { prefixes: ['9792'], lengths: [16] },
  verve: { prefixes: ['506099', '507865'], lengths: [16, 19] },
  hiper: { prefixes: ['637095'], lengths: [16] },
};

/** Brand ids `brandSample` knows. */
export const sampleBrands: readonly string[] = Object.keys(samples);

/** Digit values of a Luhn-valid number of the brand (an id of `brands.ts`, such as `jcb`). */
export function brandSample(rng: () => number, brandId: string): Uint8Array {
  const sample = samples[brandId];
  if (sample === undefined) throw new RangeError(`no sample prefixes for brand ${brandId}`);
  const prefix = sample.prefixes[between(rng, 0, sample.prefixes.length - 1)]!;
  const length = sample.lengths[between(rng, 0, sample.lengths.length - 1)]!;
  return cardDigits(rng, { prefix, length });
}

/** The Luhn digit for the last place of `digits`; what stands there now is not read. */
function checkDigit(digits: Uint8Array): number {
  let sum = 0;
  for (let i = digits.length - 2, doubled = true; i >= 0; i--, doubled = !doubled) {
    const value = digits[i]! * (doubled ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return (10 - (sum % 10)) % 10;
}
