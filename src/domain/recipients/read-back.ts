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

const READ_BACK_BYTES = 2 + 2 * FOUR;
const FILE_DIGEST_BYTES = 32;

/**
 * Everything that answers a test file, kept wrapped: the encoded read-back, and behind it the SHA-256 of the clear file, which
 * whoever sends the opened file back knows. Files made before answers by file have the read-back alone.
 */
export function encodeTestAnswer(readBack: Uint8Array, fileDigest: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(READ_BACK_BYTES + FILE_DIGEST_BYTES);
  bytes.set(readBack.subarray(0, READ_BACK_BYTES));
  bytes.set(fileDigest.subarray(0, FILE_DIGEST_BYTES), READ_BACK_BYTES);
  return bytes;
}

/** What is read out of a kept answer. The same memory, so that zeroing it zeroes this. */
export function readBackIn(answer: Uint8Array): Uint8Array {
  return answer.subarray(0, READ_BACK_BYTES);
}

/** The digest of the clear file in a kept answer; undefined in an old one. */
export function fileDigestIn(answer: Uint8Array): Uint8Array | undefined {
  const isWhole = answer.length === READ_BACK_BYTES + FILE_DIGEST_BYTES;
  return isWhole ? answer.subarray(READ_BACK_BYTES) : undefined;
}

/** Four digits as a person types them, half or full width; `undefined` for anything else. */
export function parseFourDigits(text: string): Uint8Array | undefined {
  const plain = text.normalize('NFKC').trim();
  return /^[0-9]{4}$/.test(plain) ? Uint8Array.from(plain, Number) : undefined;
}
