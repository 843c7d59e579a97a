import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { encodeCp932 } from '../support/cp932.ts';
import { inLanes } from '../support/lanes.ts';
import { failingNumber, wrongNumbers } from '../support/order-numbers.ts';
import { cardDigits, seededRandom } from '../support/seeded-cards.ts';
import { Kit } from '../support/workspace-kit.ts';

const { 'spreadsheet-damage': damaged } = wrongNumbers;
const rng = seededRandom(404);
const made: string[] = [];

/** A number that must never be printed. */
function number(prefix = '490010', wish: { length?: number } = {}): string {
  const digits = cardDigits(rng, { prefix, ...wish }).join('');
  made.push(digits);
  return digits;
}

const header = 'order id,ordered at,channel,card number,expiry';
const rowOf = (card: string, place = 1): string => `${place},2020-01-05,web,${card},12/30`;
const list = (cards: readonly string[]): string => `${[header, ...cards.map(rowOf)].join('\n')}\n`;
const good = (count: number): string => list(Array.from({ length: count }, () => number()));
const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part as string))));

/** Like security codes: three digits that use every digit everywhere. */
const codes = Array.from({ length: 60 }, (_, place) =>
  String((place * 379 + 7) % 1_000).padStart(3, '0'),
);
const withColumn = (name: string, values: readonly string[]): string =>
  [`${header},${name}`, ...values.map((value) => `${rowOf(number())},${value}`)].join('\n');
const trackTwo = (): string => `;${number()}=30121011000012345678?`;

const incidents = ['shop-a-2020', 'shop-b-2020'];

let kit: Kit;

beforeAll(async () => {
  kit = await Kit.create({ opens: 'credential' });
  for (const incident of incidents) await kit.openIncident(incident);
});

afterAll(() => kit.dispose());

type Refusal = readonly [string, string, () => Uint8Array | string, (readonly string[])?];

const refusals: readonly Refusal[] = [
  ['an empty file', 'source-empty', () => ''],
  ['a header alone', 'source-empty', () => `${header}\r\n`],
  ['an unbalanced quote', 'quote-unbalanced', () => `${good(3)}4,2020-01-05,"web,${number()},\n`],
  ['a line of 32 MB', 'line-too-long', () => number().repeat(2_000_000)],
  ['NUL bytes', 'nul-bytes', () => bytes(good(3), [0, 0], good(1))],
  [
    'bytes that are no UTF-8, where UTF-8 was declared',
    'encoding-invalid',
    () => bytes(good(2), `9,2020-01-05,web,${number()},`, [0xff, 0xfe, 0x0a]),
    ['--encoding', 'utf-8'],
  ],
  [
    'half a Shift_JIS character',
    'encoding-invalid',
    () => bytes(`${header},name\n${rowOf(number())},`, [...encodeCp932('髙橋表示'), 0x81, 0x0a]),
    ['--encoding', 'shift_jis'],
  ],
  [
    'no column for the number',
    'column-missing',
    () => `order id,ordered at,channel,amount\n1,2020-01-05,web,${number()}\n`,
  ],
  ['a column that is not there', 'column-missing', () => good(3), ['--columns', 'pan=PAN']],
  [
    'expiry dates that can be read two ways',
    'expiry-ambiguous',
    () => list([number(), number()]).replaceAll('12/30', '05/06'),
  ],
  ['a column named CVV', 'sensitive-data', () => withColumn('CVV2', ['', '123'])],
  [
    'a column named セキュリティコード',
    'sensitive-data',
    () => withColumn('セキュリティコード', codes),
  ],
  [
    'security codes without a header',
    'sensitive-data',
    () => codes.map((code) => `${rowOf(number())},${code}`).join('\n'),
    ['--columns', 'pan=#4,ordered_at=#2,channel=#3'],
  ],
  ['stripe data in a memo', 'sensitive-data', () => withColumn('memo', ['', trackTwo()])],
  [
    'stripe data far behind the head',
    'sensitive-data',
    () =>
      `${withColumn(
        'memo',
        Array.from({ length: 30_000 }, () => ''),
      )}\n${rowOf(number())},${trackTwo()}\n`,
  ],
  [
    'mostly masked numbers',
    'masked-source',
    () => list(Array.from({ length: 20 }, () => `************${number().slice(-4)}`)),
  ],
  [
    'what a spreadsheet made of numbers',
    'spreadsheet-damaged-source',
    () =>
      list([
        ...Array.from({ length: 12 }, () => damaged(rng)),
        ...Array.from({ length: 80 }, () => number()),
      ]),
  ],
  ['a PDF', 'format-not-text', () => `%PDF-1.7\n${number()}\n`],
  [
    'an Excel workbook',
    'format-not-text',
    () => bytes('PK', [3, 4, 20, 0, 6, 0, 8, 0], '    [Content_Types].xml', number()),
  ],
];

