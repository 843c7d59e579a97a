import { luhnCheckDigit } from '../../domain/cards/luhn.ts';
import type { SeededRandom } from './seeded-random.ts';

const SERIAL_DIGITS = 7;
const SERIALS = 10 ** SERIAL_DIGITS;
/** Ends in 3, so that multiplying by it only shuffles the serials: no two numbers are the same. */
const SHUFFLE = 3_141_593;

/** Ranges of the invented issuers in config/bins/demo.csv, and for each brand one that the table does not know. */
const ranges = {
  visa: [
    ...['400123', '405123', '411150', '416042', '421742', '424217', '432018', '446012'],
    ...['453950', '462301', '471802', '481233', '490644', '498120', '478812'],
  ],
  mastercard: [
    ...['510544', '512877', '520733', '526418', '530961', '541270', '545433', '550021'],
    ...['222177', '250455', '271388', '558899'],
  ],
  'american-express': ['340155', '343455', '370822', '375510', '378233', '379144', '372900'],
  jcb: ['352844', '353171', '354662', '356622', '356677', '357290', '358018', '355512'],
  'diners-club': ['300244', '305190', '361278'],
  unionpay: ['620533', '622144', '625081'],
  unknown: ['990017', '990042'],
} as const;

export type MadeBrand = keyof typeof ranges;

const usualBrands: readonly (readonly [MadeBrand, number])[] = [
  ['visa', 52],
  ['mastercard', 21],
  ['jcb', 16],
  ['american-express', 9],
  ['diners-club', 1],
  ['unionpay', 1],
];

/** Card numbers that nobody holds, as digit values 0 to 9: never the same one twice, and never one as text. */
export class MadeNumbers {
  readonly #random: SeededRandom;
  #serial = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** A number with a right check digit, of the brand given or of one as Japanese shops see them. */
  card(brand: MadeBrand = this.#random.weighted(usualBrands)): Uint8Array {
    const length = brand === 'american-express' ? 15 : brand === 'diners-club' ? 14 : 16;
    return this.ofLength(this.#random.pick(ranges[brand]), length);
  }

  /** Begins with `prefix`, which leaves room for seven digits and the check digit at least. */
  ofLength(prefix: string, length: number): Uint8Array {
    const digits = new Uint8Array(length);
    for (let at = 0; at < length - 1; at += 1) digits[at] = this.#random.between(0, 9);
    for (let at = 0; at < prefix.length; at += 1) digits[at] = prefix.charCodeAt(at) - 0x30;
    this.#serial += 1;
    let serial = (this.#serial * SHUFFLE) % SERIALS;
    for (let at = length - 2; at > length - 2 - SERIAL_DIGITS; at -= 1) {
      digits[at] = serial % 10;
      serial = Math.floor(serial / 10);
    }
    digits[length - 1] = luhnCheckDigit(digits, 0, length - 1);
    return digits;
  }

  /** As `card`, with a wrong check digit other than 0: with 0 it would look like what a spreadsheet leaves. */
  wrongCheckDigit(): Uint8Array {
    const digits = this.card(this.#random.pick(['visa', 'mastercard', 'jcb'] as const));
    const right = digits[15]!;
    const wrong = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((digit) => digit !== right);
    digits[15] = this.#random.pick(wrong);
    return digits;
  }

  /** What a spreadsheet made of a number: the sixteenth digit became 0, and the check digit with it. */
  rounded(): Uint8Array {
    for (;;) {
      const digits = this.card('visa');
      if (digits[15] === 0) continue;
      digits[15] = 0;
      return digits;
    }
  }
}
