import { describe, expect, it } from 'vitest';

import { decideLayout, type SourceLayout } from '../../../src/domain/intake/layout.ts';
import { IntakeFault } from '../../../src/domain/intake/errors.ts';
import { decideShape } from '../../../src/domain/intake/shape.ts';
import { sourceSpecSchema, type SourceSpecEntry } from '../../../src/domain/intake/source-spec.ts';
import { cardDigits, seededRandom } from '../../support/seeded-cards.ts';
import { encodeText } from '../../support/encoded-text.ts';

type Outcome = SourceLayout | { code: string; facts: unknown };

function layout(
  text: string,
  spec: SourceSpecEntry = {},
  encoding: 'utf-8' | 'shift_jis' = 'utf-8',
): Outcome {
  const head = { text: encodeText(text, encoding), isWhole: true };
  try {
    const parsed = sourceSpecSchema.parse(spec);
    return decideLayout(decideShape(head, encoding, parsed), parsed).shown;
  } catch (error) {
    if (error instanceof IntakeFault) return { code: error.code, facts: error.facts };
    throw error;
  }
}

const rng = seededRandom(11);
const card = (): string => cardDigits(rng).join('');
const rows = (make: () => string, count = 12): string =>
  Array.from({ length: count }, () => `${make()}\n`).join('');

