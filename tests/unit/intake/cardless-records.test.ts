import { describe, expect, it } from 'vitest';

import { CardTable } from '../../../src/domain/intake/card-table.ts';
import { reasons } from '../../../src/domain/intake/reasons.ts';
import { ReferenceArena } from '../../../src/domain/intake/reference-arena.ts';
import { sourceSpecSchema } from '../../../src/domain/intake/source-spec.ts';
import type { SourceSpecEntry } from '../../../src/domain/intake/source-spec.ts';
import { SourceScreener } from '../../../src/domain/intake/source-screener.ts';
import { plainScope, testRouter } from '../../support/screened-source.ts';
import { cardDigits, seededRandom } from '../../support/seeded-cards.ts';

const rng = seededRandom(31);
const visa = cardDigits(rng, { prefix: '490020' }).join('');
const jcb = cardDigits(rng, { prefix: '352811' }).join('');
const unclaimed = cardDigits(rng, { prefix: '990012' }).join('');
const header = 'order id,ordered at,channel,card number,expiry';
const row = (reference: string, card: string, more: { at?: string; channel?: string } = {}) =>
  `${reference},${more.at ?? '2020-01-05'},${more.channel ?? 'web'},${card},12/30`;

/** `reference reason windows`, and the references of cards with their windows. */
function screened(rows: readonly string[], spec: SourceSpecEntry = {}): [string[], string[]] {
  const references = new ReferenceArena();
  const job = { number: 0, spec: sourceSpecSchema.parse(spec) };
  const sink = { finding: () => undefined };
  const router = testRouter(['jcb']);
  const screener = new SourceScreener(job, plainScope, router, new CardTable(), references, sink);
  screener.feed(new TextEncoder().encode(`${[header, ...rows].join('\n')}\n`));
  screener.finish();
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  const { cardless } = references;
  const { bytes, ends, windows } = cardless.columns;
  const without = Array.from({ length: cardless.count }, (_, entry) => {
    const start = ends[entry - 1] ?? 0;
    const { id } = reasons[bytes[start]!]!;
    return [text(bytes.slice(start + 1, ends[entry])), id, windows[entry]].join(' ');
  });
  const withCard = Array.from({ length: references.count }, (_, reference) =>
    [text(references.bytesOf(reference)), references.columns.windows[reference]].join(' '),
  );
  return [without, withCard];
}

describe('CardlessRecords', () => {
  it('keeps records in scope whose number cannot be used, or that nobody takes', () => {
    const wrong = visa.slice(0, -1) + String((Number(visa.at(-1)) + 1) % 10);
    const [without, withCard] = screened([
      ...[row('A-1', visa), row('A-2', '****1111'), row('A-3', '4.1E+15'), row('A-4', 'none')],
      ...[row('A-5', '4111'), row('A-6', wrong), row('A-7', unclaimed), row('A-8', jcb)],
    ]);
    expect(without).toEqual([
      ...['A-2 masked-number 1', 'A-3 spreadsheet-damage 1', 'A-4 characters 1', 'A-5 length 1'],
      ...['A-6 luhn 1', 'A-7 unknown-brand 1', 'A-8 no-recipient 1'],
    ]);
    expect(withCard).toEqual(['A-1 1']);
  });

  it('keeps nothing of records out of scope, or whose scope is not known', () => {
    const [without] = screened([
      ...[row('A-1', visa), row('A-2', '****1111', { at: '2019-01-05' })],
      ...[row('A-3', '****1111', { channel: 'rakuten' }), row('A-4', '****1111', { at: '' })],
      row('A-5', '****1111', { channel: 'fair' }),
    ]);
    expect(without).toEqual([]);
  });

  it('keeps no reference that is empty or holds a card number, and each other one once', () => {
    const [without] = screened([
      ...[row('A-1', visa), row('', '****1111'), row(visa, '****1111')],
      ...[row('A-2', '****1111'), row('A-2', '****1112')],
    ]);
    expect(without).toEqual(['A-2 masked-number 1']);
  });

  it('keeps further item rows of an order once', () => {
    const items = { one_row_per_item: true };
    const [without] = screened(
      [row('A-1', visa), row('A-2', '****1111'), row('A-2', '****1111'), row('A-2', '')],
      items,
    );
    expect(without).toEqual(['A-2 masked-number 1']);
  });
});
