import { describe, expect, it } from 'vitest';

import { RECORD_BYTES_MAX } from '../../../src/domain/intake/limits.ts';
import { CardTable } from '../../../src/domain/intake/card-table.ts';
import type { IntakeFault } from '../../../src/domain/intake/errors.ts';
import { ReferenceArena } from '../../../src/domain/intake/reference-arena.ts';
import { sourceSpecSchema } from '../../../src/domain/intake/source-spec.ts';
import { SourceScreener } from '../../../src/domain/intake/source-screener.ts';
import { byteOrderMarks, encodeText } from '../../support/encoded-text.ts';
import { between, cardDigits, seededRandom } from '../../support/seeded-cards.ts';
import { plainScope, refusalOf, screenSource, testRouter } from '../../support/screened-source.ts';

const list = { kind: 'recovered' } as const;
const rng = seededRandom(42);
const card = (): string => cardDigits(rng).join('');
const repeat = (count: number, make: (row: number) => string): string =>
  Array.from({ length: count }, (_, row) => `${make(row)}\n`).join('');

describe('SourceScreener on sources that are none', () => {
  it.each([
    ['an empty file', '', 'nothing'],
    ['only a byte order mark', '\ufeff', 'nothing'],
    ['only line ends', '\n\r\n\n', 'only-blank-lines'],
    ['only a header', 'card_number,expiry\n', 'only-header'],
    ['a header and rows without content', 'card_number,expiry\n,\n , \n', 'only-header'],
  ])('refuses %s', (_name, text, found) => {
    expect(refusalOf(text, list)).toEqual({ code: 'source-empty', facts: { found } });
  });

  it.each([
    ['xlsx', 'PK\x03\x04\x14\0\x06\0........................[Content_Types].xml'],
    ['pdf', '%PDF-1.4\n'],
    ['openpgp-armored', '-----BEGIN PGP MESSAGE-----\n'],
    ['html', '<html><table>'],
  ])('refuses %s by its first bytes', (kind, text) => {
    expect(refusalOf(text, list)).toEqual({ code: 'format-not-text', facts: { looks_like: kind } });
  });

  it('refuses a line of 32 MB after 64 KiB, and a file kind before that', () => {
    const feedAll = (first: string): { code: string; fed: number } => {
      const screener = new SourceScreener(
        { number: 0, spec: sourceSpecSchema.parse(list) },
        ...[
          plainScope,
          testRouter(),
          new CardTable(),
          new ReferenceArena(),
          { finding: () => undefined },
        ],
      );
      const chunk = new Uint8Array(8_192).fill(0x34);
      let fed = 0;
      try {
        screener.feed(new TextEncoder().encode(first));
        for (; fed < 32 * 1_048_576; fed += chunk.length) screener.feed(chunk);
      } catch (error) {
        return { code: (error as IntakeFault).code, fed };
      }
      return { code: 'nothing', fed };
    };
    const plain = feedAll('');
    expect(plain.code).toBe('line-too-long');
    expect(plain.fed).toBeLessThanOrEqual(RECORD_BYTES_MAX + 8_192);
    expect(feedAll('%PDF-1.4').code).toBe('format-not-text');
  });

  it('refuses a long line behind others', () => {
    const text = `${repeat(50_000, card)}${'4'.repeat(RECORD_BYTES_MAX + 1)}\n${card()}\n`;
    const facts = { line: 50_001, max: RECORD_BYTES_MAX };
    expect(refusalOf(text, list)).toEqual({ code: 'line-too-long', facts });
  });

  it('refuses NUL bytes, and says what they look like', () => {
    expect(refusalOf('a,b\n1,\0\n', list)).toEqual({ code: 'nul-bytes', facts: { line: 2 } });
    const utf16 = encodeText('card_number,expiry\n1,2\n', 'utf-16le');
    expect(refusalOf(utf16, list)).toMatchObject({
      code: 'nul-bytes',
      facts: { looks_like: 'utf-16le' },
    });
    expect(
      refusalOf(encodeText(`a\n${card()}\0\n`, 'utf-16le'), { ...list, encoding: 'utf-16le' })
        ?.code,
    ).toBe('nul-bytes');
  });

  it('refuses bytes that are not in the encoding, however late, with line and byte', () => {
    const good = encodeText(`名前,card_number\n${repeat(80_000, () => `あ,${card()}`)}`, 'utf-8');
    const bytes = new Uint8Array(good.length + 3);
    bytes.set(good);
    bytes.set([0x61, 0xff, 0x0a], good.length);
    const facts = { encoding: 'utf-8', line: 80_002, offset: good.length + 1 };
    expect(refusalOf(bytes, list)).toEqual({ code: 'encoding-invalid', facts });
  });

  it('refuses Shift_JIS that begins behind a mebibyte of ASCII instead of reading it half', () => {
    const ascii = encodeText(`name,card_number\n${repeat(60_000, () => `a,${card()}`)}`, 'utf-8');
    const late = encodeText(`あ,${card()}\n`, 'shift_jis');
    const bytes = new Uint8Array(ascii.length + late.length);
    bytes.set(ascii);
    bytes.set(late, ascii.length);
    expect(refusalOf(bytes, list)?.code).toBe('encoding-invalid');
    expect(screenSource(bytes, { ...list, encoding: 'shift_jis' }).tally.cards).toBe(60_001);
  });

  it('refuses UTF-16 with a lone surrogate', () => {
    const text = encodeText(`card_number\n${card()}\n`, 'utf-16le');
    const bytes = Uint8Array.of(0xff, 0xfe, ...text, 0x00, 0xd8, 0x0a, 0x00);
    const facts = { encoding: 'utf-16le', line: 3, offset: text.length + 4 };
    expect(refusalOf(bytes, list)).toEqual({ code: 'encoding-invalid', facts });
  });

  it.each([
    ['quote-unbalanced', `card_number,x\n"${card()},1\n${card()},2\n`],
    ['quote-misplaced', `card_number,x\n${card()}",1\n`],
    ['quote-misplaced', `card_number,x\n"${card()}"1,1\n`],
  ])('refuses %s', (code, text) => {
    expect(refusalOf(text, list)?.code).toBe(code);
  });

  it('refuses two orders of month and year, and values that fit both', () => {
    const dates = (values: readonly string[]): string =>
      `card_number,有効期限\n${repeat(values.length, (row) => `${card()},${values[row]!}`)}`;
    const mixed = refusalOf(dates(['1225', '2512', '']), list);
    expect(mixed).toEqual({
      code: 'expiry-ambiguous',
      facts: { as_month_year: 1, as_year_month: 1, of: 3 },
    });
    expect(refusalOf(dates(['0811', '0912']), list)?.code).toBe('expiry-ambiguous');
    expect(refusalOf(dates(['0811', '0912']), { ...list, expiry_format: 'MMYY' })).toBeUndefined();
    expect(screenSource(dates(['0811', '1225']), list).cards[0]!.expiry).toBe(2011 * 12 + 7);
    expect(screenSource(dates(['0811', '2512']), list).cards[0]!.expiry).toBe(2008 * 12 + 10);
  });

  it('refuses an order of month and year that turns up open behind the head', () => {
    const text = `card_number,有効期限\n${repeat(60_000, () => `${card()},`)}${card()},08/11\n`;
    expect(refusalOf(text, list)?.code).toBe('expiry-ambiguous');
  });
});

