import { brands, isBrandLength } from '../cards/brands.ts';
import { passesLuhn } from '../cards/luhn.ts';
import { packPan, PACKED_PAN_BYTES, PAN_DIGITS_MAX } from '../cards/packed-pan.ts';
import { isPublishedTestNumber } from '../cards/test-numbers.ts';
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
 * Screens the card number of a record: the checks from `masked-number` to `luhn`, and whether it is a published test
 * number. After `PASSED`, `packed` holds it and the classifier its brand and issuer.
 *
 * An empty field is `characters`: a number was expected there and none can be read.
 */
export class NumberScreen {
  readonly packed = new Uint8Array(PACKED_PAN_BYTES);
  /** The check digit is wrong, and the brand does not demand it. */
  isLuhnWarned = false;
  readonly #classifier: CardClassifier;
  readonly #columns: readonly number[];
  readonly #numbers: NumberReader;

  constructor(read: CodePointRead, columns: readonly number[], classifier: CardClassifier) {
    this.#numbers = new NumberReader(read);
    this.#columns = columns;
    this.#classifier = classifier;
  }

  /** The reason the record stops here, or `PASSED`. */
  screen(scanner: RecordScanner): number {
    this.isLuhnWarned = false;
    const numbers = this.#numbers;
    const reading = this.#read(scanner);
    if (reading !== NUMBER_READ) return reasonOf(reading);
    const { digits, length } = numbers;
    if (length > digits.length) return LENGTH;
    const passes = passesLuhn(digits, 0, length);
    if (length > spreadsheetDigits && !passes && endsInZeros(digits, length)) return DAMAGED;
    if (length < digitsMin || length > PAN_DIGITS_MAX) return LENGTH;
    const classifier = this.#classifier;
    classifier.classify(digits, length);
    const brand = classifier.brandIndex;
    if (!isBrandLength(brand, length)) return LENGTH;
    if (!passes) {
      const policy = luhnPolicies[brand]!;
      if (policy === LUHN_REQUIRED) return LUHN;
      this.isLuhnWarned = policy === LUHN_WARNED;
    }
    packPan(digits, length, this.packed, 0);
    return PASSED;
  }

  /** Of the number that passed last. */
  isTestNumber(): boolean {
    return isPublishedTestNumber(this.packed, 0);
  }

  wipe(): void {
    this.#numbers.wipe();
    this.packed.fill(0);
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
