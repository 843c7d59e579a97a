import { describe, expect, it } from 'vitest';

import {
  CARD_PAGE_ROWS,
  CARD_ROW_BYTES,
  findHashRow,
  FINDING_ROW_BYTES,
  HASH_PAGE_ROWS,
  HASH_ROW_BYTES,
  looksAt,
  looksOf,
  readCardRow,
  readFinding,
} from '../../../src/domain/handoff/card-page.ts';
import { truncatePan } from '../../../src/domain/cards/truncation.ts';
import { cardDigits, seededRandom } from '../../support/seeded-cards.ts';
import { hashesOf, hashPage } from '../../support/card-pages.ts';

/** Three rows whose bytes all differ. */
const rows = Uint8Array.from({ length: 3 * CARD_ROW_BYTES }, (_, at) => at + 1);

describe('readCardRow()', () => {
  it('reads each row at the offsets of the table', () => {
    const row = readCardRow(rows, 1);
    expect(row).toEqual({
      truncatedAt: 28,
      expiry: (35 + (36 << 8)) >>> 0,
      brandIndex: 37,
      issuerIndex: 39 + (40 << 8),
      windows: 41 + (42 << 8) + (43 << 16) + 44 * 2 ** 24,
      references: 53 + (54 << 8) + (55 << 16) + 56 * 2 ** 24,
    });
  });

  it('reads rows of a page that is a part of larger memory', () => {
    const part = rows.subarray(CARD_ROW_BYTES);
    expect(readCardRow(part, 0).expiry).toBe(readCardRow(rows, 1).expiry);
    expect(readCardRow(part, 1).references).toBe(readCardRow(rows, 2).references);
  });

  it('reads the largest values', () => {
    const full = new Uint8Array(CARD_ROW_BYTES).fill(255);
    expect(readCardRow(full, 0)).toMatchObject({
      ...{ expiry: 65_535, brandIndex: 255, issuerIndex: 65_535, references: 4_294_967_295 },
    });
  });

  it.each([3, 4, 1000])('refuses row %i of three', (index) => {
    expect(() => readCardRow(rows, index)).toThrow(RangeError);
  });

  it('refuses a row that is torn', () => {
    expect(() => readCardRow(rows.subarray(0, 2 * CARD_ROW_BYTES - 1), 1)).toThrow(RangeError);
  });
});

describe('looksAt()', () => {
  it.each([15, 16, 19])('is brand and last four digits of a card of %i digits', (length) => {
    const digits = cardDigits(seededRandom(length), { length });
    const page = new Uint8Array(2 * CARD_ROW_BYTES);
    truncatePan(digits, length, page, CARD_ROW_BYTES);
    page[CARD_ROW_BYTES + 8] = 3;
    const lastFour = Number.parseInt(digits.slice(-4).join(''), 16);
    expect(looksAt(page, CARD_ROW_BYTES)).toBe(looksOf(3, lastFour));
    expect(looksAt(page, 0)).toBe(looksOf(0, 0));
  });
});

describe('readFinding()', () => {
  const findings = Uint8Array.from([1, 0, 2, 0, 3, 0, 0, 0, 255, 255, 16, 0, 255, 255, 255, 255]);

  it('reads source, reason and line', () => {
    expect(readFinding(findings, 0)).toEqual({ source: 1, reason: 2, line: 3 });
    expect(readFinding(findings, 1)).toEqual({ source: 65_535, reason: 16, line: 4_294_967_295 });
  });

  it('refuses a finding past the end', () => {
    expect(() => readFinding(findings, 2)).toThrow(RangeError);
    expect(() => readFinding(findings.subarray(0, FINDING_ROW_BYTES - 1), 0)).toThrow(RangeError);
  });
});

describe('findHashRow()', () => {
  const cards = Array.from({ length: 100 }, (_, at) => at + 1);
  const page = hashPage(cards);

  it('finds the place of every card, the first and the last row among them', () => {
    for (const [place, card] of cards.entries()) {
      expect(findHashRow(page, hashesOf([card]))).toBe(place);
    }
    const last = page.subarray(page.length - HASH_ROW_BYTES);
    const ends = [page.subarray(0, 12), last.subarray(0, 12)];
    for (const end of ends) expect(findHashRow(page, end)).toBeGreaterThanOrEqual(0);
  });

  it('finds nothing before, between and behind the rows, nor in none', () => {
    for (const hash of [new Uint8Array(12), new Uint8Array(12).fill(255), hashesOf([101])]) {
      expect(findHashRow(page, hash)).toBe(-1);
    }
    expect(findHashRow(new Uint8Array(0), hashesOf([1]))).toBe(-1);
  });
});

describe('a page', () => {
  it('is of a size that is written in one go, and read for one look-up', () => {
    expect(CARD_PAGE_ROWS * CARD_ROW_BYTES).toBe(112 * 1024);
    expect(HASH_PAGE_ROWS * HASH_ROW_BYTES).toBe(16 * 1024);
  });
});
