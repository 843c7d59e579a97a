import { parse as parseToml } from 'smol-toml';
import { describe, expect, it } from 'vitest';

import { parseBinCsv } from '../../src/domain/bins/parse-bin-csv.ts';
import { BinTable } from '../../src/domain/bins/bin-table.ts';
import { encodeCanonicalJson, type Json } from '../../src/domain/canonical-json.ts';
import { brandIndexById } from '../../src/domain/cards/brands.ts';
import { renderTruncated } from '../../src/domain/cards/truncation.ts';
import { parseApproval } from '../../src/domain/handoff/approval.ts';
import { CARD_ROW_BYTES, readCardRow } from '../../src/domain/handoff/card-page.ts';
import { digestOf } from '../../src/domain/handoff/plan.ts';
import { assertIncident } from '../../src/domain/incident/assert-incident.ts';
import { incidentSchema } from '../../src/domain/incident/incident.ts';
import { sourceSpecSchema } from '../../src/domain/intake/source-spec.ts';
import { codeRowsOf, fencesOf, page } from '../support/markdown.ts';

function firstFence(path: string, language: string): string {
  const found = fencesOf(page(path)).find((fence) => fence.language === language);
  return found?.lines.join('\n') ?? '';
}

/** The example of a page as the bytes that would be signed. */
function canonicalExample(path: string): Uint8Array {
  return encodeCanonicalJson(JSON.parse(firstFence(path, 'json')) as Json);
}

/** Names in the first column of the tables: `a`, `b` in one cell are two. */
function documentedMembers(path: string): string[] {
  return codeRowsOf(page(path))
    .flatMap(([names = '']) => names.split(', '))
    .sort();
}

describe('docs/formats/plan-v1.md and review-v1.md', () => {
  it.each(['docs/formats/plan-v1.md', 'docs/formats/review-v1.md'])(
    '%s tells the digest of its example and explains its members',
    (path) => {
      const bytes = canonicalExample(path);
      const members = Object.keys(JSON.parse(new TextDecoder().decode(bytes)) as object);

      expect(page(path).text).toContain(digestOf(bytes));
      expect(documentedMembers(path)).toEqual(members.sort());
    },
  );
});

describe('docs/formats/approval-v1.md', () => {
  const path = 'docs/formats/approval-v1.md';
  const approval = parseApproval(canonicalExample(path));

  it('shows an approval of the plan and the review that the other pages show', () => {
    expect(approval.planSha256).toBe(digestOf(canonicalExample('docs/formats/plan-v1.md')));
    expect(approval.reviewSha256).toBe(digestOf(canonicalExample('docs/formats/review-v1.md')));
  });

  it('explains every member', () => {
    expect(documentedMembers(path)).toEqual(Object.keys(approval).sort());
  });
});

describe('docs/formats/incident.md', () => {
  it('shows an incident that can be opened', () => {
    const table = dated(parseToml(firstFence('docs/formats/incident.md', 'toml')));
    const incident = incidentSchema.parse(table);

    expect(() => {
      assertIncident(incident);
    }).not.toThrow();
  });
});

describe('docs/formats/source-spec.md', () => {
  it('shows a spec that is accepted', () => {
    const table = parseToml(firstFence('docs/formats/source-spec.md', 'toml'));

    expect(sourceSpecSchema.safeParse(table).error).toBeUndefined();
  });

  it('explains every key', () => {
    const keys = Object.keys(sourceSpecSchema.parse({ channel: 'web', order_key: '#1' }));
    const text = page('docs/formats/source-spec.md').text;

    expect(keys.filter((key) => !text.includes(`\`${key}\``))).toEqual([]);
  });
});

describe('docs/formats/issuer-table.md', () => {
  it('shows a table that answers as the page says', () => {
    const ranges = parseBinCsv(firstFence('docs/formats/issuer-table.md', 'csv'));
    const table = BinTable.from(ranges, '2026-11-22');
    const issuerOf = (bin: string): string => {
      const digits = Uint8Array.from(bin, Number);
      return table.entry(table.indexOf(digits, digits.length)).issuer;
    };

    expect(issuerOf('41111120')).toBe(ranges[2]?.issuer);
    expect(issuerOf('41111160')).toBe(ranges[1]?.issuer);
  });
});

describe('docs/formats/card-page.md', () => {
  it('shows a row that reads as the page says', () => {
    const hex = firstFence('docs/formats/card-page.md', '').replaceAll(/ {3}.*$/gm, '');
    const row = Uint8Array.from(hex.match(/[0-9a-f]{2}/g) ?? [], (pair) =>
      Number.parseInt(pair, 16),
    );

    expect(row.length).toBe(CARD_ROW_BYTES);
    expect(readCardRow(row, 0)).toEqual({
      truncatedAt: 0,
      expiry: 2027 * 12 + 4,
      brandIndex: brandIndexById('visa'),
      issuerIndex: 0,
      windows: 1,
      references: 2,
    });
    expect(renderTruncated(row, 0)).toBe('411111******1111');
  });
});

/** Dates as the text they were written with, as the program reads them from a file. */
function dated(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(dated);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, dated(member)]));
}
