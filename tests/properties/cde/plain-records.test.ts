import { describe, expect, it } from 'vitest';

import { IssuerClassifier } from '../../../src/cde/classify-cards.ts';
import { LaneMemory } from '../../../src/cde/lane-memory.ts';
import { compilePlainRecords } from '../../../src/cde/plain-orders.ts';
import { PlainRecords } from '../../../src/cde/plain-records.ts';
import { BinTable } from '../../../src/domain/bins/bin-table.ts';
import { HeadCollector } from '../../../src/domain/intake/head-collector.ts';
import { type ReadingRoom, RecordReader } from '../../../src/domain/intake/record-reader.ts';
import {
  RecordRows,
  ROW_KEY_END,
  ROW_KEY_HASH,
  ROW_MERCHANT,
  ROW_NUMBER_HASH,
  ROW_PASSED,
  ROW_REFERENCE_END,
  ROW_REFERENCE_HASH,
  ROW_VERDICT,
  ROW_WORDS,
} from '../../../src/domain/intake/record-rows.ts';
import { RecordScanner } from '../../../src/domain/intake/scanner.ts';
import type { Scope } from '../../../src/domain/intake/scope.ts';
import { sourceSpecSchema } from '../../../src/domain/intake/source-spec.ts';
import { encodeText } from '../../support/encoded-text.ts';
import { plainScope } from '../../support/screened-source.ts';
import { between, cardDigits, seededRandom } from '../../support/seeded-cards.ts';

const csv = [
  'low,high,brand,issuer,country',
  '400000,449999,visa,One,JP',
  '40001200,40001299,,Two,JP',
];
const bins = BinTable.fromCsv(
  new TextEncoder().encode(`${[...csv, '352800,355999,jcb,Three,JP'].join('\n')}\n`),
  '2026-01-01',
);
const rowsMax = 700;
const sizes = { segmentBytes: 256 * 1024, blockRows: rowsMax + 4 };
const memory = new LaneMemory(1, bins.lookup.columns, sizes);
const [places] = memory.lanes;
const plain = new PlainRecords(compilePlainRecords(), memory.memory, places!, memory.tables);

describe('PlainRecords', () => {
  it('writes the rows that RecordReader writes, of 120 sources, and many of them itself', () => {
    let records = 0;
    let own = 0;
    for (let seed = 1; seed <= 120; seed++) {
      const made = makeSource(seededRandom(seed));
      const left = readAll(made, undefined);
      const right = readAll(made, plain);
      expect({ seed, rows: right.rows }).toEqual({ seed, rows: left.rows });
      records += left.rows.length;
      own += right.own;
    }
    expect(own).toBeGreaterThan(records * 0.25);
    expect(own).toBeLessThan(records);
  });
  it('reads every record of a list without anything unusual but those it learns from', () => {
    const rng = seededRandom(7);
    const rows = Array.from(
      { length: 600 },
      (_row, at) => `N${at},2020-02-0${1 + (at % 9)},web,${cardDigits(rng).join('')},1228`,
    );
    const text = ['order_no,ordered_at,channel,card_number,expiry', ...rows, ''].join('\n');
    const made = {
      bytes: new TextEncoder().encode(text),
      spec: sourceSpecSchema.parse({}),
      scope: { ...plainScope, mode: 'drill' as const },
    };
    expect(readAll(made, plain).own).toBeGreaterThanOrEqual(600 - 9);
  });
  it('reads records that stop at their payment, channel or date, and numbers in every form it knows', () => {
    const rng = seededRandom(8);
    const rows = Array.from({ length: 600 }, (_row, at) => {
      const digits = cardDigits(rng).join('');
      const wrapped = `"=""${digits}"""`;
      const spelt = [digits, fullWidth(digits), wrapped, digits.replace(/^.{4}/, '$&-')];
      // More doubled quotes than there is room for.
      const number = at % 40 === 35 ? `"${'""'.repeat(130)}"` : spelt[at % 4]!;
      const channel = at % 7 === 0 ? 'rakuten' : 'web';
      const day = at % 5 === 0 ? '2021-02-01' : '2020-02-01';
      return `N${at},${day},${channel},${number},1228,${at % 3 === 0 ? '代引' : 'カード'}`;
    });
    const text = ['order_no,ordered_at,channel,card_number,expiry,pay', ...rows, ''].join('\n');
    const spec = sourceSpecSchema.parse({
      ...{ order_key: 'order_no', payment_methods: ['カード'] },
      columns: { payment_method: 'pay' },
    });
    const scope = { ...plainScope, mode: 'drill' as const };
    const made = { bytes: encodeText(text, 'shift_jis'), spec, scope };
    const alone = readAll(made, undefined);
    const { rows: shown, own } = readAll(made, plain);
    expect(shown).toEqual(alone.rows);
    expect(own).toBeGreaterThanOrEqual(600 - 15 - 8);
  });
  it('leaves sources to RecordReader whose records it cannot read field by field', () => {
    const text = 'reference,ordered_at,channel\nA1,2020-02-01,web\nA2,2020-02-01,web\n';
    const spec = sourceSpecSchema.parse({ kind: 'references' });
    expect(
      readAll({ bytes: new TextEncoder().encode(text), spec, scope: plainScope }, plain).own,
    ).toBe(0);
  });
});

