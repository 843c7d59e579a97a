import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { AnswerRow } from '../../../src/domain/responses/resolved-answer.ts';
import type { NewResponse } from '../../../src/exchange/responses/response-register.ts';
import { actOf, StoreBench } from '../../support/store-bench.ts';

let store: StoreBench;
beforeEach(async () => {
  store = new StoreBench();
  await store.approved();
});
afterEach(() => store.dispose());

const counts = { resolved: 1, notFound: 1, changed: 0, differing: 0 };
const digest = (letter: string): string => letter.repeat(64);
const response = (letter: string, changes: Partial<NewResponse> = {}): NewResponse => ({
  ...{ batch: 'b-0001', handoff: 'h-0001', incident: 'shop-a-2020', recipient: 'psp', bytes: 9 },
  ...{ sha256: digest(letter), contentSha256: digest(letter), fingerprint: 'A'.repeat(40) },
  ...{ officer: 'officer-1', importedAt: store.clock.now(), ...counts, ...changes },
});
const act = (letter: string) => ({
  ...actOf('response-import', 'batch:b-0001', {
    ...{ batch: 'b-0001', handoff: 'h-0001', recipient: 'psp', bytes: 9 },
    ...{ sha256: digest(letter), contentSha256: digest(letter), ...counts },
  }),
  texts: { answeredBy: 'Sato' },
});
const found = (record: number, lastFour = '0042'): AnswerRow => ({
  ...{ record, card: { brand: 'visa', issuer: '', lastFour }, reason: '' },
});
const lost = (record: number): AnswerRow => ({ record, reason: 'cancelled' });
const newest = async (): Promise<number> => (await store.responses.standing('b-0001')).leaf;

describe('SqliteResponseRegister', () => {
  it('gives back answers and rows, of each reference the latest', async () => {
    await store.responses.add(response('a'), [found(2), lost(1)], act('a'), 0);
    await store.responses.add(response('b'), [found(1, '7731')], act('b'), await newest());
    expect(await store.responses.answersOf('b-0001')).toEqual([found(1, '7731'), found(2)]);
    expect(await store.responses.answersOf('b-0002')).toEqual([]);
    const listed = await store.responses.list('b-0001');
    expect(listed.map(({ sha256, answeredBy }) => [sha256, answeredBy])).toEqual([
      [digest('a'), 'Sato'],
      [digest('b'), 'Sato'],
    ]);
    expect(await store.responses.list('b-0002')).toEqual([]);
  });

  it('takes the same bytes, and the same content in other bytes, once', async () => {
    await store.responses.add(response('a'), [found(1)], act('a'), 0);
    const size = await store.log.size();
    const known: unknown = expect.objectContaining({ code: 'response-known' });
    for (const again of [
      response('a'),
      response('b', { contentSha256: digest('a') }),
      response('a', { contentSha256: digest('b') }),
    ]) {
      await expect(
        store.responses.add(again, [found(2)], act('b'), await newest()),
      ).rejects.toEqual(known);
    }
    expect(await store.responses.known(digest('x'), digest('a'))).toBe('b-0001');
    expect(await store.responses.known(digest('x'), digest('y'))).toBeUndefined();
    expect(await store.log.size()).toBe(size);
    expect(await store.responses.answersOf('b-0001')).toEqual([found(1)]);
  });

  it('refuses an answer that was judged by an older one than the newest', async () => {
    const clear = response('a', { fingerprint: undefined });
    await store.responses.add(clear, [found(1)], act('a'), 0);
    const first = await store.responses.standing('b-0001');
    expect(first).toMatchObject({ isSigned: false });
    expect(await store.responses.standing('b-0002')).toEqual({ leaf: 0, isSigned: false });
    await store.responses.add(response('b'), [found(1, '7731')], act('b'), first.leaf);
    expect(await store.responses.standing('b-0001')).toMatchObject({ isSigned: true });
    const size = await store.log.size();
    const overtaken: unknown = expect.objectContaining({ code: 'response-overtaken' });
    for (const seen of [0, first.leaf, (await newest()) + 1]) {
      const late = store.responses.add(response('c'), [found(1)], act('c'), seen);
      await expect(late).rejects.toEqual(overtaken);
    }
    expect(await store.log.size()).toBe(size);
    expect(await store.responses.answersOf('b-0001')).toEqual([found(1, '7731')]);
  });

  it('takes one of two answers that were judged at the same time', async () => {
    const both = await Promise.allSettled(
      ['a', 'b'].map((letter) => store.responses.add(response(letter), [found(1)], act(letter), 0)),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await store.responses.list()).toHaveLength(1);
  });

  it('settles what is open, and counts what a later answer does not find', async () => {
    await store.responses.add(response('a'), [found(2), lost(1)], act('a'), 0);
    const settlement = { unanswered: 3, notFound: 1, officer: 'officer-1' };
    const settle = (seen: number): Promise<void> =>
      store.responses.settle(
        { ...settlement, batch: 'b-0001', settledAt: store.clock.now() },
        {
          ...actOf('response-settle', 'batch:b-0001', {
            ...{ batch: 'b-0001', handoff: 'h-0001', recipient: 'psp', unanswered: 3, notFound: 1 },
          }),
          texts: { reason: 'cancelled orders' },
        },
        seen,
      );
    expect(await store.responses.settled('b-0001')).toBeUndefined();
    const overtaken: unknown = expect.objectContaining({ code: 'response-overtaken' });
    await expect(settle(0)).rejects.toEqual(overtaken);
    await settle(await newest());
    expect(await store.responses.settled('b-0001')).toMatchObject({
      ...{ settlement: { ...settlement, reason: 'cancelled orders' }, notFoundSince: 0 },
    });
    expect(await store.responses.settled('b-0002')).toBeUndefined();
    await store.responses.add(
      response('b'),
      [lost(2), found(1), lost(3)],
      act('b'),
      await newest(),
    );
    await store.responses.add(response('c'), [found(3)], act('c'), await newest());
    expect(await store.responses.settled('b-0001')).toMatchObject({ notFoundSince: 1 });
  });

  it('keeps neither answer nor leaf when a row cannot be stored', async () => {
    const size = await store.log.size();
    const tooLong = found(1, '4111111111');
    await expect(store.responses.add(response('a'), [tooLong], act('a'), 0)).rejects.toThrow();
    expect(await store.log.size()).toBe(size);
    expect(await store.responses.list()).toEqual([]);
  });
});