describe('handoff prepare refuses', () => {
  let before: string[];
  let outcomes: readonly { readonly status: number; readonly code: string }[];

  beforeAll(async () => {
    before = kit.traces();
    // An incident takes one prepare at a time, so each lane has its own.
    outcomes = await inLanes(refusals, incidents, ([, , content, more = []], incident, place) => {
      const file = kit.put(`source-${place}.csv`, content());
      return kit.refused(kit.prepare(incident, [file], more));
    });
  });

  afterEach(() => {
    expect(kit.traces()).toEqual(before);
  });

  for (const [place, [what, code]] of refusals.entries()) {
    it(`${what}: ${code}, exit 65`, () => {
      expect(outcomes[place]).toEqual({ status: 65, code });
    });
  }

  it('the wrong delimiter: column-missing, exit 65', async () => {
    const spec = kit.put('semicolons.toml', 'delimiter = ","\n');
    const file = kit.put('delimited.csv', good(3).replaceAll(',', ';'));
    const refused = await kit.refused(kit.prepare('shop-a-2020', [`${file}=${spec}`]));
    expect(refused).toEqual({ status: 65, code: 'column-missing' });
  });

  it('a good source beside a bad one: nothing of either is kept', async () => {
    const sources = [kit.put('good.csv', good(40)), kit.put('bad.csv', `${good(2)}"`)];
    const refused = await kit.refused(kit.prepare('shop-a-2020', sources));
    expect(refused).toEqual({ status: 65, code: 'quote-unbalanced' });
  });

  it.each(['en', 'ja'])('one of several sources by its name, in %s', async (language) => {
    const sources = [kit.put('list-1.csv', good(40)), kit.put('list-2.csv', `${good(2)}"`)];
    const command = kit.prepare('shop-a-2020', sources);
    const { stderr } = await kit.run(['--lang', language, ...command]);
    expect(stderr).toContain('list-2.csv');
    expect(stderr).not.toContain('list-1.csv');
  });

  it('the same file twice: source-repeated, exit 65', async () => {
    const bytesOfList = good(40);
    const sources = [kit.put('list-1.csv', bytesOfList), kit.put('list-2.csv', bytesOfList)];
    const refused = await kit.refused(kit.prepare('shop-a-2020', sources));
    expect(refused).toEqual({ status: 65, code: 'source-repeated' });
  });

  it('a source that is not there, or is a folder: exit 66', async () => {
    const missing = await kit.refused(kit.prepare('shop-a-2020', ['/nowhere/orders.csv']));
    expect(missing).toEqual({ status: 66, code: 'source-missing' });
    const folder = await kit.refused(kit.prepare('shop-a-2020', [kit.desk.folder]));
    expect(folder).toEqual({ status: 66, code: 'source-not-a-file' });
  });

  it('leaves no handoff, and each refusal in the log as a position and a code', async () => {
    expect((await kit.done(['handoff', 'list'])).handoffs).toEqual([]);
    const { entries } = await kit.done(['audit', 'tail', '--entries', '100']);
    const logged = entries.filter(
      ({ leaf }: { leaf: { act: string } }) => leaf.act === 'handoff-prepare-refused',
    );
    expect(logged).toHaveLength(refusals.length + 7);
    const keys = logged.flatMap(({ leaf }: { leaf: { data: object } }) => Object.keys(leaf.data));
    expect([...new Set(keys)].sort()).toEqual(['code', 'column', 'incident', 'line', 'source']);
  });
});

