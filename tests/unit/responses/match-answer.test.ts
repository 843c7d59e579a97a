import { describe, expect, it } from 'vitest';

import { ResponsesFault } from '../../../src/domain/responses/errors.ts';
import { assertNotOverSigned, matchAnswer } from '../../../src/domain/responses/match-answer.ts';
import type { AnswerRow } from '../../../src/domain/responses/resolved-answer.ts';

const found = (record: number, lastFour = '0042', brand = 'visa'): AnswerRow => ({
  ...{ record, card: { brand, issuer: 'みどりの銀行', lastFour }, reason: '' },
});
const lost = (record: number): AnswerRow => ({ record, reason: 'cancelled' });
const sent = {
  firstReference: 11,
  references: [
    { brand: '', lastFour: '' },
    { brand: 'visa', lastFour: '' },
    { brand: 'visa', lastFour: '0042' },
  ],
};
const none = new Map<number, AnswerRow>();

function refusal(rows: readonly AnswerRow[], acceptDiffering = false): unknown {
  try {
    matchAnswer(rows, sent, none, acceptDiffering);
  } catch (error) {
    if (error instanceof ResponsesFault) return { code: error.code, ...error.facts };
    throw error;
  }
  return 'taken';
}

describe('matchAnswer()', () => {
  it('counts what was found and what was not, of a partial answer', () => {
    const matched = matchAnswer([found(13), lost(11)], sent, none, false);
    expect(matched).toEqual({ resolved: 1, notFound: 1, changed: 0, differing: 0 });
  });

  it('counts what an earlier answer said otherwise', () => {
    const earlier = new Map([found(11), lost(12)].map((row) => [row.record, row]));
    const matched = matchAnswer([found(11), found(12)], sent, earlier, false);
    expect(matched).toMatchObject({ resolved: 2, changed: 1 });
  });

  it.each([
    ['a reference before the first', [found(10)], { unknown: 1, line: 2 }],
    ['a reference behind the last', [found(11), found(14)], { unknown: 1, line: 3 }],
    ['a second row for one', [found(11), lost(12), lost(11)], { duplicates: 1, line: 4 }],
    ['another brand than the shop has', [found(12, '0042', 'jcb')], { differing: 1 }],
    ['other digits than the shop has', [found(13, '0043')], { differing: 1 }],
  ])('refuses %s', (_what, rows, facts) => {
    expect(refusal(rows)).toMatchObject({ code: 'response-contradicts', ...facts });
  });

  it('takes what differs where a person accepts that, and nothing else', () => {
    expect(matchAnswer([found(13, '0043')], sent, none, true)).toMatchObject({ differing: 1 });
    expect(refusal([found(14)], true)).toMatchObject({ unknown: 1 });
    expect(refusal([found(11), found(11)], true)).toMatchObject({ duplicates: 1 });
  });

  it('has nothing to contradict in what was not found', () => {
    expect(matchAnswer([lost(13)], sent, none, false)).toMatchObject({ notFound: 1 });
  });
});

describe('assertNotOverSigned()', () => {
  const judge = (isSigned: boolean, changed: number, standing: boolean) => () => {
    assertNotOverSigned('b-1', { isSigned, changed }, { isSigned: standing });
  };

  it('refuses an unsigned answer that changes a batch with a signed one', () => {
    const refused: unknown = expect.objectContaining({
      ...{ code: 'response-over-signed', facts: { batch: 'b-1', differing: 2 } },
    });
    expect(judge(false, 2, true)).toThrow(refused);
  });

  it.each([
    ['a signed answer', true, 2, true],
    ['one that adds alone', false, 0, true],
    ['one after unsigned answers', false, 2, false],
  ] as const)('takes %s', (_what, isSigned, changed, standing) => {
    expect(judge(isSigned, changed, standing)).not.toThrow();
  });
});