describe('SourceScreener on damaged and masked sources', () => {
  const rounded = (): string => `${cardDigits(rng).subarray(0, 15).join('')}0`;

  it('refuses a source that a spreadsheet rounded', () => {
    const text = `card_number\n${repeat(1_000, (row) => (row < 20 ? rounded() : card()))}`;
    const fault = refusalOf(text, list);
    expect(fault?.code).toBe('spreadsheet-damaged-source');
    expect(fault?.facts).toMatchObject({ of: 1_000 });
    const exponents = `card_number\n${repeat(1_000, (row) => (row < 10 ? '4.53915E+15' : card()))}`;
    const facts = { damaged: 10, of: 1_000 };
    expect(refusalOf(exponents, list)).toEqual({ code: 'spreadsheet-damaged-source', facts });
  });

  it('counts little damage', () => {
    const nine = `card_number\n${repeat(20, (row) => (row < 9 ? '4.53915E+15' : card()))}`;
    expect(screenSource(nine, list).tally.excluded).toEqual({ 'spreadsheet-damage': 9 });
    const few = `card_number\n${repeat(1_100, (row) => (row < 10 ? '4.53915E+15' : card()))}`;
    expect(screenSource(few, list).tally.excluded).toEqual({ 'spreadsheet-damage': 10 });
  });

  it('does not call a clean source damaged where every tenth number ends in 0', () => {
    const endingIn = (digit: string): string => {
      let pan = card();
      while (!pan.endsWith(digit)) pan = card();
      return pan;
    };
    const text = `card_number\n${repeat(1_000, (row) => endingIn(String(row % 10)))}`;
    const { tally } = screenSource(text, list);
    expect([tally.cards, tally.excluded]).toEqual([1_000, {}]);
  });

  it('refuses a source that is mostly masked, and counts a few', () => {
    const masked = (count: number, of: number): string =>
      `card_number\n${repeat(of, (row) => (row < count ? `****-****-****-${1000 + row}` : card()))}`;
    const facts = { masked: 11, of: 21 };
    expect(refusalOf(masked(11, 21), list)).toEqual({ code: 'masked-source', facts });
    expect(screenSource(masked(10, 20), list).tally.excluded).toEqual({ 'masked-number': 10 });
    expect(screenSource(masked(9, 9), list).tally.excluded).toEqual({ 'masked-number': 9 });
  });
});

describe('SourceScreener on large sources', () => {
  const pans = Array.from({ length: 45_000 }, (_, row) => (row % 3 === 0 ? 'x' : card()));
  const text = `注文番号,注文日時,店舗,カード番号,有効期限\n${pans.map((pan, row) => `A-${row},2020-02-0${(row % 9) + 1} 12:00,web,${pan},12/25\n`).join('')}`;

  it.each(['utf-8', 'utf-16le', 'shift_jis', 'euc-jp'] as const)(
    'reads %s the same however it is cut',
    (encoding) => {
      const bytes = Buffer.concat([
        Uint8Array.from(byteOrderMarks[encoding] ?? []),
        encodeText(text, encoding),
      ]);
      expect(bytes.length).toBeGreaterThan(2_000_000);
      const whole = screenSource(bytes);
      expect(whole.tally).toMatchObject({
        read: 45_000,
        cards: 30_000,
        excluded: { characters: 15_000 },
        encoding,
      });
      expect(whole.findings[7]).toBe('23 characters');
      const cutter = seededRandom(4);
      const cut = screenSource(bytes, {}, { chunk: () => between(cutter, 1, 60_000) });
      expect(JSON.stringify(cut) === JSON.stringify(whole)).toBe(true);
    },
  );
});
