import { describe, expect, it } from 'vitest';

import {
  CARD_PAGE_ROWS,
  CARD_ROW_BYTES,
  FINDING_ROW_BYTES,
  readCardRow,
  readFinding,
} from '../../../src/domain/handoff/card-page.ts';

/** Three rows whose bytes all differ. */
const rows = Uint8Array.from({ length: 3 * CARD_ROW_BYTES }, (_, at) => at + 1);

describe('readCardRow()', () => {
  it('reads each row at the offsets of the table', () => {
    const row = readCardRow(rows, 1);
    expect(row).toEqual({
      truncatedAt: 52,
      expiry: (59 + (60 << 8)) >>> 0,
      brandIndex: 61,
      issuerIndex: 63 + (64 << 8),
      references: 77 + (78 << 8) + (79 << 16) + 80 * 2 ** 24,
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

describe('a card page', () => {
  it('is about 160 KiB', () => {
    expect(CARD_PAGE_ROWS * CARD_ROW_BYTES).toBe(160 * 1024);
  });
});
