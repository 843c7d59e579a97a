import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { AnswerRow } from '../../../src/domain/responses/resolved-answer.ts';
import type { NewResponse } from '../../../src/exchange/response-register.ts';
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

describe('SqliteResponseRegister', () => {
  it('gives back answers and rows, of each reference the latest', async () => {
    await store.responses.add(response('a'), [found(2), lost(1)], act('a'));
    await store.responses.add(response('b'), [found(1, '7731')], act('b'));
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
    await store.responses.add(response('a'), [found(1)], act('a'));
    const size = await store.log.size();
    const known: unknown = expect.objectContaining({ code: 'response-known' });
    for (const again of [
      response('a'),
      response('b', { contentSha256: digest('a') }),
      response('a', { contentSha256: digest('b') }),
    ]) {
      await expect(store.responses.add(again, [found(2)], act('b'))).rejects.toEqual(known);
    }
    expect(await store.responses.known(digest('x'), digest('a'))).toBe('b-0001');
    expect(await store.responses.known(digest('x'), digest('y'))).toBeUndefined();
    expect(await store.log.size()).toBe(size);
    expect(await store.responses.answersOf('b-0001')).toEqual([found(1)]);
  });

  it('keeps neither answer nor leaf when a row cannot be stored', async () => {
    const size = await store.log.size();
    const tooLong = found(1, '4111111111');
    await expect(store.responses.add(response('a'), [tooLong], act('a'))).rejects.toThrow();
    expect(await store.log.size()).toBe(size);
    expect(await store.responses.list()).toEqual([]);
  });
});