interface Made {
  readonly bytes: Uint8Array;
  readonly spec: ReturnType<typeof sourceSpecSchema.parse>;
  readonly scope: Scope;
}

/** The rows of a source, as far as somebody reads them, and how many of them the plain records wrote. */
function readAll(
  { bytes, spec, scope }: Made,
  quick: PlainRecords | undefined,
): { rows: string[]; own: number } {
  const collector = new HeadCollector(spec, scope, []);
  collector.take(bytes);
  const { layout, expiryOrder } = collector.decide(true);
  const scanner = new RecordScanner(layout.options, 0);
  const classifier = new IssuerClassifier(bins.lookup);
  const room: ReadingRoom = { spec, scope, layout, expiryOrder, scanner, classifier };
  const reader = new RecordReader(room);
  quick?.begin(room);
  const slot = new Uint8Array(memory.memory.buffer, places!.slots[0], sizes.segmentBytes + 1);
  slot.set(bytes);
  const block = new RecordRows(memory.memory.buffer, sizes.blockRows, places!.blocks[0]);
  block.wipe();
  scanner.readWhole(slot, bytes.length, 0);
  if (layout.header !== undefined) scanner.next();
  let own = 0;
  for (;;) {
    own += quick?.read(scanner, places!.slots[0]!, bytes.length, block) ?? 0;
    if (!scanner.next()) break;
    reader.read(block);
    quick?.learn(scanner);
  }
  const { columns } = layout;
  return {
    rows: shownRows(
      block,
      columns.reference.length > 0,
      spec.one_row_per_item || columns.order_key.length > 0,
    ),
    own,
  };
}

function shownRows(rows: RecordRows, hasReferences: boolean, hasKeys: boolean): string[] {
  return Array.from({ length: rows.count }, (_row, row) => {
    const words = [...rows.words.subarray(row * ROW_WORDS, (row + 1) * ROW_WORDS)];
    const verdict = words[ROW_VERDICT]! & 0xff;
    const text = new TextDecoder('latin1').decode(
      rows.text.slice(rows.textEnd(row - 1), rows.textEnd(row)),
    );
    if (!hasReferences) words[ROW_REFERENCE_HASH] = 0;
    if (!hasKeys) words[ROW_KEY_HASH] = words[ROW_NUMBER_HASH] = 0;
    // Behind the packed number nothing is written where the incident lists no merchants.
    words[ROW_MERCHANT >> 1]! &= 0xffff;
    const hasOrder = hasKeys && words[ROW_KEY_END]! > words[ROW_REFERENCE_END]!;
    const shown =
      verdict === ROW_PASSED
        ? words
        : [
            ...[words[0], words[ROW_REFERENCE_END], words[ROW_KEY_END], words[ROW_VERDICT]],
            // Left as they were where the row keeps no order.
            ...(hasOrder ? [words[ROW_KEY_HASH], words[ROW_NUMBER_HASH]] : []),
          ];
    return [...shown, text].join(' ');
  });
}

const encodings = ['utf-8', 'shift_jis', 'euc-jp'] as const;

const [webWindow] = plainScope.windows;
/** The second with windows that only a list brings orders into, one of them for every channel. */
const windowSets: readonly Scope['windows'][] = [
  plainScope.windows,
  [
    ...plainScope.windows,
    { ...webWindow!, name: 'phone', channels: ['tel'], listedOnly: true },
    {
      ...{ name: 'march', listedOnly: true },
      fromMs: Date.parse('2020-03-10T12:00:00+09:00'),
      toMs: Date.parse('2020-04-10T00:00:00+09:00'),
    },
  ],
];

function fullWidth(digits: string): string {
  return digits.replace(/\d/g, (digit) => String.fromCodePoint(digit.charCodeAt(0) + 0xfee0));
}

