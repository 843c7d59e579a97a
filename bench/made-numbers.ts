// Card numbers that belong to nobody, all different, one after the other and without memory of those before.

/** First digits, and how many digits such a number has. All of them have an issuer in `shop.ts`. */
const allKinds: readonly (readonly [prefix: string, length: number])[] = [
  ['400123', 16],
  ['40002345', 16],
  ['490567', 16],
  ['491034', 16],
  ['510561', 16],
  ['540321', 16],
  ['541876', 16],
  ['222134', 16],
  ['352812', 16],
  ['354098', 16],
  ['370123', 15],
  ['378912', 15],
  ['361234', 14],
  ['622113', 16],
];

/** Odd and no multiple of 5: times it, the numbers below a power of ten are the same numbers in another order. */
const stride = 61_803_399;
const repeatedMax = 7;

/**
 * Deals out Luhn-valid numbers of all kinds in turn. The n-th number is the same for the same seed, whatever was asked
 * for before, and no two are equal among the first hundred million. Numbers that look like test numbers (eight equal
 * digits in a row, a BIN followed by zeros) are passed over.
 */
export class MadeNumbers {
  /** Digits as ASCII; the first `length` count until the next call. */
  readonly digits = new Uint8Array(19);
  length = 0;
  readonly #seed: number;
  readonly #kinds: typeof allKinds;
  #serial = 0;

  /** `length`: only numbers of so many digits. */
  constructor(seed: number, length?: number) {
    this.#seed = seed;
    this.#kinds = allKinds.filter(([, own]) => length === undefined || own === length);
  }

  next(): void {
    do this.#make(this.#serial++);
    while (looksLikeTest(this.digits, this.length));
  }

  text(): string {
    return String.fromCharCode(...this.digits.subarray(0, this.length));
  }

  #make(serial: number): void {
    const place = serial % this.#kinds.length;
    const [prefix, length] = this.#kinds[place]!;
    const bodyDigits = length - prefix.length - 1;
    const range = 10 ** bodyDigits;
    const round = Math.floor(serial / this.#kinds.length);
    let body = (round * (stride % range) + this.#seed * 7_919 + place) % range;
    for (let at = length - 2; at >= prefix.length; at--) {
      this.digits[at] = 0x30 + (body % 10);
      body = Math.floor(body / 10);
    }
    for (let at = 0; at < prefix.length; at++) this.digits[at] = prefix.charCodeAt(at);
    this.digits[length - 1] = 0x30 + checkDigit(this.digits, length - 1);
    this.length = length;
  }
}

/** The Luhn digit behind the first `length` ASCII digits. */
export function checkDigit(digits: Uint8Array, length: number): number {
  let sum = 0;
  for (let at = length - 1, isDoubled = true; at >= 0; at--, isDoubled = !isDoubled) {
    const value = (digits[at]! - 0x30) * (isDoubled ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return (10 - (sum % 10)) % 10;
}

function looksLikeTest(digits: Uint8Array, length: number): boolean {
  let run = 0;
  let zeros = 0;
  for (let at = 0; at < length; at++) {
    run = at > 0 && digits[at] === digits[at - 1] ? run + 1 : 1;
    if (run > repeatedMax) return true;
    if (at >= 8 && at < length - 1 && digits[at] === 0x30) zeros++;
  }
  return zeros === length - 9;
}
