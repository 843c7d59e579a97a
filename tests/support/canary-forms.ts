/** What of a card number is looked for in one encoding: enough of it to be found in a part, and no less than 8 bytes. */
export interface Needle {
  readonly bytes: Uint8Array;
  /** Must stand within a few dozen bytes in front. */
  readonly before?: Uint8Array;
  /**
   * Must not be a part of a hexadecimal text or of a range of addresses: memory has hundreds of them that differ with
   * each run, and one in some thousands holds ten digits of one of ten thousand numbers by chance.
   */
  readonly isApart?: true;
}

type Form = (digits: string) => readonly Needle[];

const PART = 10;
/** So many are no chance, whatever stands around them. */
const CERTAIN = 12;
const latin = (text: string, encoding: BufferEncoding = 'latin1'): Needle => ({
  bytes: Uint8Array.from(Buffer.from(text, encoding)),
});
/** Digits 4 to 13: what is truncated to six and four digits has none of them together. */
const middle = (digits: string): string => digits.slice(3, 3 + PART);
const separated = (digits: string, sign: string): string => middle(digits).split('').join(sign);
/** Every ten digits from the fourth on where they stand by themselves, and every twelve anywhere. */
const anyPart = (digits: string): readonly Needle[] => [
  ...windowsOf(digits.slice(3), PART).map((part): Needle => ({ ...latin(part), isApart: true })),
  ...windowsOf(digits, CERTAIN).map((part) => latin(part)),
];
const inFours = (digits: string, sign: string): string =>
  digits.replace(/(.{4})(?=.)/g, `$1${sign}`).slice(2, 2 + PART + 2 * sign.length);
const wide = (digits: string): string =>
  digits.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
const codes = (digits: string): readonly string[] =>
  Array.from(middle(digits), (digit) => String(digit.charCodeAt(0)));

/** Every form in which a card number is looked for, by name. */
export const canaryForms: Readonly<Record<string, Form>> = {
  // A number rounded to 15 digits or cut at either end is found, too.
  ascii: (digits) => anyPart(digits),
  'utf-16le': (digits) => [latin(middle(digits), 'utf16le')],
  'utf-16be': (digits) => [
    { bytes: Uint8Array.from(Buffer.from(middle(digits), 'utf16le').swap16()) },
  ],
  spaced: (digits) => [latin(separated(digits, ' ')), latin(inFours(digits, ' '))],
  dashed: (digits) => [latin(separated(digits, '-')), latin(inFours(digits, '-'))],
  'no-break spaces': (digits) => [
    latin(inFours(digits, '\u00a0'), 'utf8'),
    latin(inFours(digits, '\u00a0')),
  ],
  'full-width UTF-8': (digits) => [latin(wide(middle(digits)), 'utf8')],
  'full-width UTF-16': (digits) => [latin(wide(middle(digits)), 'utf16le')],
  'full-width Shift_JIS': (digits) => [
    {
      bytes: Uint8Array.from(
        Array.from(middle(digits), Number).flatMap((digit) => [0x82, 0x4f + digit]),
      ),
    },
  ],
  hexadecimal: (digits) => [latin(Buffer.from(middle(digits)).toString('hex'))],
  'spaced hexadecimal': (digits) => [latin(separated(digits, ' ').replace(/\d/g, '3$&'))],
  'packed BCD': (digits) =>
    [digits.padEnd(16, 'f'), digits.padStart(16, '0')].map((padded) => latin(padded, 'hex')),
  // More of them: memory is full of small numbers side by side.
  'digit values': (digits) => [{ bytes: Uint8Array.from(digits.slice(2, 15), Number) }],
  'list of digits': (digits) => [latin(separated(digits, ',')), latin(separated(digits, ', '))],
  'list of codes': (digits) => [latin(codes(digits).join(',')), latin(codes(digits).join(', '))],
  integer: (digits) => bothEnds((view) => view.setBigUint64(0, BigInt(digits))),
  double: (digits) => bothEnds((view) => view.setFloat64(0, Number(digits))),
  base64: (digits) => [0, 1, 2].map((offset) => stableBase64(offset, middle(digits))),
  'percent-encoded': (digits) => [latin(middle(digits).replace(/\d/g, '%3$&'))],
  reversed: (digits) => anyPart(Array.from(digits).reverse().join('')),
  scientific: (digits) => [latin(`${digits[0]}.${digits.slice(1, PART)}`)],
  'two halves': (digits) => [
    { ...latin(digits.slice(-8)), before: latin(digits.slice(0, -8)).bytes },
  ],
};

function windowsOf(digits: string, length: number): readonly string[] {
  return Array.from({ length: digits.length - length + 1 }, (_, at) =>
    digits.slice(at, at + length),
  );
}

/** What of the base64 text is the same whatever stands around the digits. */
function stableBase64(offset: number, digits: string): Needle {
  const text = Buffer.from('-'.repeat(offset) + digits).toString('base64');
  const first = Math.ceil((offset * 8) / 6);
  return latin(text.slice(first, Math.floor(((offset + digits.length) * 8) / 6)));
}

function bothEnds(write: (view: DataView) => void): Needle[] {
  const big = new Uint8Array(8);
  write(new DataView(big.buffer));
  return [{ bytes: big }, { bytes: big.slice().reverse() }];
}
