import { describe, expect, it } from 'vitest';

import { NoticeEntries } from '../../../src/domain/notices/notice-entries.ts';
import type { IncidentRegister } from '../../../src/exchange/incident/incident-register.ts';
import { listedIn } from '../../../src/exchange/notices/listed-notices.ts';
import { noticeKey } from '../../../src/exchange/notices/notice-register.ts';
import type {
  ListedMerchant,
  NoticeEntry,
  NoticeRegister,
} from '../../../src/exchange/notices/notice-register.ts';
import { noticeProgress } from '../../../src/exchange/notices/record-notices.ts';
import { handedReference, handoffsOf } from '../../support/handed-reference.ts';

const incidents = {
  get: (id: string) => Promise.resolve({ incident: { id } }),
} as unknown as IncidentRegister;

/** A register in which each of these persons was told once. */
function told(...references: readonly string[]): NoticeRegister {
  const entries = references.map((reference): NoticeEntry => ({
    ...{ reference, merchant: '', step: 'mail-bounced', at: new Date(0) },
  }));
  const listedOf = (listed: ListedMerchant): NoticeEntry[] =>
    entries.flatMap((entry) => {
      const merchant = listed(entry);
      return merchant === undefined ? [] : [{ ...entry, merchant }];
    });
  return {
    counts: (_incident: string, listed: ListedMerchant) =>
      Promise.resolve({ 'mail-bounced': listedOf(listed).length }),
    latest: (_incident: string, listed: ListedMerchant) =>
      Promise.resolve(new Map(listedOf(listed).map((entry) => [noticeKey(entry), entry]))),
  } as unknown as NoticeRegister;
}

describe('listedIn()', () => {
  const seen = new NoticeEntries();
  for (const [reference, merchant] of [
    ['A-1', 'shop-1'],
    ['A-2', 'shop-1'],
    ['A-2', 'shop-2'],
  ] as const) {
    const text = new TextEncoder().encode(reference);
    seen.take({ text, length: text.length, brandIndex: 1, reason: -1, lastFour: '1111' }, merchant);
  }
  const listed = listedIn(seen);

  it('leaves a merchant where it is, and gives what has none to the only one that has the reference', () => {
    expect(listed({ reference: 'A-2', merchant: 'shop-2' })).toBe('shop-2');
    expect(listed({ reference: 'A-1', merchant: '' })).toBe('shop-1');
  });

  it('guesses between two merchants no more than for a reference that no list has', () => {
    expect(listed({ reference: 'A-2', merchant: '' })).toBeUndefined();
    expect(listed({ reference: 'A-1', merchant: 'shop-2' })).toBeUndefined();
    expect(listed({ reference: 'A-3', merchant: '' })).toBeUndefined();
  });
});

describe('noticeProgress()', () => {
  const handoffs = handoffsOf({ h1: handedReference('B-1'), h2: handedReference('B-2') });

  it('counts nothing that was recorded about references of a list that is gone', async () => {
    const notices = told('A-1', 'A-2', 'B-2');
    expect(await noticeProgress({ incidents, handoffs, notices }, 'shop-a-2020')).toEqual({
      ...{ incident: 'shop-a-2020', references: 2, untold: 1, bounced: 1 },
      steps: { 'mail-bounced': 1 },
    });
  });
});
