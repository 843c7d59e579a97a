import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { SqliteNoticeRegister } from '../../../src/edge/sqlite/notice-register.ts';
import type { ListedMerchant, NoticeEntry } from '../../../src/exchange/notices/notice-register.ts';
import { actOf, StoreBench } from '../../support/store-bench.ts';

let store: StoreBench;
let notices: SqliteNoticeRegister;
beforeEach(async () => {
  store = new StoreBench();
  notices = new SqliteNoticeRegister(store.db, store.clock);
  await store.openIncident();
  await store.openIncident('shop-b');
});
afterEach(() => store.dispose());

const day = (date: number): Date => new Date(Date.UTC(2026, 10, date));
const add = (entries: readonly NoticeEntry[], incident = 'shop-a-2020'): Promise<number> =>
  notices.add(incident, entries, (added) =>
    actOf('notices-record', `incident:${incident}`, {
      ...{ incident, steps: {}, added, source: '0'.repeat(64) },
    }),
  );
const entry = (reference: string, step: NoticeEntry['step'], date: number): NoticeEntry => ({
  ...{ merchant: '', reference, step, at: day(date) },
});

const everyone: ListedMerchant = ({ merchant }) => merchant;

describe('SqliteNoticeRegister', () => {
  it('counts references, not lines, and each entry once', async () => {
    const entries = [
      ...[entry('A-1', 'mail-sent', 1), entry('A-1', 'mail-sent', 2), entry('A-2', 'mail-sent', 1)],
      entry('A-2', 'letter-sent', 3),
    ];
    expect(await add(entries)).toBe(4);
    expect(await add([...entries, entry('A-3', 'mail-bounced', 1)])).toBe(1);
    expect(await notices.counts('shop-a-2020', everyone)).toEqual({
      ...{ 'mail-sent': 2, 'mail-bounced': 1, 'letter-sent': 1 },
    });
    expect((await store.leaves()).slice(-2).map(({ data }) => data['added'])).toEqual([4, 1]);
  });

  it('tells references of two merchants apart', async () => {
    const ofShop = (merchant: string) => ({ ...entry('A-1', 'mail-sent', 1), merchant });
    expect(await add([ofShop('shop-1'), ofShop('shop-2'), ofShop('shop-2')])).toBe(2);
    expect(await notices.counts('shop-a-2020', everyone)).toMatchObject({ 'mail-sent': 2 });
    expect([...(await notices.latest('shop-a-2020', everyone)).keys()].sort()).toEqual([
      ...['shop-1\nA-1', 'shop-2\nA-1'],
    ]);
  });

  it('takes what was recorded without a merchant as of the one that has the reference now', async () => {
    await add([
      entry('A-1', 'mail-sent', 1),
      { ...entry('A-1', 'mail-sent', 2), merchant: 'shop-1' },
      entry('A-1', 'letter-sent', 3),
    ]);
    const ofOne: ListedMerchant = () => 'shop-1';
    expect(await notices.counts('shop-a-2020', ofOne)).toEqual({
      ...{ 'mail-sent': 1, 'mail-bounced': 0, 'letter-sent': 1 },
    });
    const latest = await notices.latest('shop-a-2020', ofOne);
    expect([...latest]).toMatchObject([
      ['shop-1\nA-1', { merchant: 'shop-1', step: 'letter-sent', at: day(3) }],
    ]);
  });

  it('counts those alone that are listed', async () => {
    await add([entry('A-1', 'mail-sent', 1), entry('A-2', 'mail-sent', 1)]);
    const counts = await notices.counts('shop-a-2020', ({ merchant, reference }) =>
      reference === 'A-2' ? merchant : undefined,
    );
    expect(counts).toEqual({ 'mail-sent': 1, 'mail-bounced': 0, 'letter-sent': 0 });
  });

  it('keeps incidents apart', async () => {
    await add([entry('A-1', 'mail-sent', 1)]);
    expect(await notices.counts('shop-b', everyone)).toMatchObject({ 'mail-sent': 0 });
    expect((await notices.latest('shop-b', everyone)).size).toBe(0);
  });

  it('knows the latest step; on one day a bounce follows its mail, and a letter both', async () => {
    await add([
      ...[entry('A-1', 'mail-bounced', 1), entry('A-1', 'mail-sent', 1)],
      ...[entry('A-2', 'letter-sent', 1), entry('A-2', 'mail-bounced', 1)],
      ...[entry('A-3', 'letter-sent', 1), entry('A-3', 'mail-sent', 2)],
    ]);
    const latest = await notices.latest('shop-a-2020', everyone);
    expect([...latest.values()].map(({ reference, step }) => [reference, step]).sort()).toEqual([
      ...[
        ['A-1', 'mail-bounced'],
        ['A-2', 'letter-sent'],
        ['A-3', 'mail-sent'],
      ],
    ]);
  });

  it('takes in thousands at once', async () => {
    const many = Array.from({ length: 3_000 }, (_, n) => entry(`A-${String(n)}`, 'mail-sent', 1));
    expect(await add(many)).toBe(3_000);
    expect(await notices.counts('shop-a-2020', everyone)).toMatchObject({ 'mail-sent': 3_000 });
  });
});
