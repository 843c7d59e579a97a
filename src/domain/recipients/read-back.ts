/** What a recipient reads out of a test file over the phone. */
export interface ReadBack {
  /** Cards in the file; header and trailer records are not counted. */
  readonly count: number;
  /** The last four digits of the first and of the last card, as digit values 0 to 9. */
  readonly firstFour: Uint8Array;
  readonly lastFour: Uint8Array;
}

const FOUR = 4;

/**
 * A read-back as bytes, to be kept wrapped and compared whole: a person who was wrong learns that, but not in which
 * part.
 *
 * | offset | bytes | what |
 * |---|---|---|
 * | 0 | 2 | number of cards, big endian |
 * | 2 | 4 | last four digits of the first card, one value a byte |
 * | 6 | 4 | last four digits of the last card |
 */
export function encodeReadBack({ count, firstFour, lastFour }: ReadBack): Uint8Array {
  const bytes = new Uint8Array(2 + 2 * FOUR);
  new DataView(bytes.buffer).setUint16(0, Math.min(count, 0xffff));
  bytes.set(firstFour.subarray(0, FOUR), 2);
  bytes.set(lastFour.subarray(0, FOUR), 2 + FOUR);
  return bytes;
}

/** Four digits as a person types them, half or full width; `undefined` for anything else. */
export function parseFourDigits(text: string): Uint8Array | undefined {
  const plain = text.normalize('NFKC').trim();
  return /^[0-9]{4}$/.test(plain) ? Uint8Array.from(plain, Number) : undefined;
}
