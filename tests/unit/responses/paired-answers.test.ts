import { describe, expect, it } from 'vitest';

import { parseCardAnswer } from '../../../src/domain/responses/card-answer.ts';
import { assertPairAgrees, unpaired } from '../../../src/domain/responses/paired-answers.ts';
import type { AnswerPart, PairedAnswer } from '../../../src/domain/responses/paired-answers.ts';
import type { CardRow } from '../../../src/domain/responses/standing-cards.ts';
import { answerFormat, someList as list } from '../../support/answer-formats.ts';

const back = (record: number, reason: 'other' | 'not-our-card' = 'other'): CardRow => ({
  ...{ record, saying: { state: 'returned', reason } },
});
const taken = (record: number): CardRow => ({ record, saying: { state: 'accepted' } });
const all = (...rows: readonly CardRow[]): PairedAnswer => ({ part: 'all', rows });
const rejected = (...rows: readonly CardRow[]): PairedAnswer => ({ part: 'rejected', rows });

describe('unpaired()', () => {
  it.each<[readonly (AnswerPart | undefined)[], number | undefined]>([
    [[], undefined],
    [[undefined], undefined],
    [['all'], 0],
    [['all', 'rejected'], undefined],
    [['rejected', undefined, 'all'], undefined],
    [['all', 'all'], 1],
    [['all', 'rejected', 'rejected'], 2],
    [['all', 'rejected', 'all', undefined], 2],
  ])('of %j is the one at %s', (parts, at) => {
    const answers = parts.map((part, place) => ({ part, place }));
    expect(unpaired(answers)?.place).toBe(at);
  });
});

describe('assertPairAgrees()', () => {
  it('takes two files by which the same cards came back', () => {
    assertPairAgrees('b', all(taken(1), back(2)), rejected(back(2)));
    assertPairAgrees('b', rejected(), all(taken(1)));
  });

  it.each([
    ['a card that is not in all', all(taken(1)), rejected(back(1)), 1],
    ['one that is not among the rejected', rejected(), all(back(1), back(2)), 2],
    ['another reason', all(back(1)), rejected(back(1, 'not-our-card')), 1],
  ])('refuses %s', (_, one, other, differing) => {
    expect(() => {
      assertPairAgrees('b', one, other);
    }).toThrow(
      expect.objectContaining({ code: 'response-pair-differs', facts: { batch: 'b', differing } }),
    );
  });
});

describe('parseCardAnswer() of two files and numbers', () => {
  const read = (text: string, id: string) =>
    parseCardAnswer(new TextEncoder().encode(text), answerFormat(id), list);
  const pair = (part: string, code: string): string =>
    `H,${part},LIVE,h,b\nR,0000000101,${code}\nN,1\n`;

  it('tells which file it is, and takes no accepted card among those that came back', () => {
    expect(read(pair('ALL', '00'), 'all-and-rejected')).toMatchObject({ part: 'all' });
    expect(read(pair('REJECTED', '20'), 'all-and-rejected')).toMatchObject({ part: 'rejected' });
    for (const [part, code, found] of [
      ['REJECTED', '00', 'response-code-unknown'],
      ['SOME', '20', 'response-malformed'],
      ['constructor', '20', 'response-malformed'],
    ] as const) {
      expect(() => read(pair(part, code), 'all-and-rejected')).toThrow(found);
    }
  });

  it('reads its number, and that of ours which they expect next', () => {
    const text = (number: string, next: string): string => `H,LIVE,h,b,${number},x\nN,0,${next}\n`;
    const read1 = read(text('000016', '13'), 'numbered-line-codes');
    expect(read1).toMatchObject({ sequence: 16, nextExpected: 13 });
    for (const wrong of [text('x', '13'), text('16', ''), text('-1', '13')]) {
      expect(() => read(wrong, 'numbered-line-codes')).toThrow('response-malformed');
    }
    const last = answerFormat('numbered-line-codes');
    const trailer = [[{ literal: 'N' }, { field: 'count' }, { field: 'last_received' }]] as const;
    const format = { ...last, trailer: trailer.map((cells) => [...cells]) };
    const bytes = new TextEncoder().encode(text('16', '12'));
    expect(parseCardAnswer(bytes, format, list).nextExpected).toBe(13);
  });
});
