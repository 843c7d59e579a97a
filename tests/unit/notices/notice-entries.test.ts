import { describe, expect, it } from 'vitest';

import { NoticeEntries } from '../../../src/domain/notices/notice-entries.ts';

const encoder = new TextEncoder();

function row(reference: string, lastFour = '1111', reason = -1) {
  const text = encoder.encode(reference);
  return { text, length: text.length, brandIndex: 1, reason, lastFour };
}

describe('NoticeEntries', () => {
  it('tells references of two merchants apart, and one twice of a merchant not', () => {
    const seen = new NoticeEntries();
    const taken = ['shop-a', 'shop-b', 'shop-a'].map((merchant) =>
      seen.take(row('1001'), merchant),
    );
    expect(taken).toEqual([true, true, false]);
    expect(seen.references).toBe(2);
  });

  it('knows whose a reference may be', () => {
    const seen = new NoticeEntries();
    for (const merchant of ['shop-a', 'shop-b', 'shop-c']) seen.take(row('1001'), merchant);
    seen.take(row('1002'), 'shop-b');
    expect(seen.merchantsOf(encoder.encode('1001'))).toEqual(['shop-a', 'shop-b', 'shop-c']);
    expect(seen.merchantsOf(encoder.encode('1002'))).toEqual(['shop-b']);
    expect(seen.merchantsOf(encoder.encode('1003'))).toEqual([]);
  });

  it('leaves out of an older list without merchants what a newer one has for one', () => {
    const seen = new NoticeEntries();
    seen.beginHandoff();
    seen.take(row('1001'), 'shop-a');
    seen.beginHandoff();
    expect(['1001', '1002', '1002'].map((text) => seen.take(row(text), ''))).toEqual([
      ...[false, true, false],
    ]);
    expect(seen.references).toBe(2);
  });

  it('leaves out what a newer handoff of the same merchant settled, and of no other', () => {
    const seen = new NoticeEntries();
    seen.beginHandoff();
    seen.take(row('1001'), 'shop-a');
    seen.beginHandoff();
    expect(seen.take(row('1001', '', 8), 'shop-a')).toBe(false);
    expect(seen.take(row('1001', '', 8), 'shop-b')).toBe(true);
  });
});
