import { afterAll, describe, expect, it } from 'vitest';

import { CardLanes } from '../../../src/cde/card-lanes.ts';
import { LanedScreener } from '../../../src/cde/laned-screener.ts';
import { BinTable } from '../../../src/domain/bins/bin-table.ts';
import { unpackPan } from '../../../src/domain/cards/packed-pan.ts';
import { IssuerClassifier } from '../../../src/cde/classify-cards.ts';
import { CardTable } from '../../../src/domain/intake/card-table.ts';
import { IntakeFault } from '../../../src/domain/intake/errors.ts';
import { ReferenceArena } from '../../../src/domain/intake/reference-arena.ts';
import { sourceSpecSchema } from '../../../src/domain/intake/source-spec.ts';
import { SourceScreener } from '../../../src/domain/intake/source-screener.ts';
import { plainScope } from '../../support/screened-source.ts';
import { between, cardDigits, seededRandom } from '../../support/seeded-cards.ts';

const bins = BinTable.from([], '2026-01-01');
const sizes = { segmentBytes: 4_096, blockRows: 64 };
const lanes = [1, 2, 5].map((count) => new CardLanes(count, bins.lookup.columns, sizes));

afterAll(async () => {
  for (const some of lanes) await some.close();
});

describe('LanedScreener', () => {
  it('comes to what SourceScreener comes to, on 300 sources of many segments, in 1, 2 and 5 threads', async () => {
    let faults = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const source = makeSource(seededRandom(seed));
      const alone = await screened(source, undefined);
      for (const some of lanes)
        expect({ seed, ...(await screened(source, some)) }).toEqual({ seed, ...alone });
      if ('fault' in alone) faults++;
    }
    // The comparison is worth little where nothing, or everything, was refused.
    expect(faults).toBeGreaterThan(20);
    expect(faults).toBeLessThan(200);
  }, 120_000);
  it('refuses what SourceScreener refuses behind the head, for the same reason and at the same line', async () => {
    const head = 1_048_576;
    for (const [place, row] of [
      ...spoiled,
      'A1,2020-01-01,web,;4111111111111111=30121010000?,,',
    ].entries()) {
      const rng = seededRandom(1_000 + place);
      const plain = makeRows(rng, head + 60_000);
      const { spec } = makeSource(rng);
      const bytes = new TextEncoder().encode(`${plain}${row}\n${makeRows(rng, 30_000)}`);
      const alone = await screened({ bytes, spec }, undefined);
      expect(alone).toHaveProperty('fault');
      const some = new CardLanes(2, bins.lookup.columns, sizes);
      try {
        expect(await screened({ bytes, spec }, some)).toEqual(alone);
      } finally {
        await some.close();
      }
    }
  }, 120_000);
});

/** Rows of the columns of `makeSource`, of `bytes` together at least, with a header. */
function makeRows(rng: () => number, bytes: number): string {
  const rows = ['order no,ordered_at,channel,card_number,expiry,memo'];
  for (let length = 0; length < bytes; length += rows.at(-1)!.length + 1) {
    rows.push(`A${rows.length},2020-01-05,web,${cardDigits(rng).join('')},1228,"a\nb"`);
  }
  return `${rows.join('\n')}\n`;
}

interface Made {
  readonly bytes: Uint8Array;
  readonly spec: ReturnType<typeof sourceSpecSchema.parse>;
}

/** Quoted line breaks, orders of several rows, cards that come again, all line ends; sometimes a record that refuses it. */
function makeSource(rng: () => number): Made {
  const cards = Array.from({ length: between(rng, 5, 300) }, () => cardDigits(rng).join(''));
  const end = ['\n', '\r\n', '\r'][between(rng, 0, 2)]!;
  const rows = Array.from({ length: between(rng, 1, 900) }, () => makeRow(rng, cards));
  if (rng() < 0.3)
    rows[between(rng, 0, rows.length - 1)] = spoiled[between(rng, 0, spoiled.length - 1)]!;
  const text = ['order no,ordered_at,channel,card_number,expiry,memo', ...rows].join(end);
  const spec = sourceSpecSchema.parse({
    ...{ kind: 'orders', one_row_per_item: rng() < 0.4, order_key: 'order no' },
  });
  // More blank lines than a segment holds may stand before the header.
  const blank = rng() < 0.2 ? end.repeat(between(rng, 1, 9_000)) : '';
  return { bytes: new TextEncoder().encode(`${blank}${text}${rng() < 0.5 ? end : ''}`), spec };
}

function makeRow(rng: () => number, cards: readonly string[]): string {
  if (rng() < 0.02) return ['', ',,,,,', ' ,,'][between(rng, 0, 2)]!;
  const card = cards[between(rng, 0, cards.length - 1)]!;
  const number = rng() < 0.9 ? card : [`${card}1`, '****', 'x', ''][between(rng, 0, 3)]!;
  const day = `2020-0${between(rng, 1, 4)}-0${between(rng, 1, 9)}`;
  const channel = ['web', 'web', 'web', 'rakuten', 'tel'][between(rng, 0, 4)]!;
  const memo = ['', 'plain', '"two\r\nlines, ""quoted"""', '"a\n\nb"', '漢字'][between(rng, 0, 4)]!;
  return `A${between(rng, 1, 400)},${day},${channel},${number},${['1228', '', '0120'][between(rng, 0, 2)]!},${memo}`;
}

const spoiled = [
  'A1,2020-01-01,web,"4\n',
  'A1,2020-01-01,we"b,1,1228,',
  'A1,2020-01-01,web,1,1228,"x"y',
  'A1,2020-01-01,web,1,1228,\u0000',
  `A1,2020-01-01,web,1,1228,${','.repeat(1_001)}`,
];

async function screened(source: Made, some: CardLanes | undefined): Promise<object> {
  const cards = new CardTable();
  const references = new ReferenceArena();
  const findings: string[] = [];
  const sink = {
    finding: (_source: number, line: number, reason: number) => findings.push(`${line} ${reason}`),
  };
  const classifier = new IssuerClassifier(bins.lookup);
  const router = Object.assign(classifier, {
    recipientOf: (_bin: number, brand: number) => (brand === 0 ? -1 : 1),
  });
  const job = { number: 0, spec: source.spec };
  const room = { router, cards, references, findings: sink };
  const screener =
    some === undefined
      ? new SourceScreener(job, plainScope, router, cards, references, sink)
      : new LanedScreener(job, plainScope, room, some);
  try {
    for (let at = 0; at < source.bytes.length; at += 3_000) {
      await screener.feed(source.bytes.slice(at, at + 3_000));
    }
    const tally = await screener.finish();
    return { tally, findings, cards: listOf(cards, references) };
  } catch (error) {
    if (!(error instanceof IntakeFault)) throw error;
    return { fault: error.code, facts: error.facts };
  }
}

function listOf(cards: CardTable, references: ReferenceArena): string[] {
  const digits = new Uint8Array(19);
  return Array.from({ length: cards.count }, (_, card) => {
    const length = unpackPan(cards.packed, card * 10, digits);
    const texts = references
      .listOf(cards, card)
      .map((reference) => new TextDecoder().decode(new Uint8Array(references.bytesOf(reference))));
    return [
      ...[digits.subarray(0, length).join(''), cards.expiry[card], cards.windows[card]],
      ...[cards.firstSeen[card], cards.lastSeen[card], cards.firstLine[card], texts.join('|')],
    ].join(' ');
  });
}
