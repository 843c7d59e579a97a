import { describe, expect, it } from 'vitest';
import { builtinProfiles } from '../../../src/domain/formats/builtin-profiles.ts';
import type { CellInput } from '../../../src/domain/formats/cells.ts';
import { CHUNK_BYTES, ProfileWriter } from '../../../src/domain/formats/profile-writer.ts';
import {
  parseProfile,
  type Profile,
  type ProfileInput,
} from '../../../src/domain/formats/profile.ts';
import {
  batchFacts,
  joinedChunks,
  outgoingCards,
  writtenFile,
  type TestCard,
} from '../../support/outgoing-cards.ts';

const pan = '4111111111111111';
const textOf = (profile: Profile, cards: readonly TestCard[], changes = {}) =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(writtenFile(profile, cards, changes));

function profile(columns: readonly CellInput[], changes: Partial<ProfileInput> = {}): Profile {
  return parseProfile({
    id: 'under-test',
    title: 'Under test',
    provenance: 'this test',
    shape: 'delimited',
    charset: 'utf-8',
    newline: 'lf',
    delimiter: ',',
    quoting: 'when-needed',
    columns,
    ...changes,
  });
}

const builtin = (id: string) => builtinProfiles.find((candidate) => candidate.id === id)!;

describe('ProfileWriter.chunks()', () => {
  it.each([
    ['MMYY', '0627'],
    ['YYMM', '2706'],
    ['MM/YY', '06/27'],
    ['YYYY-MM', '2027-06'],
    ['YYYYMM', '202706'],
  ])('writes an expiry date as %s', (format, expected) => {
    const under = profile([{ field: 'pan' }, { field: 'expiry', format }]);
    expect(textOf(under, [{ pan, expiry: '2027-06' }])).toBe(`${pan},${expected}\n`);
    expect(textOf(under, [{ pan }])).toBe(`${pan},\n`);
  });

  it('writes months and years apart, December and two-digit years included', () => {
    const under = profile([
      { field: 'expiry_month' },
      { field: 'expiry_year' },
      { field: 'expiry_year', format: 'YYYY' },
      { field: 'pan' },
    ]);
    expect(textOf(under, [{ pan, expiry: '2009-12' }])).toBe(`12,09,2009,${pan}\n`);
  });

  it.each([
    ['Asia/Tokyo', '2020-04-08T15:00:00Z', '2020-04-09'],
    ['Asia/Tokyo', '2020-04-08T14:59:59.999Z', '2020-04-08'],
    ['UTC', '2020-12-31T23:59:59Z', '2020-12-31'],
    ['America/New_York', '2020-03-08T06:59:00Z', '2020-03-08'],
    ['America/New_York', '2020-11-02T04:30:00Z', '2020-11-01'],
    ['Pacific/Apia', '2011-12-30T10:30:00Z', '2011-12-31'],
    ['Asia/Tokyo', '1999-02-28T20:00:00Z', '1999-03-01'],
  ])('writes the day in %s of %s', (timeZone, firstSeen, expected) => {
    const under = profile([{ field: 'pan' }, { field: 'first_seen' }, { field: 'last_seen' }]);
    expect(textOf(under, [{ pan, firstSeen }], { timeZone })).toBe(`${pan},${expected},\n`);
  });

  it('truncates like everywhere: first 6 and last 4, short numbers the last 4', () => {
    const under = profile([{ field: 'truncated_pan' }], { masked: true });
    const cards = [{ pan }, { pan: '378282246310005' }, { pan: '30569309025904' }];
    expect(textOf(under, cards)).toBe('411111******1111\n378282*****0005\n**********5904\n');
  });

  it('writes what a drill is into the header, and the truth into a live one', () => {
    const under = builtin('pan-expiry-reference');
    expect(textOf(under, []).startsWith('TEST,')).toBe(true);
    expect(textOf(under, [], { mode: 'live' }).startsWith('LIVE,')).toBe(true);
    const header = builtin('fixed-120');
    expect(textOf(header, []).slice(0, 5)).toBe('1TEST');
  });

  it('says that a waiver is asked for where it is, and leaves the cell empty where not', () => {
    const under = profile([{ field: 'pan' }], {
      header: [{ cells: [{ field: 'waiver_request' }] }],
    });
    expect(textOf(under, [], { requestsWaiver: true })).toBe('WAIVER-REQUESTED\n');
    expect(textOf(under, [])).toBe('\n');
  });

  it('counts cards and records', () => {
    const lines = textOf(builtin('header-detail-trailer'), [{ pan }, { pan }]).split('\r\n');
    expect(lines.at(-2)).toBe('T,2,4');
    const under = profile([{ field: 'sequence' }, { field: 'pan' }], {
      header: [{ cells: [{ field: 'sequence' }] }],
    });
    expect(textOf(under, [{ pan }])).toBe(`1\n2,${pan}\n`);
  });

  it('writes records of exactly 120 bytes in fixed-120, whatever the cards are', () => {
    const cards: TestCard[] = [
      { pan: '1234567890123456789', expiry: '2099-12', reference: 9_999_999_998 },
      { pan: '123456789012', firstSeen: '2020-01-01T00:00:00Z' },
    ];
    const records = textOf(builtin('fixed-120'), cards).split('\r\n');
    expect(records.pop()).toBe('');
    expect(records.map((record) => record.length)).toEqual([120, 120, 120, 120, 120]);
    expect(records.map((record) => record[0])).toEqual(['1', '2', '2', '8', '9']);
    expect(records[3]!.slice(1, 11)).toBe('0000000002');
  });

  it('gives the same bytes whatever the file is cut into, and no chunk larger than it says', () => {
    const count = 40_000;
    const numbers = Array.from({ length: 10 }, (_, digit) => String(digit).repeat(16));
    const cards = Array.from({ length: count }, (_, index) => ({ pan: numbers[index % 10]! }));
    const writer = new ProfileWriter(builtin('fixed-120'), batchFacts(count));
    const lengths: number[] = [];
    for (const chunk of writer.chunks(outgoingCards(cards))) lengths.push(chunk.length);
    expect(lengths.length).toBeGreaterThan(10);
    expect(lengths.slice(0, -1).every((length) => length > CHUNK_BYTES / 2)).toBe(true);
    expect(lengths.every((length) => length <= CHUNK_BYTES)).toBe(true);
    expect(writer.written).toBe(count);
    const text = new TextDecoder().decode(joinedChunks(writer, outgoingCards(cards)));
    expect(text.length).toBe((count + 3) * 122);
    for (const index of [0, 511, 512, 2148, 2149, 20_000, count - 1]) {
      const record = text.slice(122 * (index + 1), 122 * (index + 2));
      const start = `2${String(index + 1).padStart(10, '0')}16${numbers[index % 10]!}   `;
      expect(record.slice(0, start.length)).toBe(start);
      expect(record.slice(-3)).toBe(' \r\n');
    }
  });

  it('uses one piece of memory for all chunks, and zeroes it at the end', () => {
    const cards = Array.from({ length: 40_000 }, () => ({ pan }));
    const writer = new ProfileWriter(builtin('pan-list'), batchFacts(cards.length));
    const seen: Uint8Array[] = [];
    for (const chunk of writer.chunks(outgoingCards(cards))) {
      expect(chunk[0]).toBe(0x34);
      seen.push(chunk);
    }
    expect(new Set(seen.map(({ buffer }) => buffer)).size).toBe(1);
    expect(new Uint8Array(seen[0]!.buffer).every((byte) => byte === 0)).toBe(true);
  });

  it('writes cards in the order it is given, and their runs of issuers', () => {
    const under = profile(
      [{ field: 'record_reference' }, { field: 'brand' }, { field: 'issuer' }],
      {
        masked: true,
      },
    );
    const cards = outgoingCards([
      { pan, brand: 'Visa' },
      { pan, brand: 'JCB' },
      { pan, brand: 'Visa' },
    ]);
    const order = Int32Array.of(1, 0, 2);
    const issuers = [
      { issuer: 'A', end: 1 },
      { issuer: '', end: 3 },
    ];
    const writer = new ProfileWriter(under, batchFacts(3));
    const text = new TextDecoder().decode(joinedChunks(writer, { ...cards, order, issuers }));
    expect(text).toBe('0000000001,JCB,A\n0000000002,Visa,\n0000000003,Visa,\n');
  });

  it.each([12, 13, 14, 15, 16, 17, 18, 19])('writes numbers of %i digits', (length) => {
    const number = '9876543210987654321'.slice(0, length);
    const under = profile([{ field: 'pan' }, { field: 'pan_length' }]);
    expect(textOf(under, [{ pan: number }])).toBe(`${number},${length}\n`);
  });

  it('writes record references of up to ten digits', () => {
    const under = profile([{ field: 'pan' }, { field: 'record_reference' }]);
    const cards = [{ pan, reference: 9_999_999_998 }, { pan }];
    expect(textOf(under, cards)).toBe(`${pan},9999999998\n${pan},9999999999\n`);
    expect(() => writtenFile(under, [...cards, { pan }])).toThrow(
      expect.objectContaining({
        code: 'number-too-large',
        facts: expect.objectContaining({ record: 3 }) as object,
      }) as Error,
    );
  });

  it.each<[string, string]>([
    ['=1+1', "'=1+1"],
    ['+81 3', "'+81 3"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1', "'＝1"],
    ['  =1', '"\'  =1"'],
    ['\t=1', "' =1"],
    ['A-1', 'A-1'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['two\r\nlines', 'two  lines'],
    ['見本', '見本'],
    ['', ''],
  ])('writes the text %j as %j', (orderReference, expected) => {
    const under = profile([{ field: 'order_reference' }, { field: 'pan' }]);
    expect(textOf(under, [{ pan, orderReference }])).toBe(`${expected},${pan}\n`);
  });

  it.each(['pan', 'truncated_pan'] as const)(
    'writes a %s of odd length that fills the last cell of a record without newline',
    (field) => {
      const cells = [
        { field: 'sequence', width: 6, align: 'right', fill: '0' },
        { field, width: 15 },
      ] as const;
      const under = profile([...cells], {
        ...{ shape: 'fixed', newline: 'none', quoting: 'never', delimiter: undefined },
        ...(field === 'pan' ? {} : { masked: true }),
      });
      const amex = '378282246310005';
      const shown = field === 'pan' ? amex : '378282*****0005';
      const file = textOf(under, [{ pan: amex }, { pan: amex }, { pan: amex }]);
      expect(file).toBe(`000001${shown}000002${shown}000003${shown}`);
    },
  );

  it('quotes everything when asked, numbers once', () => {
    const columns: CellInput[] = [
      { field: 'pan', title: 'a "b"' },
      { field: 'issuer' },
      { field: 'order_reference', title: 'o' },
    ];
    const under = profile(columns, { quoting: 'always', titles: true, newline: 'crlf' });
    const expected = `"a ""b""","issuer","o"\r\n"${pan}","B",""\r\n`;
    expect(textOf(under, [{ pan, issuer: 'B' }])).toBe(expected);
  });

  it.each<[string, Partial<ProfileInput>, string, string]>([
    ['ascii', { charset: 'ascii' }, '見本 A', '?? A'],
    ['no quotes', { quoting: 'never' }, 'a,"b"', 'a??b?'],
  ])(
    'refuses what it cannot write, or writes question marks: %s',
    (_, changes, issuer, expected) => {
      const columns: CellInput[] = [{ field: 'pan' }, { field: 'issuer' }];
      const strict = profile(columns, changes);
      expect(() =>
        writtenFile(strict, [
          { pan, issuer: 'A' },
          { pan, issuer },
        ]),
      ).toThrow(
        expect.objectContaining({
          code: 'text-not-encodable',
          facts: expect.objectContaining({ field: 'issuer', record: 2 }) as object,
        }) as Error,
      );
      const lenient = profile(columns, { ...changes, unencodable: 'question-mark' });
      expect(textOf(lenient, [{ pan, issuer }])).toBe(`${pan},${expected}\n`);
    },
  );

  it('cuts text where the profile says so, never inside a character', () => {
    const cut = (width: number) =>
      profile(
        [
          { field: 'pan', width: 16 },
          { field: 'issuer', width, overflow: 'cut' },
        ],
        {
          shape: 'fixed',
          delimiter: undefined,
          quoting: 'never',
        },
      );
    expect(textOf(cut(4), [{ pan, issuer: '見本' }])).toBe(`${pan}見 \n`);
    expect(textOf(cut(6), [{ pan, issuer: '見本' }])).toBe(`${pan}見本\n`);
  });

  it.each<[string, CellInput, TestCard]>([
    ['text-too-long', { field: 'issuer', width: 3 }, { pan, issuer: 'Long' }],
    ['number-too-large', { field: 'sequence', width: 1 }, { pan }],
    ['number-too-large', { field: 'record_reference', width: 10 }, { pan, reference: 1e10 }],
    ['number-too-large', { field: 'record_reference', width: 10 }, { pan, reference: -1 }],
  ])('throws %s for what does not fit its cell', (code, cell, card) => {
    const under = profile([{ field: 'pan', width: 16 }, cell], {
      shape: 'fixed',
      delimiter: undefined,
      quoting: 'never',
    });
    const cards = Array.from({ length: 10 }, () => card);
    expect(() => writtenFile(under, cards)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('throws text-too-long above its limit in delimited profiles', () => {
    const under = profile([{ field: 'pan' }, { field: 'issuer' }]);
    expect(() => writtenFile(under, [{ pan, issuer: 'x'.repeat(1025) }])).toThrow(
      expect.objectContaining({ code: 'text-too-long' }) as Error,
    );
  });

  it('refuses more cards than the profile takes, and a count the header would contradict', () => {
    const under = profile([{ field: 'pan' }], { max_cards: 1 });
    expect(() => writtenFile(under, [{ pan }, { pan }])).toThrow(
      expect.objectContaining({ code: 'too-many-records' }) as Error,
    );
    const writer = new ProfileWriter(builtin('pan-list'), batchFacts(2));
    expect(() => [...writer.chunks(outgoingCards([{ pan }]))]).toThrow(RangeError);
  });
});
