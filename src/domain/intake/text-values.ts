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
  #latest: Uint8Array = new Uint8Array(0);
  #latestVerdict = 0;
  readonly #verdicts = new Float64Array(TEXT_VALUES_MAX);

  constructor(read: CodePointRead, judge: (text: string) => number) {
    this.#read = read;
    this.#judge = judge;
  }

  /** The verdict on the text of `bytes[start, end)`. */
  of(bytes: Uint8Array, start: number, end: number): number {
    if (this.#isLatest(bytes, start, end)) return this.#latestVerdict;
    const known = this.#known.find(bytes, start, end);
    if (known >= 0) {
      this.#latest = this.#known.bytesOf(known);
      return (this.#latestVerdict = this.#verdicts[known]!);
    }
    const isText = end - start <= TEXT_BYTES_MAX && countDigits(bytes, start, end) <= digitsMax;
    if (!isText) return this.#judge('');
    const verdict = this.#judge(foldText(decodeText(this.#read, bytes, start, end)));
    if (this.#known.count < TEXT_VALUES_MAX) {
      this.#verdicts[this.#known.intern(bytes, start, end)] = verdict;
    }
    return verdict;
  }

  /** Values come in runs: most records say what the one before said. */
  #isLatest(bytes: Uint8Array, start: number, end: number): boolean {
    const latest = this.#latest;
    const length = end - start;
    if (length !== latest.length || length === 0) return false;
    for (let i = 0; i < length; i++) if (latest[i] !== bytes[start + i]) return false;
    return true;
  }

  wipe(): void {
    this.#latest = new Uint8Array(0);
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
