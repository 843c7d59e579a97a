import { describe, expect, it } from 'vitest';

import type { IncidentRegister } from '../../../src/exchange/incident-register.ts';
import { noticeKey } from '../../../src/exchange/notice-register.ts';
import type { NoticeEntry, NoticeRegister } from '../../../src/exchange/notice-register.ts';
import { noticeProgress } from '../../../src/exchange/record-notices.ts';
import { handedReference, handoffsOf } from '../../support/handed-reference.ts';

const incidents = {
  get: (id: string) => Promise.resolve({ incident: { id } }),
} as unknown as IncidentRegister;

/** A register in which each of these persons was told once. */
function told(...references: readonly string[]): NoticeRegister {
  const entries = references.map((reference): NoticeEntry => ({
    ...{ reference, merchant: '', step: 'mail-bounced', at: new Date(0) },
  }));
  return {
    counts: (_incident: string, isListed: (entry: NoticeEntry) => boolean) =>
      Promise.resolve({ 'mail-bounced': entries.filter(isListed).length }),
    latest: () => Promise.resolve(new Map(entries.map((entry) => [noticeKey(entry), entry]))),
  } as unknown as NoticeRegister;
}

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
