import { describe, expect, it } from 'vitest';

import { sensitiveNameKind } from '../../../src/domain/intake/sensitive-names.ts';
import { hasTrackData } from '../../../src/domain/intake/track-data.ts';
import { between, brandSample, cardDigits, seededRandom } from '../../support/seeded-cards.ts';
import { refusalOf } from '../../support/screened-source.ts';

type Rng = () => number;
const list = { kind: 'recovered' } as const;

/** A list of cards with one more column, made by `value`. */
function source(
  header: string | undefined,
  value: (rng: Rng, row: number) => string,
  rows = 40,
  seed = 3,
  brand = 'visa',
): string {
  const rng = seededRandom(seed);
  let text = header === undefined ? '' : `card_number,${header}\n`;
  for (let row = 0; row < rows; row++) {
    text += `${brandSample(rng, brand).join('')},${value(rng, row)}\n`;
  }
  return text;
}

const digits = (rng: Rng, count: number): string =>
  Array.from({ length: count }, () => between(rng, 0, 9)).join('');

describe('sensitiveNameKind()', () => {
  it.each([
    ...[
      'セキュリティコード',
      'セキュリティーコード',
      'CVV',
      'cvv2',
      'CVC',
      'Card CVC',
      'CID',
      '確認番号',
    ],
    ...[
      'security code',
      'Security_Code',
      'ＣＶＶ',
      'カード確認番号',
      'card verification value',
      'CAV2',
      'CSC',
    ],
  ])('knows %s for a security code', (name) => {
    expect(sensitiveNameKind(name)).toBe('security-code');
  });

  it.each(['PIN', 'pin block', '暗証番号', 'PINコード'])('knows %s for a PIN', (name) => {
    expect(sensitiveNameKind(name)).toBe('pin');
  });

  it.each(['track1', 'Track 2', 'track_data', '磁気ストライプ', 'トラック2', 'magstripe'])(
    'knows %s for stripe data',
    (name) => {
      expect(sensitiveNameKind(name)).toBe('track');
    },
  );

  it.each([
    ...[
      'カード番号',
      '有効期限',
      '注文番号',
      'お問い合わせ番号',
      'tracking number',
      'Tracking',
      '追跡番号',
    ],
    ...[
      'Card CVC Status',
      'CVV result',
      'セキュリティコード照合結果',
      'shipping',
      'pinterest',
      'Customer ID',
    ],
    ...['注文確認番号', 'code', 'coupon code', 'track title', 'opinion', ''],
  ])('raises no suspicion about %s', (name) => {
    expect(sensitiveNameKind(name)).toBeUndefined();
  });
});

describe('hasTrackData()', () => {
  const found = (text: string): boolean => {
    const bytes = new TextEncoder().encode(`..${text}..`);
    return hasTrackData(bytes, 2, bytes.length - 2);
  };
  const pan = cardDigits(seededRandom(1)).join('');

  it.each([
    `%B${pan}^TARO/YAMADA^25121010000`,
    `B${pan}^TARO^2512`,
    `%B${pan.slice(0, 4)} ${pan.slice(4, 8)} ${pan.slice(8)}^T^25`,
    `;${pan}=25121010000?`,
    `${pan}=2512`,
    `memo ;${pan}=2512 more`,
    `x=1;${pan}=2512101`,
  ])('finds the beginning of a track', (text) => {
    expect(found(text)).toBe(true);
  });

  it.each([
    ...['', pan, `="${pan}"`, `${pan}=`, `${pan}=251`, `card=${pan}`, `${pan}^`, 'a^b', 'x=2512'],
    ...[`https://example.test/?id=${pan}&x=1234`, `${pan}${pan}=2512`, `${pan.slice(0, 11)}=2512`],
    ...[`C${pan}^`, `${pan} = 2512`, 'B4111^25'],
  ])('leaves other text alone', (text) => {
    expect(found(text)).toBe(false);
  });
});