/** Sources of all kinds that plain records are asked for: most rows plain, any field of them sometimes not. */
function makeSource(rng: () => number): Made {
  const encoding = encodings[between(rng, 0, 2)]!;
  const end = ['\n', '\r\n', '\r'][between(rng, 0, 2)]!;
  const odd = rng() < 0.5 ? 0.01 : 0.08;
  const hasTimes = rng() < 0.5;
  const rows = Array.from({ length: between(rng, 1, rowsMax) }, (_row, at) =>
    makeRow(rng, at, odd, hasTimes),
  );
  const text = ['order_no,ordered_at,channel,card_number,expiry,pay,memo', ...rows].join(end);
  const whole = `${text}${rng() < 0.5 ? end : ''}`;
  const spec = sourceSpecSchema.parse({
    kind: rng() < 0.2 ? 'recovered' : 'orders',
    one_row_per_item: rng() < 0.4,
    ...(encoding === 'euc-jp' ? { encoding } : {}),
    ...(rng() < 0.3 ? { order_key: 'order_no' } : {}),
    ...(rng() < 0.4
      ? { payment_methods: ['card', 'カード'], columns: { payment_method: 'pay' } }
      : {}),
    ...(rng() < 0.2 ? { time_zone: 'Europe/Berlin' } : {}),
  });
  const mode = rng() < 0.5 ? ('live' as const) : ('drill' as const);
  const scope = { ...plainScope, mode, windows: windowSets[between(rng, 0, 1)]! };
  return { bytes: encodeText(whole, encoding), spec, scope };
}

function makeRow(rng: () => number, at: number, odd: number, hasTimes: boolean): string {
  // As spreadsheets save empty rows; the fields are as empty as those of other records may be.
  if (rng() < odd / 4) return ',,,,, ,';
  const pick = (usual: string, others: readonly string[]): string =>
    rng() < odd ? others[between(rng, 0, others.length - 1)]! : usual;
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `2020-0${between(rng, 1, 4)}-${two(between(rng, 1, 31))}`;
  const time = hasTimes
    ? ` ${two(between(rng, 0, 23))}:${two(between(rng, 0, 59))}:${two(between(rng, 0, 59))}`
    : '';
  const digits = cardDigits(rng).join('');
  const cells = [
    pick(`KC-${between(rng, 1, 400)}`, [
      '',
      ' A1',
      'A1 ',
      "'A1",
      '4111111111111111',
      'ご注文',
      'x'.repeat(260),
      `n${at}`,
    ]),
    pick(`${day}${time}`, [
      '',
      '2020-02-30',
      '20/1/2',
      '2020-03-01T10:00:00',
      '2020-03-01 24:00:00',
      '2020年3月1日',
      `${day} 1:2`,
    ]),
    pick('web', ['', 'WEB', ' web', 'ｗｅｂ', 'rakuten', 'tel', '本店']),
    pick(digits, [
      '',
      `${digits.slice(0, 15)}x`,
      digits.replace(/.$/, (last) => String((Number(last) + 1) % 10)),
      ` ${digits}`,
      '4111111111111111',
      '4000000000000002',
      '4444444444444448',
      '1900550000000000',
      digits.slice(0, 11),
      digits.replace(/(.{4})(?=.)/g, '$1-'),
      digits.replace(/(.{4})(?=.)/g, '$1 '),
      `-${digits} `,
      `${digits}-000`,
      '36000000000008',
      '378282246310005',
      '６２２１',
      fullWidth(digits),
      `${fullWidth(digits.slice(0, 4))} ${digits.slice(4)}`,
      fullWidth(digits).padEnd(80, ' '),
      fullWidth(digits).padEnd(100, ' '),
      fullWidth(digits.slice(0, 15)),
      `="${digits}"`,
      `="${digits}"`,
      ` ="${digits}"`,
      `="${digits}" `,
      `="${digits.slice(0, 11)}"`,
      `="${digits}0000"`,
      `="${digits}""`,
      `"${digits}"`,
      `=${digits}`,
    ]),
    pick(`${two(between(rng, 1, 12))}${between(rng, 20, 34)}`, [
      '',
      '12/28',
      '1328',
      '2028-12',
      'never',
      '12月',
    ]),
    pick('card', ['カード', 'cash', '', ' ', '代引']),
    pick('', ['a"b', 'two\nlines', 'a,b', 'a=b', '^', '漢字ｶﾅ', '①', 'ю', '\t', 'x'.repeat(300)]),
  ];
  return cells.map((cell) => quoted(rng, cell)).join(',');
}

function quoted(rng: () => number, cell: string): string {
  return /[",\n]/.test(cell) || rng() < 0.05 ? `"${cell.replaceAll('"', '""')}"` : cell;
}
