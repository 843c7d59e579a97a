import type { SeededRandom } from './seeded-random.ts';
import { encodeShiftJis } from './shift-jis.ts';

const ZERO = 0x30;
const QUOTE = 0x22;
const WIDE_LEAD = 0x82;
/** Full-width `0` to `9` follow this trail byte. */
const WIDE_ZERO_TRAIL = 0x4f;
const GROUP = 4;

type Spelling = 'plain' | 'quoted' | 'hyphens' | 'spaces' | 'wide' | 'wide-hyphens';

const usual: readonly (readonly [Spelling, number])[] = [
  ['plain', 52],
  ['quoted', 14],
  ['hyphens', 14],
  ['spaces', 7],
  ['wide', 9],
  ['wide-hyphens', 4],
];
const separators: Readonly<Partial<Record<Spelling, readonly number[]>>> = {
  hyphens: encodeShiftJis('-'),
  spaces: encodeShiftJis(' '),
  'wide-hyphens': encodeShiftJis('－'),
};

/** A number the way people and programs write it into a Shift_JIS file: one of six ways, by chance. */
export function spelled(digits: Uint8Array, random: SeededRandom): number[] {
  const spelling = random.weighted(usual);
  const isWide = spelling === 'wide' || spelling === 'wide-hyphens';
  const bytes: number[] = [];
  digits.forEach((digit, at) => {
    if (at > 0 && at % GROUP === 0) bytes.push(...(separators[spelling] ?? []));
    if (isWide) bytes.push(WIDE_LEAD, WIDE_ZERO_TRAIL + digit);
    else bytes.push(ZERO + digit);
  });
  return spelling === 'quoted' ? [QUOTE, ...bytes, QUOTE] : bytes;
}

/** The bare digits in ASCII. */
export function plain(digits: Uint8Array): number[] {
  return Array.from(digits, (digit) => ZERO + digit);
}

/** As a shop shows it to its staff: all but the last four replaced. */
export function masked(digits: Uint8Array): number[] {
  const star = 0x2a;
  return Array.from(digits, (digit, at) => (at < digits.length - GROUP ? star : ZERO + digit));
}

/** As a spreadsheet shows a long number: six digits and an exponent. */
export function exponent(digits: Uint8Array): number[] {
  const [first, ...rest] = plain(digits.subarray(0, 6));
  return [first!, ...encodeShiftJis('.'), ...rest, ...encodeShiftJis('E+15')];
}

/** With letters that a typist took for digits. */
export function mistyped(digits: Uint8Array): number[] {
  const bytes = plain(digits);
  bytes[5] = 'O'.charCodeAt(0);
  bytes[9] = 'l'.charCodeAt(0);
  return bytes;
}
