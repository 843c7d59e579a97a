import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { SqliteRecipientTests } from '../../../src/edge/sqlite/recipient-tests.ts';
import type { NewRecipientTest } from '../../../src/exchange/recipients/recipient-tests.ts';
import { fingerprintOf } from '../../support/recipient-entry.ts';
import { actOf, StoreBench } from '../../support/store-bench.ts';

let store: StoreBench;
let tests: SqliteRecipientTests;
beforeEach(() => {
  store = new StoreBench();
  tests = new SqliteRecipientTests(store.db, store.clock);
});
afterEach(() => store.dispose());

const combination = 'a'.repeat(64);
const spokenAt = new Date('2026-11-22T10:30:00Z');
const answer = { by: 'K. Sato', phone: '+81 3 0000 0000', spokenAt };

function testOf(id: string, change: Partial<NewRecipientTest> = {}): NewRecipientTest {
  return {
    ...{ id, recipient: 'psp', combination, fingerprint: fingerprintOf(1), profile: 'pan-list' },
    ...{ file: `test-${id}.pgp`, bytes: 900, sha256: 'b'.repeat(64) },
    ...{ wrappedAnswer: Uint8Array.of(1, 2, 3), madeAt: store.clock.now() },
    ...change,
  };
}

const about = { test: 't1', recipient: 'psp', combination };
const beginAct = actOf('recipient-test', 'recipient:psp', {
  ...{ ...about, fingerprint: fingerprintOf(1), profile: 'pan-list' },
  ...{ name: 'test-t1.pgp', bytes: 900, sha256: 'b'.repeat(64) },
});
const sentAct = actOf('recipient-test-sent', 'recipient:psp', { ...about, outcome: 'stored' });
const answerAct = {
  ...actOf('recipient-test-answer', 'recipient:psp', {
    ...{ ...about, fingerprint: fingerprintOf(1), profile: 'pan-list', misreadings: 0 },
    spokenAt: spokenAt.toISOString(),
  }),
  texts: { confirmedBy: answer.by, phone: answer.phone },
};

const fileAct = actOf('recipient-test-file-answer', 'recipient:psp', {
  ...{ ...about, fingerprint: fingerprintOf(1), profile: 'pan-list' },
  ...{ evidence: 'd'.repeat(64), bytes: 1_200 },
});

async function waiting(id: string): Promise<void> {
  await tests.begin(testOf(id), beginAct);
  await tests.sent(id, sentAct);
}

describe('SqliteRecipientTests', () => {
  it('keeps a test as it was made, unsent and without an answer', async () => {
    await tests.begin(testOf('t1'), beginAct);
    expect(await tests.latest('psp')).toEqual({ ...testOf('t1'), state: 'unsent', misreadings: 0 });
    expect(await tests.latest('amex')).toBeUndefined();
  });

  it('counts as passed only after a right answer, for that recipient and combination', async () => {
    await waiting('t1');
    expect(await tests.passed('psp', combination)).toBeUndefined();
    await tests.readBack('t1', 0, answer, answerAct);
    expect(await tests.passed('psp', combination)).toMatchObject({ state: 'read-back', answer });
    expect(await tests.passed('amex', combination)).toBeUndefined();
    expect(await tests.passed('psp', 'c'.repeat(64))).toBeUndefined();
    expect(await store.acts()).toEqual([
      ...['recipient-test', 'recipient-test-sent', 'recipient-test-answer'],
    ]);
  });

  it('counts as passed after an answer by file, once, and tells it from a voice', async () => {
    await waiting('t1');
    const signed = { sha256: 'd'.repeat(64), takenAt: spokenAt };
    await tests.answered('t1', 0, signed, fileAct);
    const passed = await tests.passed('psp', combination);
    expect(passed).toMatchObject({ state: 'read-back', signed });
    expect(passed).not.toHaveProperty('answer');
    const size = await store.log.size();
    await expect(tests.answered('t1', 0, signed, fileAct)).rejects.toMatchObject({
      code: 'recipient-test-missing',
    });
    expect(await store.log.size()).toBe(size);
  });

  it('a later test takes the place of one that waits, and not of one that was read back', async () => {
    await waiting('t1');
    await tests.readBack('t1', 0, answer, answerAct);
    await waiting('t2');
    await waiting('t3');
    const states = await store.db
      .selectFrom('recipient_test')
      .select(['id', 'state'])
      .orderBy('leaf')
      .execute();
    expect(states.map(({ id, state }) => `${id} ${state}`)).toEqual([
      ...['t1 read-back', 't2 superseded', 't3 awaiting-answer'],
    ]);
    expect((await tests.passed('psp', combination))?.id).toBe('t1');
  });

  it.each(['unsent', 'superseded', 'misread'])(
    'takes no answer to a test that is %s, and writes no leaf for it',
    async (state) => {
      await tests.begin(testOf('t1'), beginAct);
      if (state === 'superseded') await tests.begin(testOf('t2'), beginAct);
      if (state === 'misread') {
        await tests.sent('t1', sentAct);
        await tests.misread('t1', 1, true, answerAct);
      }
      const size = await store.log.size();
      for (const late of [
        tests.readBack('t1', 0, answer, answerAct),
        tests.misread('t1', 2, false, answerAct),
      ]) {
        await expect(late).rejects.toMatchObject({ code: 'recipient-test-missing' });
      }
      expect(await store.log.size()).toBe(size);
    },
  );

  it('two wrong answers at once are one try each: the second is refused', async () => {
    await waiting('t1');
    await tests.misread('t1', 1, false, answerAct);
    await expect(tests.misread('t1', 1, false, answerAct)).rejects.toMatchObject({
      code: 'recipient-test-missing',
    });
    expect(await tests.latest('psp')).toMatchObject({ state: 'awaiting-answer', misreadings: 1 });
  });

  it('a right answer beside a wrong one that came first is refused like another wrong one', async () => {
    await waiting('t1');
    await tests.misread('t1', 1, false, answerAct);
    await expect(tests.readBack('t1', 0, answer, answerAct)).rejects.toMatchObject({
      code: 'recipient-test-missing',
    });
    expect(await tests.passed('psp', combination)).toBeUndefined();
    await tests.readBack('t1', 1, answer, answerAct);
    expect(await tests.passed('psp', combination)).toMatchObject({ state: 'read-back' });
  });

  it('makes no further file for a recipient after six wrong answers in a day, and one the day after', async () => {
    for (const id of ['t1', 't2', 't3']) {
      await waiting(id);
      await tests.misread(id, 1, false, answerAct);
      await tests.misread(id, 2, false, answerAct);
    }
    const size = await store.log.size();
    await expect(tests.begin(testOf('t4'), beginAct)).rejects.toMatchObject({
      ...{ code: 'recipient-test-exhausted', retry: 'later' },
      facts: { recipient: 'psp', tries: 6 },
    });
    expect(await store.log.size()).toBe(size);
    await tests.begin({ ...testOf('t4'), recipient: 'amex' }, beginAct);
    const madeAt = new Date(testOf('t5').madeAt.getTime() + 24 * 3_600_000);
    await tests.begin({ ...testOf('t5'), madeAt }, beginAct);
    expect((await tests.latest('psp'))?.id).toBe('t5');
  });

  it('still tells of an answer whose texts were purged', async () => {
    await waiting('t1');
    await tests.readBack('t1', 0, answer, answerAct);
    await store.db.deleteFrom('leaf_text').execute();
    const passed = await tests.passed('psp', combination);
    expect(passed?.answer).toEqual({ by: '', phone: '', spokenAt });
  });
});
