import { passesLuhn } from '../../domain/cards/luhn.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const COMMA = 0x2c;
const ZERO = 0x30;
const HEADER_BYTES_MAX = 512;
const DIGITS_MIN = 12;
const DIGITS_MAX = 19;
const MODE_FIELD = 0;
const COUNT_FIELD = 4;

/**
 * Counts the cards of a file in the profile `pan-expiry-reference` while it streams: a header record with mode and
 * count, then a record a card that begins with its number. Written a second time and knowing nothing of the writer, so
 * that it would not share a mistake. Holds one number at a time, and wipes it.
 */
export class CardCounter {
  cards = 0;
  /** Records whose first field is no card number with a right check digit. */
  others = 0;
  readonly #header = new Uint8Array(HEADER_BYTES_MAX);
  #headerLength = 0;
  #isInHeader = true;
  readonly #digits = new Uint8Array(DIGITS_MAX);
  #length = 0;
  #isNumber = true;
  #isFirstField = true;
  #isLineEmpty = true;

  feed(chunk: Uint8Array): void {
    for (const byte of chunk) {
      if (this.#isInHeader) this.#readHeader(byte);
      else if (byte === LINE_FEED) this.#endLine();
      else if (byte !== CARRIAGE_RETURN) this.#readField(byte);
    }
  }

  finish(): { readonly mode: string; readonly announced: number } {
    this.#endLine();
    this.#digits.fill(0);
    const fields = new TextDecoder()
      .decode(this.#header.subarray(0, this.#headerLength))
      .trimEnd()
      .split(',');
    return { mode: fields[MODE_FIELD] ?? '', announced: Number(fields[COUNT_FIELD]) };
  }

  #readHeader(byte: number): void {
    if (byte === LINE_FEED) this.#isInHeader = false;
    else if (this.#headerLength < HEADER_BYTES_MAX) this.#header[this.#headerLength++] = byte;
  }

  #readField(byte: number): void {
    this.#isLineEmpty = false;
    if (byte === COMMA) this.#isFirstField = false;
    if (!this.#isFirstField) return;
    const digit = byte - ZERO;
    if (digit < 0 || digit > 9 || this.#length === DIGITS_MAX) this.#isNumber = false;
    else this.#digits[this.#length++] = digit;
  }

  #endLine(): void {
    if (!this.#isLineEmpty) {
      const isCard =
        this.#isNumber && this.#length >= DIGITS_MIN && passesLuhn(this.#digits, 0, this.#length);
      if (isCard) this.cards += 1;
      else this.others += 1;
    }
    this.#digits.fill(0);
    this.#length = 0;
    this.#isNumber = true;
    this.#isFirstField = true;
    this.#isLineEmpty = true;
  }
}
