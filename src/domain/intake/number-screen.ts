import { brands, isBrandLength } from '../cards/brands.ts';
import { passesLuhn } from '../cards/luhn.ts';
import { packPan, PAN_DIGITS_MAX } from '../cards/packed-pan.ts';
import type { CardClassifier } from './card-router.ts';
import type { CodePointRead } from './code-points.ts';
import {
  NUMBER_EMPTY,
  NUMBER_EXPONENT,
  NUMBER_MASKED,
  NUMBER_READ,
  NumberReader,
  type NumberReading,
} from './digits.ts';
import { COLUMNS_MAX } from './limits.ts';
import { PlainNumber } from './plain-number.ts';
import { reasonIndex } from './reasons.ts';
import type { RecordScanner } from './scanner.ts';

/** No reason: the record goes on. */
export const PASSED = -1;

const MASKED = reasonIndex('masked-number');
const DAMAGED = reasonIndex('spreadsheet-damage');
const CHARACTERS = reasonIndex('characters');
const LENGTH = reasonIndex('length');
const LUHN = reasonIndex('luhn');

const LUHN_REQUIRED = 2;
const LUHN_WARNED = 1;
const luhnPolicies = Uint8Array.from(brands, ({ luhn }) =>
  luhn === 'required' ? LUHN_REQUIRED : luhn === 'warn' ? LUHN_WARNED : 0,
);

const digitsMin = 12;
/** Spreadsheets keep so many digits of a number; the rest become zeros. */
const spreadsheetDigits = 15;

/**
 * Screens the card number of a record: the checks from `masked-number` to `luhn`. After `PASSED`, the classifier holds
 * its brand and issuer.
 *
 * An empty field is `characters`: a number was expected there and none can be read.
 */
export class NumberScreen {
  /** The check digit is wrong, and the brand does not demand it. */
  isLuhnWarned = false;
  readonly #classifier: CardClassifier;
  readonly #columns: readonly number[];
  /** The only column, or one that no record has. */
  readonly #column: number;
  readonly #plain = new PlainNumber();
  readonly #numbers: NumberReader;

  constructor(read: CodePointRead, columns: readonly number[], classifier: CardClassifier) {
    this.#numbers = new NumberReader(read);
    this.#columns = columns;
    this.#column = columns.length === 1 ? columns[0]! : COLUMNS_MAX;
    this.#classifier = classifier;
  }

  /** The reason the record stops here, or `PASSED`: then the packed number stands in `into` from byte `at` on. */
  screen(scanner: RecordScanner, into: Uint8Array, at: number): number {
    this.isLuhnWarned = false;
    const column = this.#column;
    if (column < scanner.fieldCount) {
      const plain = this.#plain;
      const { bytes, starts, ends } = scanner;
      const length = plain.read(bytes, starts[column]!, ends[column]!, into, at);
      if (length > 0 && plain.passesLuhn) return this.#judge(plain.digits, length, true);
    }
    return this.#screenAny(scanner, into, at);
  }

  wipe(): void {
    this.#plain.wipe();
    this.#numbers.wipe();
  }

  #screenAny(scanner: RecordScanner, into: Uint8Array, at: number): number {
    const numbers = this.#numbers;
    const reading = this.#read(scanner);
    if (reading !== NUMBER_READ) return reasonOf(reading);
    const { digits, length } = numbers;
    if (length > digits.length) return LENGTH;
    const passes = passesLuhn(digits, 0, length);
    if (length > spreadsheetDigits && !passes && endsInZeros(digits, length)) return DAMAGED;
    if (length < digitsMin || length > PAN_DIGITS_MAX) return LENGTH;
    const reason = this.#judge(digits, length, passes);
    if (reason === PASSED) packPan(digits, length, into, at);
    return reason;
  }

  /** The checks of brand, length and check digit, of 12 to 19 digits. */
  #judge(digits: Uint8Array, length: number, passes: boolean): number {
    const classifier = this.#classifier;
    classifier.classify(digits, length);
    const brand = classifier.brandIndex;
    if (!isBrandLength(brand, length)) return LENGTH;
    if (!passes) {
      const policy = luhnPolicies[brand]!;
      if (policy === LUHN_REQUIRED) return LUHN;
      this.isLuhnWarned = policy === LUHN_WARNED;
    }
    return PASSED;
  }

  #read(scanner: RecordScanner): NumberReading {
    const numbers = this.#numbers;
    numbers.clear();
    let worst: NumberReading = NUMBER_EMPTY;
    for (const column of this.#columns) {
      if (column >= scanner.fieldCount) continue;
      const reading = numbers.read(scanner.bytes, scanner.starts[column]!, scanner.ends[column]!);
      if (reading === NUMBER_READ && worst === NUMBER_EMPTY) worst = NUMBER_READ;
      else if (reading > NUMBER_EMPTY && (worst <= NUMBER_EMPTY || reading < worst))
        worst = reading;
    }
    return worst;
  }
}

function reasonOf(reading: NumberReading): number {
  if (reading === NUMBER_MASKED) return MASKED;
  return reading === NUMBER_EXPONENT ? DAMAGED : CHARACTERS;
}

/** Whether every digit after the 15th is zero, of a number that has more. */
function endsInZeros(digits: Uint8Array, length: number): boolean {
  for (let at = spreadsheetDigits; at < length; at++) if (digits[at] !== 0) return false;
  return true;
}
