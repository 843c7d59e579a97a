// How fields of a source are to be understood, written a second time in strings: slow, plain, and knowing nothing of src.

import luhn from 'luhn';

/** What the number column of a record says: digits, or why there are none. */
export type NumberVerdict =
  | { readonly digits: string; readonly brand: string; readonly isUnchecked: boolean }
  | 'masked-number'
  | 'spreadsheet-damage'
  | 'characters'
  | 'length'
  | 'luhn';

const separators = /[\s\u00A0\u2007\u2009\u202F\u3000\-\u2010-\u2015\u2212]/gu;

export function readNumber(
  field: string,
  brandOfIssuer: (digits: string) => string,
): NumberVerdict {
  const text = field
    .normalize('NFKC')
    .trim()
    .replace(/^="(.*)"$/u, '$1')
    .replace(/^'/u, '');
  if (/^\d+[.,]?\d*e[+-]?\d{1,3}$/iu.test(text)) return 'spreadsheet-damage';
  const bare = text.replace(separators, '').replace(/(?<=\d)ー(?=\d)/gu, '');
  if (/^[\d*x#•●]+$/iu.test(bare) && /\D/u.test(bare)) return 'masked-number';
  if (!/^\d+$/u.test(bare)) return 'characters';
  const isRight = luhn.validate(bare);
  if (bare.length > 15 && !isRight && /^.{15}0+$/u.test(bare)) return 'spreadsheet-damage';
  const brand = brandOfIssuer(bare) || brandOf(bare);
  if (!lengthsOf[brand]!.includes(bare.length)) return 'length';
  const isDemanded = brand !== 'unionpay' && brand !== 'unknown';
  if (!isRight && isDemanded) return 'luhn';
  return { digits: bare, brand, isUnchecked: !isRight };
}

const lengthsOf: Readonly<Record<string, readonly number[]>> = {
  visa: [13, 16, 18, 19],
  mastercard: [16],
  'american-express': [15],
  jcb: [16, 17, 18, 19],
  'diners-club': [14, 16, 19],
  discover: [16, 19],
  unionpay: [14, 15, 16, 17, 18, 19],
  unknown: [13, 14, 15, 16, 17, 18, 19],
};

/** Good for the numbers these journeys use; brands that share prefixes with others are left to other tests. */
function brandOf(digits: string): string {
  const four = Number(digits.slice(0, 4));
  if (digits.startsWith('4')) return 'visa';
  if (/^5[1-5]/u.test(digits) || (four >= 2221 && four <= 2720)) return 'mastercard';
  if (/^3[47]/u.test(digits)) return 'american-express';
  if (four >= 3528 && four <= 3589) return 'jcb';
  if (/^(?:30[0-5]|36|38)/u.test(digits)) return 'diners-club';
  if (/^(?:6011|64[4-9])/u.test(digits)) return 'discover';
  return digits.startsWith('62') ? 'unionpay' : 'unknown';
}

const published = ['4111111111111111', '5555555555554444', '378282246310005', '4242424242424242'];

export function isTestNumber(digits: string): boolean {
  return published.includes(digits) || /(\d)\1{7}/u.test(digits);
}

/** Instants a date covers, the end not included; a word where it covers none. */
export function readMoment(
  field: string,
): { readonly from: number; readonly to: number } | 'missing' | 'unreadable' {
  const text = field.normalize('NFKC').trim();
  if (text === '') return 'missing';
  const date =
    /^(\d{4})(?:([-/])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d\d)(\d\d))(.*)$/u.exec(text);
  if (date === null) return 'unreadable';
  const [, year, , m1, d1, m2, d2, m3, d3, rest] = date;
  const month = Number(m1 ?? m2 ?? m3);
  const day = Number(d1 ?? d2 ?? d3);
  const midnight = Date.UTC(Number(year), month - 1, day);
  if (new Date(midnight).getUTCMonth() !== month - 1 || month === 0) return 'unreadable';
  const local = midnight - 9 * 3_600_000;
  if (rest === '') return { from: local, to: local + 86_400_000 };
  const time =
    /^(?:[T ]|(?=\d{1,2}時))(\d{1,2})(?::|時)(\d{1,2})(?:分|:(\d\d)(?:\.(\d+))?)?(Z|\+09:00)?$/u.exec(
      rest!,
    );
  if (time === null || Number(time[1]) > 23 || Number(time[2]) > 59) return 'unreadable';
  const zone = time[5] === 'Z' ? midnight : local;
  const seconds = Number(time[3] ?? 0) * 1_000 + Math.floor(Number(`0.${time[4] ?? 0}`) * 1_000);
  const from = zone + Number(time[1]) * 3_600_000 + Number(time[2]) * 60_000 + seconds;
  return { from, to: from + 1 };
}

/** Year and month as one number; a word where there is none. These sources write MM/YY. */
export function readExpiry(field: string): number | 'missing' | 'unreadable' {
  const text = field.normalize('NFKC').trim();
  if (text === '') return 'missing';
  const found = /^(\d\d)\/(\d\d)$/u.exec(text);
  const month = Number(found?.[1]);
  return found === null || month < 1 || month > 12
    ? 'unreadable'
    : (2000 + Number(found[2])) * 100 + month;
}

/** A reference as it is kept; `isWithheld` where it is a card number itself. */
export function readReference(field: string): { text: string; isWithheld: boolean } {
  const text = field.normalize('NFKC').trim();
  const digits = text.replace(separators, '');
  return { text, isWithheld: /^\d{13,19}$/u.test(digits) && luhn.validate(digits) };
}
