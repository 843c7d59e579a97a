// Card brands: what they are called, which lengths they issue, and which digits lead to them.

import { prefixesByBrand } from './brand-ranges.ts';

export interface Brand {
  /** Stable word for routes, configuration and reports. */
  readonly id: string;
  readonly name: string;
  readonly nameJa: string;
  /** Lengths the brand issues, in digits, ascending. */
  readonly lengths: readonly number[];
  /** `warn`: a failing check digit is counted, and the card is still sent. */
  readonly luhn: 'required' | 'warn' | 'none';
}

/**
 * All brands; a brand's place here is the integer code used in card columns. Place 0 is `unknown`.
 *
 * Lengths and prefixes: credit-card-type 10.3.0 (MIT), and 13 digits for old Visa cards. UnionPay has
 * issued numbers without a check digit, and of an unknown brand nothing can be demanded: both `warn`.
 */
export const brands: readonly Brand[] = [
  brand('unknown', 'Unknown', '不明', [13, 14, 15, 16, 17, 18, 19], 'warn'),
  brand('visa', 'Visa', 'Visa', [13, 16, 18, 19]),
  brand('mastercard', 'Mastercard', 'Mastercard', [16]),
  brand('american-express', 'American Express', 'アメリカン・エキスプレス', [15]),
  brand('jcb', 'JCB', 'JCB', [16, 17, 18, 19]),
  brand('diners-club', 'Diners Club', 'ダイナースクラブ', [14, 16, 19]),
  brand('discover', 'Discover', 'ディスカバー', [16, 19]),
  brand('unionpay', 'UnionPay', '銀聯', [14, 15, 16, 17, 18, 19], 'warn'),
  brand('maestro', 'Maestro', 'マエストロ', [12, 13, 14, 15, 16, 17, 18, 19]),
  brand('rupay', 'RuPay', 'RuPay', [16]),
  brand('mir', 'Mir', 'ミール', [16, 17, 18, 19]),
  brand('elo', 'Elo', 'Elo', [16]),
  brand('troy', 'Troy', 'Troy', [16]),
  brand('verve', 'Verve', 'Verve', [16, 18, 19]),
  brand('hiper', 'Hiper', 'Hiper', [16]),
  brand('hipercard', 'Hipercard', 'Hipercard', [16]),
  brand('naranja', 'Naranja', 'Naranja', [16]),
];

/** Stands in the six-digit table where eight digits have to be read. */
const LOOK_FURTHER = 0xff;
const indexById = new Map(brands.map(({ id }, index) => [id, index]));
const lengthBits = Uint32Array.from(brands, ({ lengths }) =>
  lengths.reduce((bits, length) => bits | (1 << length), 0),
);
const { bySix, lows, highs, owners, fallbacks } = compile();

/**
 * The brand of a PAN by its leading digits; the longest prefix wins. 0 when no brand claims them.
 *
 * `digits` holds values 0 to 9. Whether `length` is one the brand issues is not looked at
 * (`isBrandLength`); fewer than 8 digits, the least ISO/IEC 7812-1 allows, have no brand.
 *
 * One table read for nearly every number, no allocation. Throws nothing.
 */
export function brandIndexOf(digits: Uint8Array, length: number): number {
  if (length < 8) return 0;
  const six =
    digits[0]! * 100_000 +
    digits[1]! * 10_000 +
    digits[2]! * 1000 +
    digits[3]! * 100 +
    digits[4]! * 10 +
    digits[5]!;
  const found = bySix[six]!;
  return found === LOOK_FURTHER ? byEight(six * 100 + digits[6]! * 10 + digits[7]!) : found;
}

/** For readers in shared memory: a brand for each six digits (255: more are needed), a bit for each length of a brand. */
export const brandTables: { readonly bySix: Uint8Array; readonly lengthBits: Uint32Array } = {
  bySix,
  lengthBits,
};

/** The place of a brand in `brands` by its id; 0 (unknown) when there is no such brand. Throws nothing. */
export function brandIndexById(id: string): number {
  return indexById.get(id) ?? 0;
}

/** Whether the brand issues PANs of `length` digits; an unknown brand: 13 to 19. Throws nothing. */
export function isBrandLength(brandIndex: number, length: number): boolean {
  return length < 32 && ((lengthBits[brandIndex]! >>> length) & 1) === 1;
}

function brand(
  id: string,
  name: string,
  nameJa: string,
  lengths: readonly number[],
  luhn: Brand['luhn'] = 'required',
): Brand {
  return { id, name, nameJa, lengths, luhn };
}

function byEight(eight: number): number {
  for (let i = 0; i < lows.length; i++) {
    if (eight >= lows[i]! && eight <= highs[i]!) return owners[i]!;
  }
  return fallbacks.get(Math.floor(eight / 100)) ?? 0;
}

/** Paints a table of all six-digit beginnings, short prefixes first, so that longer ones stay on top. */
function compile() {
  const claims = Object.entries(prefixesByBrand).flatMap(([id, prefixes]) =>
    prefixes.map((text) => {
      const [low, high = low] = text.split('-') as [string, string?];
      return { low, high, owner: brandIndexById(id) };
    }),
  );
  claims.sort((a, b) => a.low.length - b.low.length);
  const bySix = new Uint8Array(1_000_000);
  const long = claims.filter(({ low }) => low.length === 8);
  for (const { low, high, owner } of claims) {
    if (low.length <= 6) {
      bySix.fill(owner, Number(low.padEnd(6, '0')), Number(high.padEnd(6, '9')) + 1);
    }
  }
  const fallbacks = new Map<number, number>();
  for (const { low, high } of long) {
    for (let six = Number(low.slice(0, 6)); six <= Number(high.slice(0, 6)); six++) {
      if (bySix[six] !== LOOK_FURTHER) fallbacks.set(six, bySix[six]!);
      bySix[six] = LOOK_FURTHER;
    }
  }
  return {
    bySix,
    lows: Uint32Array.from(long, ({ low }) => Number(low)),
    highs: Uint32Array.from(long, ({ high }) => Number(high)),
    owners: Uint8Array.from(long, ({ owner }) => owner),
    fallbacks,
  };
}