describe('SourceScreener and sensitive data', () => {
  it('refuses a named column, with its place, name and counts', () => {
    const facts = {
      column: 2,
      header: 'セキュリティコード',
      kind: 'security-code',
      hits: 39,
      of: 40,
    };
    const text = source('セキュリティコード', (rng, row) => (row === 5 ? '' : digits(rng, 3)));
    expect(refusalOf(text, list)).toEqual({ code: 'sensitive-data', facts });
  });

  it('refuses a named column even if nothing stands in it', () => {
    expect(
      refusalOf(
        source('CVV', () => ''),
        list,
      ),
    ).toMatchObject({ code: 'sensitive-data', facts: { hits: 0 } });
  });

  it.each([
    ['ignored by name', { ignore_columns: ['cvv'] }],
    ['ignored by position', { ignore_columns: ['#2'] }],
    ['declared not sensitive', { not_sensitive: ['CVV'] }],
  ])('reads on where the column is %s', (_name, more) => {
    expect(
      refusalOf(
        source('CVV', (rng) => digits(rng, 3)),
        { ...list, ...more },
      ),
    ).toBeUndefined();
  });

  it.each([
    ['no header', undefined],
    ['an empty name', ''],
    ['a name that says nothing', 'column2'],
    ['a name a program gave', 'Unnamed: 2'],
  ])('refuses codes in a column with %s', (_name, header) => {
    for (let seed = 1; seed <= 30; seed++) {
      const fault = refusalOf(
        source(header, (rng) => digits(rng, 3), 60, seed),
        list,
      );
      expect(fault).toMatchObject({
        code: 'sensitive-data',
        facts: { column: 2, kind: 'security-code' },
      });
    }
  });

  it('refuses four digits beside American Express cards only', () => {
    const codes = (rng: Rng): string => digits(rng, 4);
    expect(refusalOf(source(undefined, codes, 60, 5, 'american-express'), list)?.code).toBe(
      'sensitive-data',
    );
    expect(refusalOf(source(undefined, codes, 60, 5, 'visa'), list)).toBeUndefined();
  });

  it('sees codes among empty fields', () => {
    const some = (rng: Rng, row: number): string => (row % 3 === 0 ? digits(rng, 3) : '');
    expect(refusalOf(source(undefined, some, 120), list)).toMatchObject({
      facts: { hits: 40, of: 120 },
    });
  });

  it.each<[string, (rng: Rng, row: number) => string]>([
    ['quantities', (rng) => `00${between(rng, 1, 3)}`],
    ['prices', (rng) => `${between(rng, 1, 9)}${pick(rng, ['00', '50', '80', '98'])}`],
    ['prices that end in anything', (rng) => String(between(rng, 100, 999))],
    ['prefectures', (rng) => String(between(rng, 1, 47)).padStart(3, '0')],
    ['status ids', (rng) => pick(rng, ['100', '200', '301', '404'])],
    ['ids in order', (_rng, row) => String(100 + row)],
    ['amounts of all lengths', (rng) => String(between(rng, 0, 20_000))],
    [
      'months and years',
      (rng) => `${String(between(rng, 1, 12)).padStart(2, '0')}2${between(rng, 5, 9)}`,
    ],
    ['the same three digits', () => '123'],
    ['words', (rng) => pick(rng, ['web', 'tel', 'fax'])],
    ['codes with one word between them', (rng, row) => (row === 30 ? 'n/a' : digits(rng, 3))],
  ])('does not take %s for codes', (_name, value) => {
    for (let seed = 1; seed <= 20; seed++) {
      expect(
        refusalOf(source(undefined, value, 80, seed), { ...list, expiry_format: 'MMYY' }),
      ).toBeUndefined();
    }
  });

  it('does not judge columns whose name says what they hold', () => {
    expect(
      refusalOf(
        source('郵便番号1', (rng) => digits(rng, 3), 100),
        list,
      ),
    ).toBeUndefined();
  });

  it('says nothing about fewer than ten values', () => {
    expect(
      refusalOf(
        source(undefined, (rng) => digits(rng, 3), 9),
        list,
      ),
    ).toBeUndefined();
  });

  it('refuses stripe data in any column, also one declared not sensitive', () => {
    const memo = (rng: Rng, row: number): string =>
      row === 7 ? `;${cardDigits(rng).join('')}=2512101` : 'x';
    const facts = { column: 2, header: 'memo', kind: 'track', hits: 1, of: 40 };
    expect(refusalOf(source('memo', memo), list)).toEqual({ code: 'sensitive-data', facts });
    expect(refusalOf(source('memo', memo), { ...list, not_sensitive: ['memo'] })?.code).toBe(
      'sensitive-data',
    );
    expect(refusalOf(source('memo', memo), { ...list, ignore_columns: ['memo'] })).toBeUndefined();
  });

  it('refuses a list of tracks', () => {
    const rng = seededRandom(9);
    const tracks = (make: (pan: string) => string): string =>
      Array.from({ length: 20 }, () => `${make(cardDigits(rng).join(''))}\n`).join('');
    expect(
      refusalOf(
        tracks((pan) => `%B${pan}^YAMADA/TARO^2512101`),
        list,
      )?.code,
    ).toBe('sensitive-data');
    expect(
      refusalOf(
        tracks((pan) => `;${pan}=25121010000?`),
        { ...list, format: 'lines' },
      )?.code,
    ).toBe('sensitive-data');
  });

  it('refuses stripe data far behind the first thousand records', () => {
    const late = (rng: Rng, row: number): string =>
      row === 29_999 ? `${cardDigits(rng).join('')}=25121` : 'x';
    const text = source('memo', late, 30_000);
    expect(text.length).toBeGreaterThan(500_000);
    expect(refusalOf(text, list)).toMatchObject({
      code: 'sensitive-data',
      facts: { column: 2, of: 30_000 },
    });
  });

  it('never says what it found', () => {
    const fault = refusalOf(
      source('CVV', () => '987'),
      list,
    );
    expect(JSON.stringify(fault)).not.toContain('987');
  });
});

function pick<T>(rng: Rng, from: readonly T[]): T {
  return from[between(rng, 0, from.length - 1)]!;
}
