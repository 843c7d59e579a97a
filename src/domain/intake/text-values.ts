import { ByteArena } from './byte-arena.ts';
import { decodeText, type CodePointRead } from './code-points.ts';
import { TEXT_BYTES_MAX, TEXT_VALUES_MAX } from './limits.ts';

/** A text with so many digits may be a card number in the wrong column: it is not made a string. */
const digitsMax = 11;

/**
 * Judges texts that repeat, such as channels and payment methods: each distinct value is decoded and judged once and
 * remembered by its bytes. Values that are too long, or hold twelve digits or more, are judged as empty text.
 */
export class TextValues {
  readonly #read: CodePointRead;
  readonly #judge: (text: string) => number;
  readonly #known = new ByteArena();
  #latest = -1;
  readonly #verdicts = new Float64Array(TEXT_VALUES_MAX);

  constructor(read: CodePointRead, judge: (text: string) => number) {
    this.#read = read;
    this.#judge = judge;
  }

  /** The verdict on the text of `bytes[start, end)`. */
  of(bytes: Uint8Array, start: number, end: number): number {
    // Values come in runs: many records say what the one before said.
    if (this.#latest >= 0 && this.#known.holds(this.#latest, bytes, start, end)) {
      return this.#verdicts[this.#latest]!;
    }
    this.#latest = this.#known.find(bytes, start, end);
    if (this.#latest >= 0) return this.#verdicts[this.#latest]!;
    const isText = end - start <= TEXT_BYTES_MAX && countDigits(bytes, start, end) <= digitsMax;
    if (!isText) return this.#judge('');
    const verdict = this.#judge(foldText(decodeText(this.#read, bytes, start, end)));
    if (this.#known.count < TEXT_VALUES_MAX) {
      this.#verdicts[this.#known.intern(bytes, start, end)] = verdict;
    }
    return verdict;
  }

  wipe(): void {
    this.#latest = -1;
    this.#known.wipe();
  }
}

/** How values of channels and payment methods are compared: NFKC, trimmed, in small letters. */
export function foldText(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

/** ASCII digits among the bytes; in the encodings scanned, no other character contains such bytes. */
export function countDigits(bytes: Uint8Array, start: number, end: number): number {
  let digits = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte >= 0x30 && byte <= 0x39) digits++;
  }
  return digits;
}
