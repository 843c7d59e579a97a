// Finds a column of security codes that no header names. Codes are three random digits (four on American Express
// cards): unlike quantities, prices, prefectures and status ids they use every digit in every place, start with zero one
// time in ten, and hardly repeat.

const recordsMin = 10;
/** From so many values on, random codes surely include one that starts with zero (all but 0.5 %). */
const zeroExpectedFrom = 50;
/** Different digits that each place shows at least; ten random values show fewer one time in a thousand. */
const digitsPerPlaceMin = 4;
/** Share of the distinct values that random codes would show. */
const distinctShareMin = 0.7;
const codes = 1_000;

/** What one column showed so far. Codes of four digits are judged by their last three. */
export class CodeColumn {
  #values = 0;
  #isAllCodes = true;
  #hasLeadingZero = false;
  readonly #seen = new Uint8Array(codes);
  readonly #places = [0, 0, 0];

  /** Takes a value that is not empty: `digits` of it if it is a number, else `length` 0. */
  add(digits: Uint8Array, length: number, isAmericanExpress: boolean): void {
    this.#values++;
    if (length !== 3 && !(length === 4 && isAmericanExpress)) this.#isAllCodes = false;
    if (!this.#isAllCodes) return;
    let code = 0;
    for (let place = 0; place < 3; place++) {
      const digit = digits[length - 3 + place]!;
      code = code * 10 + digit;
      this.#places[place]! |= 1 << digit;
    }
    if (digits[0] === 0) this.#hasLeadingZero = true;
    this.#seen[code] = 1;
  }

  get values(): number {
    return this.#values;
  }

  /** Whether the values can hardly be anything but security codes. */
  looksLikeCodes(): boolean {
    const count = this.#values;
    if (!this.#isAllCodes || count < recordsMin) return false;
    if (count >= zeroExpectedFrom && !this.#hasLeadingZero) return false;
    if (this.#places.some((digits) => bitsOf(digits) < digitsPerPlaceMin)) return false;
    const distinct = this.#seen.reduce((sum, seen) => sum + seen, 0);
    const expected = codes * (1 - (1 - 1 / codes) ** count);
    return distinct >= expected * distinctShareMin;
  }
}

function bitsOf(mask: number): number {
  let bits = 0;
  for (let rest = mask; rest > 0; rest >>= 1) bits += rest & 1;
  return bits;
}
