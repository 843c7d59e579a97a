import { describe, expect, it } from 'vitest';

import { holdsCardNumber } from '../../../src/domain/cards/card-in-bytes.ts';
import { between, cardDigits, seededRandom } from '../../support/seeded-cards.ts';

const rng = seededRandom(65);
const cards = Array.from({ length: 20 }, () => cardDigits(rng, { prefix: '49' }).join(''));
const amex = cardDigits(rng, { prefix: '37', length: 15 }).join('');
const holds = (text: string): boolean => holdsCardNumber(Buffer.from(text));
const joined = (digits: string, sign: string): string =>
  (digits.length === 15 ? /(.{4})(.{6})(.{5})/ : /(.{4})(.{4})(.{4})(.{4})/)
    .exec(digits)!
    .slice(1)
    .join(sign);
const wrongOf = (digits: string): string =>
  digits.slice(0, -1) + String((Number(digits.at(-1)) + 1) % 10);

/** How a number stands in what people and programs write. */
const layouts: Readonly<Record<string, (digits: string) => string>> = {
  'track 1': (digits) => `%B${digits}^SUZUKI/HANAKO ^30121010000000000?`,
  'track 1 without its first sign': (digits) => `B${digits}^SUZUKI/HANAKO^3012101`,
  'track 2': (digits) => `;${digits}=30121010000000000?`,
  'track 2 with a D': (digits) => `${digits}D3012101000000000`,
  'track 2 with a D and padding': (digits) => `${digits}d30121010000000000000F`,
  'between words': (digits) => `PAN${digits}exp1230`,
  'behind letters, in groups': (digits) => `No${joined(digits, ' ')}`,
  'before letters, in groups': (digits) => `${joined(digits, '-')}exp`,
  'cut by a line end': (digits) => `the number ${digits.slice(0, 7)}\r\n${digits.slice(7)} until`,
  'cut in a quoted mail': (digits) =>
    `> it is ${digits.slice(0, 9)}\n> ${digits.slice(9)}, he said`,
  'groups over a line end': (digits) => joined(digits, ' ').replace(/ (\d+)$/, '\n$1'),
  'groups with a hyphen at the line end': (digits) => joined(digits, '-').replace('-', '-\r\n  '),
  'a group cut by a line end': (digits) => joined(digits, ' ').replace(/^(.{6})/, '$1\n'),
  'a group on each line': (digits) => `card:\n${joined(digits, '\n')}\nuntil 12/30`,
  tabs: (digits) => `Suzuki\t${joined(digits, '\t')}\t12/30`,
  dots: (digits) => `${joined(digits, '.')}.`,
  slashes: (digits) => joined(digits, '/'),
  underlines: (digits) => `scan_${joined(digits, '_')}.pdf`,
  'plus signs of a form': (digits) => `number=${joined(digits, '+')}&until=12`,
  'middle dots': (digits) => joined(digits, '·'),
  'Japanese middle dots': (digits) => `番号${joined(digits, '・')}です`,
  'full-width dots': (digits) => joined(digits, '．'),
  '%20': (digits) => `/find?number=${joined(digits, '%20')}`,
  '&nbsp;': (digits) => `<td>${joined(digits, '&nbsp;')}</td>`,
  '&nbsp; without its end': (digits) => `<td>${joined(digits, '&nbsp')}</td>`,
  '&#160; and &#xA0;': (digits) => joined(digits, '&#160;').replace('&#160;', '&#xA0;'),
  '&ndash;': (digits) => joined(digits, '&ndash;'),
  '&shy;': (digits) => joined(digits, '&shy;'),
  'digits as references': (digits) => digits.replace(/\d/g, '&#5$&;').replace(/5(\d)/g, rightPoint),
  'digits as hexadecimal references': (digits) => digits.replace(/\d/g, '&#x3$&;'),
  'a tag around a group': (digits) =>
    `${digits.slice(0, 4)}<b>${digits.slice(4, 8)}</b>${digits.slice(8)}`,
  'tags around groups with spaces': (digits) => `<b>${joined(digits, '</b> <b>')}</b>`,
  'spans with attributes': (digits) =>
    joined(digits, '</span><span class="g" style="color:#123456">'),
  'cells of a table': (digits) => `<tr>\n <td>${joined(digits, '</td>\n <td>')}</td>\n</tr>`,
  'line breaks of HTML': (digits) => `<p>${joined(digits, '<br/>')}</p>`,
  'a comment inside': (digits) => `${digits.slice(0, 8)}<!-- -->${digits.slice(8)}`,
};