describe('handoff prepare --dry-run', () => {
  it('--ignore-column drops what was refused, unread', async () => {
    const file = kit.put('ignored.csv', withColumn('CVV2', codes));
    const args = kit.prepare('shop-a-2020', [file], ['--dry-run', '--ignore-column', '#6']);
    expect((await kit.done(args)).cards).toBe(codes.length);
  });

  it('counts what single records are refused for, and stores nothing', async () => {
    const before = kit.traces();
    const arabic = number().replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
    const cards = [
      ...[number(), number('4900', { length: 12 }), number('6221', { length: 20 })],
      ...[`${number()}A`, arabic, `${number().slice(0, 15)}l`],
      ...[failingNumber(rng, '510500'), '4.90012E+15', damaged(rng)],
      ...[number('99'), number('6011'), `490010******${number().slice(-4)}`],
    ];
    const rows = cards.map(rowOf);
    rows.push(rowOf(number()).replace('2020-01-05', ''), rowOf(number()).replace('-05', '-45'));
    rows.push(rowOf(number()).replace('web', 'fair'), rowOf(number()).replace('web', 'yahoo'));
    rows.push(rowOf(number()).replace('2020', '2018'), rowOf('4242424242424242'));
    const file = kit.put('single.csv', [header, ...rows].join('\r\n'));
    const prepared = await kit.done(kit.prepare('shop-a-2020', [file], ['--dry-run']));
    expect([prepared.dryRun, prepared.read, prepared.cards]).toEqual([true, rows.length, 1]);
    expect(prepared.excluded).toEqual({
      ...{ length: 2, characters: 3, luhn: 1, 'spreadsheet-damage': 2, 'masked-number': 1 },
      ...{ 'excluded-channel': 1, 'outside-window': 1 },
    });
    expect(prepared.held).toEqual({
      ...{ 'unknown-brand': 1, 'no-recipient': 1, 'date-missing': 1, 'date-unreadable': 1 },
      ...{ 'unknown-channel': 1, 'test-number': 1 },
    });
    expect(kit.traces()).toEqual(before);
    expect((await kit.done(['handoff', 'list'])).handoffs).toEqual([]);
  });

  it('takes a clean list in which every tenth number ends in 0', async () => {
    const cards = Array.from({ length: 400 }, () => number());
    const zeros = cards.filter((digits) => digits.endsWith('0')).length;
    expect(zeros).toBeGreaterThan(20);
    const prepared = await kit.done(
      kit.prepare('shop-a-2020', [kit.put('zeros.csv', list(cards))], ['--dry-run']),
    );
    expect([prepared.cards, prepared.excluded]).toEqual([400, {}]);
  });

  it('reads UTF-16, EUC-JP and lone CR alike, several sources at once', async () => {
    const [first, second, third] = [20, 1, 30].map((count) =>
      Array.from({ length: count }, () => number()),
    );
    const utf16 = Buffer.from(`\uFEFF${list(first!)}`, 'utf16le');
    const row = rowOf(second![0]!);
    const eucJp = bytes(`${header},memo\n`, row, ',', [0xc3, 0xed, 0xca, 0xb8, 0x0a]);
    const sources = [
      kit.put('utf16.csv', utf16),
      `${kit.put('euc.csv', eucJp)}=${kit.put('euc.toml', 'encoding = "euc-jp"\n')}`,
      kit.put('cr.csv', list(third!).replaceAll('\n', '\r')),
    ];
    const prepared = await kit.done(kit.prepare('shop-a-2020', sources, ['--dry-run']));
    expect([prepared.cards, prepared.read]).toEqual([51, 51]);
  });

  it('reads one number per line', async () => {
    const cards = Array.from({ length: 30 }, () => number());
    const file = kit.put('lines.txt', `${cards.join('\n')}\n`);
    const more = ['--dry-run', '--kind', 'recovered', '--format', 'lines'];
    expect((await kit.done(kit.prepare('shop-a-2020', [file], more))).cards).toBe(30);
  });
});

describe('what was printed', () => {
  it('holds no number of any source, however it was refused', async () => {
    const file = kit.put('screens.csv', withColumn('CVV2', codes));
    const args = kit.prepare('shop-a-2020', [file]);
    expect((await kit.run(['--lang', 'ja', ...args])).status).toBe(65);
    const everything = kit.desk.printed.join('\n').normalize('NFKC').replace(/[ -]/g, '');
    expect(made.filter((digits) => everything.includes(digits))).toEqual([]);
    expect(made.length).toBeGreaterThan(1_000);
  });
});
