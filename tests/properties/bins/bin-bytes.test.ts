import { describe, expect, it } from 'vitest';
import { BinTable } from '../../../src/domain/bins/bin-table.ts';
import { BinsFault } from '../../../src/domain/bins/errors.ts';
import { readBinCsv } from '../../../src/domain/bins/parse-bin-csv.ts';
import { between, seededRandom } from '../../support/seeded-cards.ts';

const on = '2026-11-22';
const header = 'low,high,brand,issuer,country,valid_from,valid_to';

type Rng = () => number;

const oneOf = <T>(rng: Rng, values: readonly T[]): T => values[between(rng, 0, values.length - 1)]!;

/** Mostly what is plain; now and then what a person types, or a fault. */
function cell(rng: Rng, plain: string): string {
  if (rng() < 0.97) return rng() < 0.3 ? `"${plain}"` : plain;
  return oneOf(rng, [
    ...[` ${plain}`, `${plain}\u3000`, `"${plain} "`, `"${plain}""`, `"x""${plain}"`, `${plain}"`],
    ...[
      `"${plain}\r\n"`,
      `"\n${plain}"`,
      `"\uFEFF${plain}"`,
      '',
      '""',
      'é',
      '\u0000',
      `"${plain}"x`,
    ],
  ]);
}

function row(rng: Rng, low: number, width: number): string {
  const high = low + between(rng, 0, 40);
  const cells = [
    String(low).padEnd(width, '0').slice(0, width),
    rng() < 0.2 ? '' : String(rng() < 0.98 ? high : low - 1).padEnd(width, '0'),
    oneOf(rng, ['visa', 'VISA', '', 'jcb']),
    oneOf(rng, ['A', 'A, Ltd.', 'カ', 'カ\u3099', 'ガ', 'é', 'e\u0301']),
    oneOf(rng, ['JP', 'jp', '']),
    oneOf(rng, ['', '', '', '', '', '2019-10-01', '2026-11-22', '2027-01-01', '2023-02-29']),
    oneOf(rng, ['', '', '', '', '', '', '2026-11-22', '2026-11-21', '2018-01-01']),
  ];
  return cells
    .map((text) => (text.includes(',') ? `"${text}"` : cell(rng, text)))
    .slice(0, rng() < 0.995 ? 7 : 6)
    .join(',');
}

function madeFile(rng: Rng): string {
  const rows = Array.from({ length: between(rng, 0, 12) }, (_, i) =>
    row(rng, 411_111 + i * 50, oneOf(rng, [6, 6, 6, 8, 11, 12])),
  );
  const end = oneOf(rng, ['\n', '\r\n', '\r']);
  const empty = rng() < 0.2 ? [oneOf(rng, ['', '  '])] : [];
  const mark = rng() < 0.2 ? '\uFEFF' : '';
  return mark + [...empty, header, ...empty, ...rows].join(end) + (rng() < 0.5 ? end : '');
}

/** All that can be told from outside: the ranges in force and what is said of each, or the refusal. */
function told(compile: () => BinTable): unknown {
  try {
    const table = compile();
    const { from, to, width, brand, pieces } = table.lookup.columns;
    const entries = Array.from({ length: table.size }, (_, i) => table.entry(i));
    return { entries, columns: [from, to, width, brand, pieces].map((column) => [...column]) };
  } catch (fault) {
    if (fault instanceof BinsFault) return [fault.code, fault.facts];
    throw fault;
  }
}

describe('BinTable.fromCsv()', () => {
  it('makes of any file what the text of it is compiled to, or refuses it in the same words', () => {
    let refused = 0;
    for (let seed = 0; seed < 2000; seed++) {
      const text = madeFile(seededRandom(seed));
      const bytes = new TextEncoder().encode(text);
      const expected = told(() => BinTable.from(readBinCsv(text), on));
      if (Array.isArray(expected)) refused++;
      expect(
        told(() => BinTable.fromCsv(bytes, on)),
        JSON.stringify(text),
      ).toEqual(expected);
    }

    // Both are tried often enough.
    expect(refused).toBeGreaterThan(400);
    expect(refused).toBeLessThan(1600);
  });

  it('takes columns by the names it is given', () => {
    const bytes = new TextEncoder().encode('name,from\nA,411111\n');
    const table = BinTable.fromCsv(bytes, on, { low: 'from', issuer: 'name' });

    expect(table.entry(0)).toEqual({ brandIndex: 0, issuer: 'A', country: '' });
  });

  it('tells many issuers apart, each by its own bytes', () => {
    const count = 20_000;
    const rows = Array.from({ length: count }, (_, i) => `${400_000 + i},B${i},C\n`);
    const bytes = new TextEncoder().encode(`low,issuer,note\n${rows.join('')}`);
    const table = BinTable.fromCsv(bytes, on);
    const wrong = Array.from({ length: count }, (_, i) => table.entry(i).issuer !== `B${i}`);

    expect(wrong).not.toContain(true);
  });

  it('replaces what is no UTF-8, as a file that is read as text', () => {
    const bytes = Uint8Array.from([...new TextEncoder().encode('low,issuer\n411111,'), 0xff]);

    expect(BinTable.fromCsv(bytes, on).entry(0).issuer).toBe('\uFFFD');
  });

  it('refuses a day that is none', () => {
    expect(() => BinTable.fromCsv(new Uint8Array(0), '2026-02-30')).toThrow(BinsFault);
  });
});
