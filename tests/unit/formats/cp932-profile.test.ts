import { execFileSync } from 'node:child_process';

import { describe, expect, it } from 'vitest';

import type { CellInput } from '../../../src/domain/formats/cells.ts';
import { encodeCp932 } from '../../../src/domain/formats/cp932.ts';
import { parseProfile, type ProfileInput } from '../../../src/domain/formats/profile.ts';
import { writtenFile } from '../../support/outgoing-cards.ts';

const pan = '4111111111111111';

function profile(columns: readonly CellInput[], changes: Partial<ProfileInput> = {}) {
  return parseProfile({
    id: 'old-receiver',
    title: 'Old receiver',
    provenance: 'this test',
    shape: 'delimited',
    charset: 'cp932',
    newline: 'crlf',
    delimiter: ',',
    quoting: 'when-needed',
    columns,
    ...changes,
  });
}

/** What a receiver on Windows reads. */
const read = (bytes: Uint8Array): string => new TextDecoder('shift_jis').decode(bytes);

describe('encodeCp932()', () => {
  it('writes every character as iconv writes it that has one place in CP932', () => {
    const lacked: number[] = [];
    for (let point = 0x20; point < 0x1_0000; point++) {
      // DEL is no character; halves of pairs are none either.
      if (point === 0x7f || (point >= 0xd800 && point <= 0xdfff)) continue;
      const character = String.fromCharCode(point);
      const bytes = encodeCp932(character);
      if (bytes === undefined) lacked.push(point);
      // Seven signs are written as their twins; all others come back as they went.
      else if (!'〜−‖—¢£¬'.includes(character)) expect(read(bytes)).toBe(character);
    }
    expect(lacked.length).toBeGreaterThan(50_000);
    const text = 'ﾐﾏﾓﾘ 見守り①②Ⅳ髙﨑 ～－∥ 表能ソ構';
    const iconv = execFileSync('iconv', ['-f', 'UTF-8', '-t', 'CP932'], { input: text });
    expect(Buffer.from(encodeCp932(text)!)).toEqual(iconv);
  });
});

describe('ProfileWriter.chunks() in cp932', () => {
  it('writes texts of cards and batch, literals and titles in it', () => {
    const under = profile([{ field: 'pan' }, { field: 'issuer', title: '発行会社' }], {
      titles: true,
      header: [{ cells: [{ field: 'literal', text: '表' }, { field: 'merchant' }] }],
    });
    const file = writtenFile(under, [{ pan, issuer: '見本カード"ソ"' }], { merchant: '能登屋' });
    expect(read(file)).toBe(`pan,発行会社\r\n表,能登屋\r\n${pan},"見本カード""ソ"""\r\n`);
  });

  it('guards what a spreadsheet takes for a formula, full-width as well', () => {
    const under = profile([{ field: 'pan' }, { field: 'issuer' }]);
    expect(read(writtenFile(under, [{ pan, issuer: '＝見本' }]))).toBe(`${pan},'＝見本\r\n`);
  });

  it('counts bytes of a fixed cell, and cuts no character in two', () => {
    const cell = { field: 'issuer', width: 5, overflow: 'cut' } as const;
    const under = profile([{ field: 'pan', width: 16 }, cell], {
      ...{ shape: 'fixed', delimiter: undefined, quoting: 'never', newline: 'lf' },
    });
    const lines = ['表表表', 'ｱ表表', '表', 'abcdef'].map((issuer) =>
      read(writtenFile(under, [{ pan, issuer }])).slice(16, -1),
    );
    expect(lines).toEqual(['表表 ', 'ｱ表表', '表   ', 'abcde']);
  });

  it.each([
    ['a Korean name', '한국'],
    ['an emoji', 'a😀b'],
    ['Latin with accents', 'Café'],
  ])('refuses %s, or writes question marks', (_what, issuer) => {
    const columns: CellInput[] = [{ field: 'pan' }, { field: 'issuer' }];
    expect(() => writtenFile(profile(columns), [{ pan, issuer }])).toThrow(
      expect.objectContaining({ code: 'text-not-encodable' }),
    );
    const lax = profile(columns, { unencodable: 'question-mark' });
    const expected = Array.from(issuer, (one) => (encodeCp932(one) ? one : '?')).join('');
    expect(read(writtenFile(lax, [{ pan, issuer }]))).toBe(`${pan},${expected}\r\n`);
  });

  it.each([
    ['"|" between cells, which is half of some characters', { delimiter: '|' }, 'delimiter'],
    ['a byte order mark', { byte_order_mark: true }, 'byte_order_mark'],
    [
      'a literal that it lacks',
      { columns: [{ field: 'pan' }, { field: 'literal', text: '한' }] },
      'columns.1.text',
    ],
  ] as [string, Partial<ProfileInput>, string][])('refuses %s', (_what, changes, path) => {
    const columns: CellInput[] = [{ field: 'pan' }, { field: 'issuer' }];
    expect(() => profile(columns, changes)).toThrow(
      expect.objectContaining({
        code: 'profile-invalid',
        facts: { problems: [expect.stringContaining(`${path}: `) as string] },
      }),
    );
  });
});
