import { describe, expect, it } from 'vitest';

import { holdsCardNumber } from '../../../src/domain/cards/card-in-bytes.ts';
import { cardDigits, seededRandom } from '../../support/seeded-cards.ts';

const rng = seededRandom(62);
const digits = [...cardDigits(rng, { prefix: '490020' })];
const card = digits.join('');
const wrong = card.slice(0, -1) + String((Number(card.at(-1)) + 1) % 10);

const wide = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
const littleEndian = (text: string): Buffer => Buffer.from(text, 'utf16le');
const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const utf32 = (text: string): Buffer =>
  Buffer.from(Uint32Array.from(Array.from(text), (sign) => sign.codePointAt(0)!).buffer);
const percent = (bytes: Buffer): string => bytes.toString('hex').replace(/../g, '%$&');
/** Full-width digits between two kana and a full stop, by the code tables of JIS X 0208. */
const shiftJis = (text: string): Buffer =>
  Buffer.from([
    0x83,
    0x68,
    ...Array.from(text).flatMap((d) => [0x82, 0x4f + Number(d)]),
    0x81,
    0x42,
  ]);
const eucJp = (text: string): Buffer =>
  Buffer.from([
    0xa5,
    0xc9,
    ...Array.from(text).flatMap((d) => [0xa3, 0xb0 + Number(d)]),
    0xa1,
    0xa3,
  ]);
const jis = (text: string): Buffer =>
  Buffer.concat([
    Buffer.from('\x1b$B%I'),
    Buffer.from(Array.from(text).flatMap((d) => [0x23, 0x30 + Number(d)])),
    Buffer.from('\x1b(B\r\n'),
  ]);
const quotedPrintable = (bytes: Buffer): string =>
  [...bytes].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
const lines = (text: string, width: number, end = '\r\n'): string =>
  text.replace(new RegExp(`(.{${String(width)}})(?=.)`, 'g'), `$1${end}`);
const mail = (encoding: string, body: string): Buffer =>
  utf8(`Subject: list\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}\r\n--b--\r\n`);
const base64 = (bytes: Buffer): string => bytes.toString('base64');

const spaced = (sign: string): string => card.replace(/(.{4})(?=.)/g, `$1${sign}`);

const encodings: readonly (readonly [string, (text: string) => Buffer])[] = [
  ['UTF-16LE', (text) => littleEndian(`番号 ${text}です`)],
  ['UTF-16LE with a mark', (text) => littleEndian(`\ufeff${text}`)],
  ['UTF-16LE from an odd byte on', (text) => Buffer.concat([utf8('x'), littleEndian(text)])],
  ['UTF-16BE', (text) => bigEndian(`番号 ${text}です`)],
  ['UTF-16BE with a mark', (text) => bigEndian(`\ufeff${text}`)],
  ['UTF-16BE from an odd byte on', (text) => Buffer.concat([utf8('x'), bigEndian(text)])],
  ['UTF-32LE', (text) => utf32(`番号 ${text}です`)],
  ['UTF-32LE with a mark', (text) => utf32(`\ufeff${text}`)],
  ['UTF-32BE', (text) => utf32(`番号 ${text}です`).swap32()],
  ['UTF-32BE from any byte on', (text) => Buffer.concat([utf8('xyz'), utf32(text).swap32()])],
  ['full-width UTF-32', (text) => utf32(wide(text))],
  ['percent-encoding', (text) => utf8(`/q?n=${percent(utf8(text))}&x=1`)],
  ['percent-encoding of full-width digits', (text) => utf8(encodeURIComponent(wide(text)))],
  ['full-width UTF-16', (text) => littleEndian(wide(text))],
  ['full-width UTF-8', (text) => utf8(`番号${wide(text)}です`)],
  ['full-width Shift_JIS', shiftJis],
  ['full-width EUC-JP', eucJp],
  ['full-width ISO-2022-JP', jis],
  ['ASCII behind kana in Shift_JIS', (text) => Buffer.from([0x83, 0x68, ...utf8(text)])],
  ['quoted-printable', (text) => mail('quoted-printable', quotedPrintable(utf8(text)))],
  [
    'quoted-printable, cut into lines',
    (text) => mail('quoted-printable', lines(quotedPrintable(utf8(wide(text))), 12, '=\r\n')),
  ],
  [
    'quoted-printable, digits as they are and the line cut among them',
    (text) => mail('quoted-printable', `caf=C3=A9 ${text.slice(0, 7)}=\n${text.slice(7)}`),
  ],
  ['base64', (text) => mail('base64', base64(utf8(`The number is ${text}.`)))],
  ['base64, cut into lines', (text) => mail('base64', lines(base64(utf8(`No. ${text}.`)), 8))],
  ['base64, quoted', (text) => mail('base64', `> ${lines(base64(utf8(text)), 8, '\r\n> ')}`)],
  ['base64 below a word', (text) => utf8(`attached\n${base64(utf8(text))}`)],
  ['base64 of UTF-16', (text) => mail('base64', base64(littleEndian(text)))],
  ['base64 of Shift_JIS', (text) => mail('base64', base64(shiftJis(text)))],
  ['a data URL', (text) => utf8(`<a href="data:text/plain;base64,${base64(utf8(text))}">`)],
  ['base64url in JSON', (text) => utf8(`{"v":"${utf8(`??>${text}`).toString('base64url')}"}`)],
];

