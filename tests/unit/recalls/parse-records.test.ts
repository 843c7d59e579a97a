import { describe, expect, it } from 'vitest';

import { RecallFault } from '../../../src/domain/recalls/errors.ts';
import { parseRecords, RECORDS_BYTES_MAX } from '../../../src/domain/recalls/parse-records.ts';
import { asciiOf, cardDigits, seededRandom } from '../../support/seeded-cards.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const numberOf = (): string => asciiOf(cardDigits(seededRandom(3))).toString();

function refusal(content: Uint8Array): unknown {
  try {
    parseRecords(content);
  } catch (error) {
    if (error instanceof RecallFault) return [error.code, error.facts['line']];
    throw error;
  }
  return 'taken';
}

describe('parseRecords()', () => {
  it('reads ten digits a line, whatever ends it, each once and in order', () => {
    const text = '\uFEFF0000000230\r\n\r\n0000000017\n0000000230\n9999999999';
    expect([...parseRecords(bytes(text))]).toEqual([
      [17, 3],
      [230, 1],
      [9_999_999_999, 5],
    ]);
    expect(parseRecords(bytes('')).size).toBe(0);
  });

  it.each([
    ['a card number', () => `0000000017\n${numberOf()}\n`, 2],
    ['nine digits', () => '000000017\n', 1],
    ['a letter', () => '00000000I7\n', 1],
    ['a space', () => '0000000017 \n', 1],
    ['digits in other forms', () => '００００００００１７\n', 1],
    ['a lone carriage return', () => '0000000017\r0000000018\n', 1],
  ])('refuses %s by its line', (_name, text, line) => {
    expect(refusal(bytes(text()))).toEqual(['recall-records-malformed', line]);
  });

  it('refuses more than a million', () => {
    const line = bytes('0000000001\r\n');
    const many = new Uint8Array(RECORDS_BYTES_MAX + 1);
    for (let at = 0; at + line.length < many.length; at += line.length) many.set(line, at);
    expect(refusal(many)).toEqual(['recall-records-malformed', 1]);
  });
});
