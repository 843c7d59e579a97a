import { between, cardDigits } from './seeded-cards.ts';

type Rng = () => number;

const dresses: readonly ((digits: string) => string)[] = [
  (digits) => digits,
  (digits) => digits,
  (digits) => digits,
  (digits) => inFours(digits, '-'),
  (digits) => inFours(digits, ' '),
  (digits) => fullWidth(digits),
  (digits) => inFours(fullWidth(digits), '－'),
  (digits) => inFours(digits, 'ー'),
  (digits) => ` ${digits}\u3000`,
  (digits) => `'${digits}`,
  (digits) => `="${digits}"`,
];

/** The number as one of many hands would have typed it. */
export function dressedNumber(rng: Rng, digits: string): string {
  return dresses[between(rng, 0, dresses.length - 1)]!(digits);
}

/** Numbers that become no card, by the reason that must be named. */
export const wrongNumbers = {
  'masked-number': (rng: Rng) => {
    const digits = numberOf(rng);
    const [first, last] = [digits.slice(0, 6), digits.slice(-4)];
    return pick(rng, [`${first}******${last}`, `************${last}`, `xxxx-xxxx-xxxx-${last}`]);
  },
  'spreadsheet-damage': (rng: Rng) =>
    pick(rng, [`4.${between(rng, 10_000, 99_999)}E+15`, rounded(rng)]),
  characters: (rng: Rng) => {
    const digits = numberOf(rng);
    return pick(rng, [
      '',
      'カード番号なし',
      `${digits}円`,
      `${digits.slice(0, 15)}O`,
      `No.${digits}`,
    ]);
  },
  length: (rng: Rng) =>
    pick(rng, [
      cardDigits(rng, { prefix: '490', length: 12 }).join(''),
      cardDigits(rng, { prefix: '490', length: 15 }).join(''),
      cardDigits(rng, { prefix: '35', length: 11 }).join(''),
      cardDigits(rng, { prefix: '6221', length: 20 }).join(''),
      cardDigits(rng, { prefix: '370', length: 16 }).join(''),
    ]),
  luhn: (rng: Rng) => failingNumber(rng, pick(rng, ['400010', '510500', '352800'])),
  'unknown-brand': (rng: Rng) => cardDigits(rng, { prefix: pick(rng, ['99', '17']) }).join(''),
  'no-recipient': (rng: Rng) => cardDigits(rng, { prefix: '6011' }).join(''),
  'test-number': (rng: Rng) =>
    pick(rng, ['4111 1111 1111 1111', '5555555555554444', '378282246310005', patterned(rng)]),
} as const satisfies Record<string, (rng: Rng) => string>;

/** Sixteen digits with a wrong check digit; not zero, which would be taken for a spreadsheet's rounding. */
export function failingNumber(rng: Rng, prefix: string): string {
  for (;;) {
    const digits = cardDigits(rng, { prefix, valid: false }).join('');
    if (!digits.endsWith('0')) return digits;
  }
}

/** What a spreadsheet makes of a number of 16 digits: the last is zero, and the check digit wrong. */
function rounded(rng: Rng): string {
  for (;;) {
    const digits = numberOf(rng);
    if (!digits.endsWith('0')) return `${digits.slice(0, 15)}0`;
  }
}

/** Eight equal digits in a row, as people make numbers up. */
function patterned(rng: Rng): string {
  return cardDigits(rng, { prefix: `40001077777777${between(rng, 1, 6)}` }).join('');
}

function numberOf(rng: Rng): string {
  return cardDigits(rng, { prefix: '490010' }).join('');
}

function inFours(digits: string, separator: string): string {
  return digits.replace(/(.{4})(?=.)/g, `$1${separator}`);
}

function fullWidth(digits: string): string {
  return digits.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}

function pick<T>(rng: Rng, values: readonly T[]): T {
  return values[between(rng, 0, values.length - 1)]!;
}