describe('decideLayout()', () => {
  it.each([
    [',', 'order,card_number\n1,2\n'],
    ['\t', 'order\tcard_number\n1\t2\n'],
    [';', 'order;card_number\n1;2\n'],
    ['|', 'order|card_number\n1|2\n'],
    [';', '"a,b";card_number;c\n"1,2";3;4\n'],
    ['\t', 'name\tcard_number\na, b\t1\nc\t2\n'],
  ])('finds the delimiter %j', (delimiter, text) => {
    expect(layout(text)).toMatchObject({ format: 'delimited', delimiter, header: true });
  });

  it('does not split Shift_JIS inside characters whose second byte is a bar', () => {
    const shown = layout(
      'カード番号|氏名\n1|ポ－ル\n2|ポ\n',
      { columns: { pan: '#1' } },
      'shift_jis',
    );
    expect(shown).toMatchObject({ delimiter: '|', width: 2 });
  });

  it('takes one number per line for lines, with a header or without', () => {
    expect(layout(rows(card))).toMatchObject({
      format: 'lines',
      header: false,
      columns: { pan: ['#1'] },
    });
    const shown = layout(`カード番号\n${rows(card)}`);
    expect(shown).toMatchObject({
      format: 'lines',
      header: true,
      columns: { pan: ['#1 カード番号'] },
    });
    expect(layout(`"カード番号"\n${rows(() => `"${card()}"`)}`)).toMatchObject({
      format: 'delimited',
      header: true,
    });
  });

  it('maps the names of Japanese carts', () => {
    const names =
      '注文ID,注文番号,受注日,支払方法(ID),支払方法(名称),カード番号,有効期限,購入元,送料,送料';
    expect(layout(`${names}\n1,2,3,4,5,6,7,8,9,10\n`)).toMatchObject({
      columns: {
        pan: ['#6 カード番号'],
        expiry: ['#7 有効期限'],
        ordered_at: ['#3 受注日'],
        channel: ['#8 購入元'],
        reference: ['#2 注文番号'],
        payment_method: ['#5 支払方法(名称)'],
      },
    });
  });

  it('maps English names whatever their case, width and signs', () => {
    const names =
      'Name,Financial Status,Created at,Payment Method,ＣＡＲＤ＿ＮＯ,Exp Month,Exp-Year,Source';
    expect(layout(`${names}\n#1,paid,x,y,z,1,2,web\n`)).toMatchObject({
      columns: {
        pan: ['#5 ＣＡＲＤ＿ＮＯ'],
        expiry_month: ['#6 Exp Month'],
        expiry_year: ['#7 Exp-Year'],
        reference: ['#1 Name'],
        ordered_at: ['#3 Created at'],
      },
    });
  });

  it('never takes a name of a person for a reference', () => {
    const shown = layout('Name,card number\nTaro,1\n') as SourceLayout;
    expect(shown.columns['reference']).toBeUndefined();
  });

  it('takes declared columns by name, by position and joined', () => {
    const spec = { columns: { pan: ' ｎｏ. ', ordered_at: ['日付', '注文時間'], reference: '#4' } };
    expect(
      layout('No.,日付,注文時間,注文番号\n1,2,3,4\n', {
        ...spec,
        columns: { ...spec.columns, pan: 'no.' },
      }),
    ).toMatchObject({
      columns: {
        pan: ['#1 No.'],
        ordered_at: ['#2 日付', '#3 注文時間'],
        reference: ['#4 注文番号'],
      },
    });
  });

  it('finds the card column of a source without a header by its content', () => {
    const text = rows(() => `A-1,2020-01-01,${card()},1225`);
    expect(layout(text)).toMatchObject({ header: false, columns: { pan: ['#3'] } });
  });

  it('asks for the card column where two could be it, or none', () => {
    expect(layout(rows(() => `${card()},${card()}`))).toMatchObject({
      code: 'column-missing',
      facts: { column: 'pan' },
    });
    expect(layout(rows(() => 'x,1234567890'))).toMatchObject({
      code: 'column-missing',
      facts: { column: 'pan' },
    });
    const fault = layout('カード番号,card_no\n1,2\n');
    expect(fault).toMatchObject({ code: 'column-ambiguous', facts: { positions: ['#1', '#2'] } });
  });

  it('names a column that is not there, and lists those that are', () => {
    const fault = layout('order,number\n1,2\n', { columns: { pan: 'card' } });
    const facts = { column: 'pan', wanted: 'card', header: ['order', 'number'] };
    expect(fault).toEqual({ code: 'column-missing', facts });
    expect(layout('a,b\n1,2\n', { columns: { pan: '#3' } })).toMatchObject({
      code: 'column-missing',
    });
    expect(layout('order,number\n1,2\n')).toMatchObject({
      facts: { column: 'pan', header: ['order', 'number'] },
    });
    // A wrong delimiter leaves one column.
    const wrong = layout('order,card_number\n1,2\n', { delimiter: ';' });
    expect(wrong).toMatchObject({
      code: 'column-missing',
      facts: { header: ['order,card_number'] },
    });
  });

  it('refuses a name that stands over two columns, unless a position picks one', () => {
    const text = '注文番号,カード番号,カード番号\n1,2,3\n';
    const positions = ['#2', '#3'];
    expect(layout(text)).toMatchObject({ code: 'column-ambiguous', facts: { positions } });
    expect(layout(text, { columns: { pan: 'カード番号' } })).toMatchObject({
      code: 'column-ambiguous',
    });
    expect(layout(text, { columns: { pan: '#3' } })).toMatchObject({
      columns: { pan: ['#3 カード番号'] },
    });
    expect(layout(text, { ignore_columns: ['#2'] })).toMatchObject({
      columns: { pan: ['#3 カード番号'] },
    });
  });

  it('refuses the card column in a second role, and an ignored column in any', () => {
    const text = 'order,card_number\n1,2\n';
    const twice = layout(text, { columns: { reference: '#2' } });
    expect(twice).toMatchObject({ code: 'column-repeated', facts: { column: 2 } });
    const ignored = layout(text, { columns: { pan: '#2' }, ignore_columns: ['card_number'] });
    expect(ignored).toMatchObject({ code: 'column-repeated' });
  });

  it('does not show what looks like data as a name', () => {
    const number = card();
    const fault = layout(`${number},x\n`, { header: true });
    expect(JSON.stringify(fault)).not.toContain(number);
    expect(fault).toMatchObject({ code: 'column-missing', facts: { header: ['', 'x'] } });
  });

  it('does not show a full-width number with a letter in front as a name', () => {
    const wide = card().replace(/\d/g, (digit) =>
      String.fromCodePoint(digit.codePointAt(0)! + 0xfee0),
    );
    const fault = layout(`memo,No${wide}\n`, { header: true });
    expect(JSON.stringify(fault)).not.toContain(wide);
    expect(fault).toMatchObject({ code: 'column-missing', facts: { header: ['memo', ''] } });
  });

  it('does not take a first row with a number for a header', () => {
    expect(
      layout(
        rows(() => `****-1111,web`),
        { columns: { pan: '#1' } },
      ),
    ).toMatchObject({ header: false });
    expect(
      layout(
        rows(() => `4.5E+15,web`),
        { columns: { pan: '#1' } },
      ),
    ).toMatchObject({ header: false });
    expect(layout(`number,web\n1,2\n`, { columns: { pan: '#1' } })).toMatchObject({ header: true });
  });

  it('does not show what may be a person, a date or a phone number as a name', () => {
    const fault = layout('a@example.test,2020-01-02,090-1234-5678,x\n', { header: true });
    expect(fault).toMatchObject({ facts: { header: ['', '', '', 'x'] } });
  });

  it('refuses ten thousand columns instead of taking them for one', () => {
    const wide = `card_number${',x'.repeat(10_000)}\n`;
    expect(layout(wide)).toMatchObject({ code: 'too-many-columns', facts: { line: 1 } });
  });

  it('throws what makes no sense under any delimiter', () => {
    expect(layout('a "b",c\n')).toMatchObject({ code: 'quote-misplaced', facts: { line: 1 } });
  });
});

describe('sourceSpecSchema', () => {
  it('has a default for everything', () => {
    expect(sourceSpecSchema.parse({})).toMatchObject({
      kind: 'orders',
      format: 'auto',
      columns: {},
    });
  });

  it.each([
    ['an unknown key', { colour: 'red' }],
    ['an unknown column', { columns: { cardholder: 'name' } }],
    ['a camel-case key', { ignoreColumns: [] }],
    ['a channel twice', { channel: 'web', columns: { channel: 'x' } }],
    ['a month without a year', { columns: { expiry_month: 'm' } }],
    ['an expiry twice', { columns: { expiry: 'e', expiry_month: 'm', expiry_year: 'y' } }],
    ['an unknown delimiter', { delimiter: ':' }],
    ['an unknown encoding', { encoding: 'latin1' }],
    ['an unknown zone', { time_zone: 'Asia/Edo' }],
    ['a date format without a year', { date_format: 'MM/DD' }],
    ['an unknown expiry format', { expiry_format: 'MMDD' }],
    ['no column at all', { columns: { pan: [] } }],
  ])('refuses %s', (_name, entry) => {
    expect(sourceSpecSchema.safeParse(entry).success).toBe(false);
  });
});
