import { describe, expect, it } from 'vitest';

import { referenceKinds } from '../../../src/domain/intake/source-kinds.ts';
import { listNotices, notifiedHandoffs } from '../../../src/exchange/notices/listed-notices.ts';
import type { NoticeRow } from '../../../src/exchange/notices/listed-notices.ts';
import { resolvedKey } from '../../../src/exchange/responses/resolved-references.ts';
import { handedReference, handoffsOf } from '../../support/handed-reference.ts';

const kind = referenceKinds[0];
const handoffs = handoffsOf({
  h1: handedReference('A-1'),
  h2: handedReference('A-1', 1, [0x11, 0x11]),
});

async function listed(resolved = new Map()): Promise<readonly NoticeRow[]> {
  const found: NoticeRow[] = [];
  const rows = await notifiedHandoffs(handoffs, 'shop-a-2020');
  for await (const row of listNotices(handoffs, rows, undefined, undefined, resolved)) {
    found.push(row);
  }
  return found;
}

describe('listNotices()', () => {
  it('gives one line for a reference that was handed over twice and then resolved', async () => {
    const card = { brandIndex: 1, lastFour: '1111' };
    const rows = await listed(new Map([[resolvedKey(kind, '', 'A-1'), card]]));
    expect(rows).toMatchObject([{ reference: 'A-1', ...card }]);
  });

  it('keeps what two handoffs say apart while nobody resolved it', async () => {
    expect((await listed()).map(({ lastFour }) => lastFour)).toEqual(['1111', '']);
  });
});
