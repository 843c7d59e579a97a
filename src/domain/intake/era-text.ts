import type { CodePointRead } from './code-points.ts';
import { eras } from './eras.ts';
import { PlainText } from './plain-text.ts';

const SPACE = 0x20;
const WIDE_SPACE = 0x3000;
/** 元, the first year of an era. */
const FIRST_YEAR = 0x5143;
const one = Uint8Array.of(0x31);
const letters = eras.map(({ letter }) => Uint8Array.of(letter.charCodeAt(0)));
const names = eras.map(({ names: [long, short] }) => ({
  first: long.codePointAt(0)!,
  second: long.codePointAt(1)!,
  short: short.codePointAt(0)!,
}));

/**
 * A date field that begins with the name of an era, made plain as `readKnownDate` takes it: the era's letter for its
 * name, 1 for 元. Looked at only where a field could not be read otherwise, so that other dates pay nothing for it.
 */
export class EraText {
  readonly #text: PlainText;
  readonly #read: CodePointRead;

  constructor(read: CodePointRead) {
    this.#read = read;
    this.#text = new PlainText(read);
  }

  get bytes(): Uint8Array {
    return this.#text.bytes;
  }

  get length(): number {
    return this.#text.length;
  }

  /** Whether the field begins with an era; then `bytes` hold it. Bytes are of the source's encoding. */
  take(bytes: Uint8Array, start: number, end: number): boolean {
    let at = start;
    let character = this.#read(bytes, at, end);
    while (at < end && (character >> 3 === SPACE || character >> 3 === WIDE_SPACE)) {
      at += character & 7;
      character = this.#read(bytes, at, end);
    }
    if (at >= end || character <= 0) return false;
    const point = character >> 3;
    at += character & 7;
    let era = names.findIndex(({ short }) => short === point);
    if (era < 0) {
      const next = at < end ? this.#read(bytes, at, end) : 0;
      if (next <= 0) return false;
      era = names.findIndex(({ first, second }) => first === point && second === next >> 3);
      at += next & 7;
    }
    if (era < 0) return false;
    this.#write(letters[era]!, bytes, at, end);
    return true;
  }

  wipe(): void {
    this.#text.wipe();
  }

  #write(letter: Uint8Array, bytes: Uint8Array, start: number, end: number): void {
    const text = this.#text;
    let at = start;
    text.clear();
    text.append(letter, 0, 1);
    const year = at < end ? this.#read(bytes, at, end) : 0;
    if (year > 0 && year >> 3 === FIRST_YEAR) {
      text.append(one, 0, 1);
      at += year & 7;
    }
    text.append(bytes, at, end);
  }
}
