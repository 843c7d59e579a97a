import { describe, expect, it } from 'vitest';

import { SourcePreviewer, type SourcePreview } from '../../../src/domain/intake/source-preview.ts';
import type { IntakeFault } from '../../../src/domain/intake/errors.ts';
import { sourceSpecSchema, type SourceSpecEntry } from '../../../src/domain/intake/source-spec.ts';
import { encodeText } from '../../support/encoded-text.ts';
import { plainScope, screenSource, testRouter } from '../../support/screened-source.ts';
import { cardDigits, seededRandom } from '../../support/seeded-cards.ts';

const rng = seededRandom(79);
const card = (wish: { prefix?: string; length?: number } = {}): string =>
  cardDigits(rng, wish).join('');

function preview(
  source: Uint8Array | string,
  entry: SourceSpecEntry = {},
  { records = 10, scope = plainScope, chunk = 1 << 20 } = {},
): SourcePreview {
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  const job = { number: 0, spec: sourceSpecSchema.parse(entry) };
  const previewer = new SourcePreviewer(job, scope, testRouter(), records);
  for (let at = 0; at < bytes.length; at += chunk) {
    const piece = new Uint8Array(bytes.subarray(at, at + chunk));
    previewer.feed(piece);
    piece.fill(0x2a);
  }
  return previewer.finish();
}

const header = '注文番号,注文日時,店舗,支払方法,カード番号,有効期限,備考';
const rows = [
  `1,2020-01-05 10:15:30,本店,カード,${card({ prefix: '4539' })},12/30,急ぎ`,
  `1,2020-01-05 10:15:30,本店,カード,,12/30,`,
  `2,2020/1/6,楽天,カード,${card()},12/30,`,
  `3,,本店,カード,${card()},12/30,`,
  `4,2020-01-07,催事,カード,${card()},12/30,`,
  `5,2020-01-07,本店,銀行振込,${card()},12/30,`,
  `6,2019-01-07,本店,カード,${card()},12/30,`,
  `7,2020-01-08,本店,カード,1234,12/30,`,
  ',,,,,,',
  `8,2020-01-08,本店,カード,${card({ prefix: '37', length: 15 })},12/30,`,
];
const spec: SourceSpecEntry = {
  one_row_per_item: true,
  payment_methods: ['カード'],
  channel_map: { 本店: 'web', 楽天: 'rakuten' },
};
const text = `${header}\n${rows.join('\n')}\n`;

describe('SourcePreviewer', () => {
  it('judges records as a screening does', () => {
    const found = preview(text, spec);
    const judged = found.records
      .filter(({ verdict }) => verdict !== 'card')
      .map(({ line, verdict }) => `${line} ${verdict}`);
    expect(judged).toEqual(screenSource(text, spec).findings);
    expect(found.records).toHaveLength(9);
  });

  it('tells moments, the incident’s channels and truncated numbers', () => {
    const [first, item, rakuten, undated, fair] = preview(text, spec).records;
    expect(first).toMatchObject({ line: 2, channel: 'web', isWholeDay: false, verdict: 'card' });
    expect(first!.orderedMs).toBe(Date.parse('2020-01-05T10:15:30+09:00'));
    expect(first!.number).toMatch(/^4539\d\d\*{6}\d{4}$/);
    expect(item).not.toHaveProperty('number');
    expect(rakuten).toMatchObject({ channel: 'rakuten', isWholeDay: true });
    expect(undated).not.toHaveProperty('orderedMs');
    // A word of the source that nobody mapped is its text, and stays inside.
    expect(fair).not.toHaveProperty('channel');
  });

  it('hands out no text of a record', () => {
    const out = JSON.stringify(preview(text, spec));
    for (const word of ['急ぎ', '催事', '本店', '楽天', '銀行振込', '12/30', '1234']) {
      expect(out).not.toContain(word);
    }
    for (const number of text.match(/\d{15,}/g)!) expect(out).not.toContain(number);
    expect(out).not.toMatch(/\d{14,}/);
  });

  it.each([1, 7, 64, 4_096])('comes to the same in chunks of %d bytes', (chunk) => {
    expect(preview(text, spec, { chunk })).toEqual(preview(text, spec));
  });

  it.each(['shift_jis', 'euc-jp', 'utf-16le'] as const)('comes to the same in %s', (encoding) => {
    const { records } = preview(encodeText(text, encoding), { ...spec, encoding });
    expect(records).toEqual(preview(text, spec).records);
  });

  it('stops after the records that were asked for, and reads no further than the head', () => {
    expect(preview(text, spec, { records: 2 }).records).toHaveLength(2);
    const long = `${text}${`${rows[0]}\n`.repeat(20_000)}9,"unclosed\n`;
    expect(preview(long, spec).records).toHaveLength(10);
  });

  it.each([
    ['source-empty', ''],
    ['column-missing', 'a,b\n1,2\n'],
    ['sensitive-data', `${header},CVV\n${rows[0]},123\n`],
    ['channel-unmapped', `order_date,card_number\n2020-01-01,${card()}\n`],
  ])('refuses with %s', (code, source) => {
    expect(() => preview(source)).toThrow(expect.objectContaining({ code }) as IntakeFault);
  });
});