describe('holdsCardNumber()', () => {
  it('is tested with what decoders read as full-width digits', () => {
    expect(new TextDecoder('shift_jis').decode(shiftJis(card))).toBe(`ド${wide(card)}。`);
    expect(new TextDecoder('euc-jp').decode(eucJp(card))).toBe(`ド${wide(card)}。`);
    expect(new TextDecoder('iso-2022-jp').decode(jis(card))).toBe(`ド${wide(card)}\r\n`);
  });

  it.each(encodings)('finds a number in %s, and none with a wrong check digit', (_, encoded) => {
    expect(holdsCardNumber(encoded(card))).toBe(true);
    expect(holdsCardNumber(encoded(wrong))).toBe(false);
  });

  it.each([
    ['no-break spaces', '\u00a0'],
    ['narrow no-break spaces', '\u202f'],
    ['ideographic spaces', '\u3000'],
    ['full-width hyphens', '－'],
    ['dashes', '–'],
    ['minus signs', '−'],
    ['long vowel marks', 'ー'],
  ])('finds one with %s inside, in every encoding that has them', (_, sign) => {
    const text = spaced(sign);
    const found = [utf8(text), utf8(wide(card.slice(0, 4)) + text.slice(4)), littleEndian(text)];
    expect(
      [...found, bigEndian(text), mail('base64', base64(utf8(text)))].map(holdsCardNumber),
    ).toEqual([true, true, true, true, true]);
    expect(holdsCardNumber(utf8(spaced(sign + sign)))).toBe(false);
  });

  it('finds one with the signs of Shift_JIS, EUC-JP and Latin-1 inside', () => {
    const between = (sign: number[]): Buffer =>
      Buffer.concat(
        digits.map((digit, at) => Buffer.from([...(at % 4 || !at ? [] : sign), 0x30 + digit])),
      );
    const signs = [
      [0x81, 0x40],
      [0x81, 0x7c],
      [0x81, 0x5b],
      [0xa1, 0xa1],
      [0xa1, 0xdd],
      [0xa0],
      [0x96],
    ];
    expect(signs.map((sign) => holdsCardNumber(between(sign)))).toEqual(signs.map(() => true));
  });

  it('finds one whose groups switch in and out of ISO-2022-JP', () => {
    const group = (at: number): Buffer => jis(digits.slice(at, at + 4).join('')).subarray(5, -2);
    const groups = [0, 4, 8, 12].map((at) =>
      Buffer.concat([utf8(at > 0 ? '-\x1b$B' : '\x1b$B'), group(at)]),
    );
    expect(holdsCardNumber(Buffer.concat(groups))).toBe(true);
  });

  it('finds one that letters touch, also full-width ones', () => {
    for (const text of [`ax${card}`, `${card}x`, `番号${card}番`]) {
      expect([utf8(text), utf8(wide(text)), littleEndian(text)].map(holdsCardNumber)).toEqual([
        ...[true, true, true],
      ]);
    }
  });

  it('looks behind one layer, not two', () => {
    expect(holdsCardNumber(utf8(base64(utf8(base64(utf8(`No. ${card}`))))))).toBe(false);
  });
});