describe('holdsCardNumber() of a layout', () => {
  it.each(Object.keys(layouts))('%s: finds each of them, and none with a wrong digit', (name) => {
    const write = layouts[name]!;
    const numbers = [...cards, amex];
    expect(numbers.filter((digits) => !holds(write(digits)))).toHaveLength(0);
    expect(numbers.filter((digits) => holds(write(wrongOf(digits))))).toHaveLength(0);
  });

  // One layer is looked behind, and percent-encoding is one.
  it.each(Object.keys(layouts).filter((name) => name !== '%20'))(
    '%s: finds it in base64 and in UTF-16, too',
    (name) => {
      const text = layouts[name]!(cards[0]!);
      expect(holds(Buffer.from(`${text}\n`).toString('base64'))).toBe(true);
      expect(holdsCardNumber(Buffer.from(text, 'utf16le'))).toBe(true);
    },
  );
});

/** Lines as they stand in mails, logs and lists; none of them has a card number. */
const innocent: Readonly<Record<string, () => string>> = {
  'dates and times': () => `${date('-')} ${time()} ${date('/')} ${time()} ${date('.')}`,
  'log lines': () =>
    `${date('-')}T${time()}.${number(3)}Z shop[${number(4)}]: 10.${octets()} ${number(3)} ms`,
  'phone numbers': () =>
    `TEL 0${number(1)}-${number(4)}-${number(4)} / +81.90.${number(4)}.${number(4)}`,
  'order numbers': () => `ORD${date('')}${number(6)}\tA-${number(8)}\t${number(5)}円`,
  'a table of amounts': () => Array.from({ length: 6 }, () => number(4)).join('\t'),
  'a list that begins and ends with numbers': () => `${number(8)},shop,${number(9)}`,
  'numbers of four digits, one a line': () => number(4),
  'numbers of eight digits, one a line': () => number(8),
  'a table in HTML': () =>
    `<tr><td>${number(8)}</td><td>${number(8)}</td><td>${number(6)}</td></tr>`,
  'addresses of the network': () => `fe80::${hex(4)}:${hex(4)}:${hex(4)}:${hex(4)} ${octets()}`,
  'ids of 64 bits': () => `trace=${hex(16)} span=a${hex(15)} 0x${hex(16)}`,
};

describe('holdsCardNumber() of what is none', () => {
  const LINES = 4_000;
  it.each(Object.keys(innocent))('raises nothing over 4,000 lines: %s', (name) => {
    const lines = Array.from({ length: LINES }, innocent[name]!);
    let alarms = 0;
    for (let at = 0; at < lines.length; at += 50) {
      if (holds(lines.slice(at, at + 50).join('\n'))) alarms += 1;
    }
    expect(alarms).toBe(0);
  });
});

describe('the time of holdsCardNumber()', () => {
  it.each([
    ['tags that never end', '<a'],
    ['references that never end', '&#'],
    ['groups of four', '4900 '],
    ['groups on lines', '4900\n'],
    ['one digit a line', '4\n'],
    ['letters and digits', 'a4'],
    ['line ends', '\r\n>'],
  ])('grows with the bytes: %s', (_, part) => {
    // Far below a second on any machine; what grows with the square of them takes minutes.
    const bytes = Buffer.alloc(500_000, part);
    const started = performance.now();
    holdsCardNumber(bytes);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

function rightPoint(_: string, digit: string): string {
  return String(48 + Number(digit));
}

function number(length: number): string {
  return String(between(rng, 10 ** (length - 1), 10 ** length - 1));
}

function hex(length: number): string {
  return Array.from({ length }, () => between(rng, 0, 15).toString(16)).join('');
}

function octets(): string {
  return Array.from({ length: 3 }, () => between(rng, 0, 255)).join('.');
}

function date(sign: string): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return [between(rng, 2019, 2027), two(between(rng, 1, 12)), two(between(rng, 1, 28))].join(sign);
}

function time(): string {
  return [between(rng, 10, 23), between(rng, 10, 59), between(rng, 10, 59)].join(':');
}
