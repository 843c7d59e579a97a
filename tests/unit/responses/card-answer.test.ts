import { describe, expect, it } from 'vitest';

import { parseCardAnswer } from '../../../src/domain/responses/card-answer.ts';
import { runsOf } from '../../../src/domain/recalls/recalled-runs.ts';
import { ResponsesFault } from '../../../src/domain/responses/errors.ts';
import { answerFormat, someList as list } from '../../support/answer-formats.ts';

const own = answerFormat('card-answer');
const coded = answerFormat('line-codes');
const bytes = (...lines: readonly string[]): Uint8Array =>
  new TextEncoder().encode(`${lines.join('\r\n')}\r\n`);
const head = 'H,mimamori-card-answer,1,h7k2m9qa,1a9f3c0b2e,accepted';
const row = (record: number, code: string): string =>
  `D,${String(record).padStart(10, '0')},${code}`;

function refusal(...lines: readonly string[]): unknown {
  try {
    parseCardAnswer(bytes(...lines), own, list);
  } catch (error) {
    if (error instanceof ResponsesFault) return error.code;
    throw error;
  }
  return 'taken';
}

describe('parseCardAnswer()', () => {
  it('reads what holds for all, and each card that is otherwise', () => {
    const parsed = parseCardAnswer(
      bytes(head, row(101, 'monitoring'), row(105, 'not-our-card'), 'T,2'),
      own,
      list,
    );
    expect(parsed).toEqual({
      ...{ handoff: 'h7k2m9qa', batch: '1a9f3c0b2e', mode: undefined, rest: 'accepted' },
      nonce: '',
      rows: [
        { record: 101, saying: { state: 'monitoring' } },
        { record: 105, saying: { state: 'returned', reason: 'not-our-card' } },
      ],
    });
    const none = bytes(head.replace('accepted', 'none'), 'T,0');
    expect(parseCardAnswer(none, own, list)).toMatchObject({ rest: undefined, rows: [] });
  });

  it('reads a nonce behind everything else in the header, and nowhere else', () => {
    const named = (line: string): string | undefined =>
      parseCardAnswer(bytes(line, 'T,0'), own, list).nonce;
    expect(named(`${head},hjkm`)).toBe('hjkm');
    expect(named(`${head}, hjkm `)).toBe('hjkm');
    expect(named(`${head},`)).toBe('');
    for (const line of [`${head},hjkm,`, head.replace(',accepted', '')]) {
      expect(refusal(line, 'T,0')).toBe('response-malformed');
    }
    expect(refusal(head, row(101, 'other'), 'T,1,hjkm')).toBe('response-malformed');
  });

  it('takes of a recall the records that it names, and no other', () => {
    const recall = { ...list, cards: 3, runs: runsOf([0, 1, 900]) };
    const parse = (record: number): unknown =>
      parseCardAnswer(bytes(head, row(record, 'other'), 'T,1'), own, recall).rows.length;
    const first = list.firstReference;
    for (const record of [first, first + 1, first + 900]) expect(parse(record)).toBe(1);
    for (const record of [first - 1, first + 2, first + 899, first + 901]) {
      expect(() => parse(record)).toThrow(ResponsesFault);
    }
  });

  it('reads running numbers of six digits, filled with zeros to ten, and no longer ones', () => {
    const numbered = answerFormat('numbered-line-codes');
    const parse = (sequence: string, next: string): unknown => {
      const text = bytes(`H,LIVE,h7k2m9qa,1a9f3c0b2e,${sequence},20261122`, `N,0,${next}`);
      try {
        const read = parseCardAnswer(text, numbered, list);
        return [read.sequence, read.nextExpected];
      } catch (error) {
        return (error as ResponsesFault).code;
      }
    };
    expect(parse('000016', '13')).toEqual([16, 13]);
    expect(parse('999999', '0000999')).toEqual([999_999, 999]);
    expect(parse('0000999999', '1')).toEqual([999_999, 1]);
    for (const [sequence, next] of [
      ['1000000', '1'],
      ['1', '1000000'],
      ['00000000016', '1'],
      ['', '1'],
    ] as const) {
      expect(parse(sequence, next)).toBe('response-malformed');
    }
  });

  it('reads codes of a line, by which everything unnamed is accepted', () => {
    const text = bytes('H,LIVE,h7k2m9qa,1a9f3c0b2e,20261122', 'R,0000000102,21,closed', 'N,1');
    expect(parseCardAnswer(text, coded, list)).toEqual({
      ...{ handoff: 'h7k2m9qa', batch: '1a9f3c0b2e', mode: 'live', rest: 'accepted' },
      rows: [{ record: 102, saying: { state: 'returned', reason: 'closed-account' } }],
    });
  });

  it('refuses what is not built as the format says', () => {
    for (const lines of [
      [],
      [head],
      ['T,0'],
      [head.replace('H,', 'X,'), 'T,0'],
      [head.replace(',1,', ',2,'), 'T,0'],
      [`${head},more,more`, 'T,0'],
      [head.replace('accepted', 'granted'), 'T,0'],
      [head.replace('accepted', 'toString'), 'T,0'],
      [head, 'E,0000000101,accepted', 'T,1'],
      [head, 'D,101,accepted', 'T,1'],
      [head, 'T,x'],
    ]) {
      expect(refusal(...lines), lines.join('|')).toBe('response-malformed');
    }
  });

  it('takes no unknown code for a yes', () => {
    for (const code of ['', 'ok', 'Accepted', '00', 'constructor']) {
      expect(refusal(head, row(101, code), 'T,1'), code).toBe('response-code-unknown');
    }
    const text = bytes('H,LIVE,h7k2m9qa,1a9f3c0b2e,', 'R,0000000102,99,', 'N,1');
    expect(() => parseCardAnswer(text, coded, list)).toThrow('response-code-unknown');
  });

  it('refuses a card that is not of the batch, and one that is named twice', () => {
    for (const rows of [
      [row(100, 'accepted')],
      [row(106, 'accepted')],
      [row(101, 'accepted'), row(101, 'other')],
    ]) {
      expect(refusal(head, ...rows, `T,${rows.length}`)).toBe('response-contradicts');
    }
    expect(refusal(head, row(101, 'accepted'), 'T,2')).toBe('response-count-differs');
  });

  it('refuses card numbers, digits that hide one, and what is too long', () => {
    const number = ['4111', '1111', '1111', '1111'].join('');
    expect(refusal(head.replace('accepted', number), 'T,0')).toBe('response-holds-card');
    expect(refusal(head, `D,0000000101,${number.slice(0, 9)}`, 'T,1')).toBe('response-digits');
    expect(refusal(head, row(101, 'x'.repeat(2_000)), 'T,1')).toBe('response-too-large');
    const large = new Uint8Array(33 * 1024 * 1024);
    expect(() => parseCardAnswer(large, own, list)).toThrow('response-too-large');
  });

  it('refuses a mode that is neither', () => {
    const text = bytes('H,DEMO,h7k2m9qa,1a9f3c0b2e,', 'N,0');
    expect(() => parseCardAnswer(text, coded, list)).toThrow('response-malformed');
  });
});
