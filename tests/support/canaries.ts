import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { encodeCp932 } from './cp932.ts';

/** Where a card number was found that must not be there, and in what dress. The number itself stays unsaid. */
export interface Sighting {
  readonly place: string;
  readonly encoding: string;
  readonly canary: number;
}

type Dress = (digits: string) => readonly Uint8Array[];

/**
 * Digits 4 to 13: a copy that lost its beginning or its end is found too, and truncated numbers, which show six digits
 * and four, are not taken for copies.
 */
const middle = (digits: string): string => digits.slice(3, 13);
const bytes = (text: string, encoding: BufferEncoding = 'latin1'): Uint8Array =>
  new Uint8Array(Buffer.from(text, encoding));
const fullWidth = (digits: string): string =>
  digits.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

/** Every dress a number is looked for in. */
export const dresses: Readonly<Record<string, Dress>> = {
  ascii: (digits) => [bytes(middle(digits))],
  'utf-16le': (digits) => [bytes(middle(digits), 'utf16le')],
  'utf-16be': (digits) => [new Uint8Array(Buffer.from(middle(digits), 'utf16le').swap16())],
  spaced: (digits) => [bytes(middle(digits).split('').join(' '))],
  'spaced in fours': (digits) => grouped(digits, ' '),
  'hyphened in fours': (digits) => grouped(digits, '-'),
  'full-width UTF-8': (digits) => [bytes(fullWidth(middle(digits)), 'utf8')],
  'full-width Shift_JIS': (digits) => [encodeCp932(fullWidth(middle(digits)))],
  'packed BCD': (digits) => [nibbles(digits.slice(2, 12)), nibbles(digits.slice(3, 13))],
  'digit values': (digits) => [Uint8Array.from(middle(digits), Number)],
  'list of digits': (digits) => [bytes(middle(digits).split('').join(','))],
  hexadecimal: (digits) => [bytes(Buffer.from(middle(digits)).toString('hex'))],
  base64: (digits) => ['', '-', '--'].map((before) => stableBase64(before, middle(digits))),
  reversed: (digits) => [bytes(middle(digits).split('').reverse().join(''))],
  'percent-encoded': (digits) => [bytes(middle(digits).replace(/\d/g, '%3$&'))],
  integer: (digits) => bothEnds((view) => view.setBigUint64(0, BigInt(digits))),
  double: (digits) => bothEnds((view) => view.setFloat64(0, Number(digits))),
};

/** A searcher for the given numbers (15 or 16 digits), in every dress. */
export class CanaryScan {
  readonly #needles: readonly {
    readonly encoding: string;
    readonly canary: number;
    readonly needle: Buffer;
  }[];

  constructor(canaries: readonly string[]) {
    this.#needles = Object.entries(dresses).flatMap(([encoding, dress]) =>
      canaries.flatMap((digits, canary) =>
        dress(digits).map((needle) => ({ encoding, canary, needle: Buffer.from(needle) })),
      ),
    );
  }

  /** Looks into some bytes; `place` is what a sighting is called by. */
  inBytes(content: Uint8Array, place: string): Sighting[] {
    const haystack = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    return this.#needles
      .filter(({ needle }) => haystack.includes(needle))
      .map(({ encoding, canary }) => ({ place, encoding, canary }));
  }

  inText(text: string, place: string): Sighting[] {
    return this.inBytes(Buffer.from(text, 'utf8'), place);
  }

  /** Looks into every file below a folder, if there is one, and at the names. Sockets and pipes hold nothing to read. */
  inFolder(folder: string): Sighting[] {
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      const inName = this.inText(path, `name of ${path}`);
      return entry.isFile() ? [...inName, ...this.inBytes(readFileSync(path), path)] : inName;
    });
  }
}

/** The whole number in groups; the first and last digits may be missing from a copy. */
function grouped(digits: string, separator: string): Uint8Array[] {
  const groups = digits.replace(/(.{4})(?=.)/g, `$1${separator}`);
  return [bytes(groups.slice(2, 16))];
}

/** Two digits a byte, the first in the high half. */
function nibbles(digits: string): Uint8Array {
  return bytes(digits, 'hex');
}

/** What of the base64 text is the same whatever stands around the digits. */
function stableBase64(before: string, digits: string): Uint8Array {
  const text = Buffer.from(before + digits)
    .toString('base64')
    .replace(/=+$/, '');
  const first = Math.ceil((before.length * 8) / 6);
  const end = Math.floor(((before.length + digits.length) * 8) / 6);
  return bytes(text.slice(first, end));
}

function bothEnds(write: (view: DataView) => void): Uint8Array[] {
  const big = new Uint8Array(8);
  write(new DataView(big.buffer));
  return [big, big.slice().reverse()];
}
