import { describe, expect, it } from 'vitest';

import { parseExceptionLines, recordOf } from '../../../src/domain/waivers/exception-lines.ts';

const read = (text: string, exception?: 'not-waived') => [...parseExceptionLines(text, exception)];
const refused = (line: number, column: string): unknown =>
  expect.objectContaining({ code: 'exceptions-malformed', facts: { line, column } });
const thrownBy = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('parseExceptionLines()', () => {
  it('reads records and orders, each with its own exception, whatever else stands there', () => {
    const text =
      '\uFEFF加盟店,管理番号,注文番号,例外,x\r\n,0000000012,,fee-charged,y\r\nb,,A-1,none,\r\n';
    expect(read(text)).toEqual([
      { line: 2, card: { record: 12 }, exception: 'fee-charged' },
      { line: 3, card: { order: 'A-1', merchant: 'b' }, exception: 'none' },
    ]);
  });

  it('takes what holds for all where a line names none, and passes lines over without both', () => {
    const text = 'record,exception\n7,\n8,refund-asked\n';
    expect(read(text, 'not-waived').map(({ exception }) => exception)).toEqual([
      ...['not-waived', 'refund-asked'],
    ]);
    expect(read(text).map(({ line }) => line)).toEqual([3]);
  });

  it('reads what an export guarded against being computed', () => {
    expect(read("order,exception\n'-7,none\n")).toMatchObject([{ card: { order: '-7' } }]);
  });

  it.each([
    ['免除なし', 'not-waived'],
    ['手数料を請求済み', 'fee-charged'],
    ['手数料請求', 'fee-charged'],
    ['返金の依頼を受付', 'refund-asked'],
    ['再発行済み・返金を依頼中', 'refund-asked'],
  ])('takes %s as our letter and screens write it', (word, exception) => {
    expect(read(`record,exception\n7,${word}\n`)).toMatchObject([{ exception }]);
    expect(thrownBy(() => read(`record,exception\n7,${word}?\n`))).toEqual(refused(2, 'exception'));
  });

  it.each([
    ['nothing', '', 1, 'record'],
    ['no column of cards', 'exception\nnone\n', 1, 'record'],
    ['a reference that is none', 'record,exception\n12345678901,none\n', 2, 'record'],
    ['a line without a card', 'record,order,exception\n,,none\n', 2, 'record'],
    ['a word that is no exception', 'record,exception\n1,declined\n', 2, 'exception'],
    ['quotes that do not close', 'record,exception\n"1,none\n', 2, 'quotes'],
  ])('refuses %s', (_, text, line, column) => {
    expect(thrownBy(() => read(text))).toEqual(refused(line, column));
  });
});

describe('recordOf()', () => {
  it('takes up to ten digits and nothing else', () => {
    expect(['0000000012', '12345678901', '-1', '1e3', ''].map(recordOf)).toEqual([
      ...[12, undefined, undefined, undefined, undefined],
    ]);
  });
});
