import { describe, expect, it, vi } from 'vitest';

import { answerFormatSchema } from '../../../src/domain/responses/answer-format.ts';
import { LINES_MAX } from '../../../src/domain/responses/answer-lines.ts';
import { parseCardAnswer } from '../../../src/domain/responses/card-answer.ts';
import type { CardAnswer } from '../../../src/domain/responses/card-answer.ts';
import { ResponsesFault } from '../../../src/domain/responses/errors.ts';
import { answerFormat, someList as list } from '../../support/answer-formats.ts';
import { someCards } from '../../support/plain-list.ts';
import { seededRandom } from '../../support/seeded-cards.ts';

const [number] = someCards(seededRandom(6), 1) as [string];
const of = (batch: string): string => batch.padEnd(40);

function read(text: string, id: string, more: Partial<typeof list> = {}): CardAnswer {
  return parseCardAnswer(new TextEncoder().encode(text), answerFormat(id), { ...list, ...more });
}

function refusal(text: string, id: string, more: Partial<typeof list> = {}): string {
  try {
    read(text, id, more);
  } catch (error) {
    if (error instanceof ResponsesFault) return error.code;
    throw error;
  }
  return 'taken';
}

describe('fixed records', () => {
  const id = 'result-codes-120';
  const head = `1LIVE20261122${of('1a9f3c0b2e')}${'h7k2m9qa'.padEnd(20)}`;
  const row = (record: string, code: string): string => `2${record} ${code}`;
  const tail = (count: string): readonly string[] => [`8${count}`, '9'];
  const file = (records: readonly string[], end = '\r\n', width = 120): string =>
    records.map((record) => record.padEnd(width) + end).join('');
  const good = [head, row('0000000101', '00'), row('0000000105', '20'), ...tail('0000000002')];

  it('are read by their places: a code for each card, and nothing of the others', () => {
    const answer = read(file(good), id);
    expect(answer).toEqual({
      ...{ handoff: 'h7k2m9qa', batch: '1a9f3c0b2e', mode: 'live', rest: undefined },
      rows: [
        { record: 101, saying: { state: 'accepted' } },
        { record: 105, saying: { state: 'returned', reason: 'not-our-card' } },
      ],
    });
    expect(read(file(good).slice(0, -2), id)).toEqual(answer);
  });

  it.each<[string, string, string]>([
    ['another line end', file(good, '\n'), 'response-malformed'],
    ['none', file(good, ''), 'response-malformed'],
    ['another width', file(good, '\r\n', 119), 'response-malformed'],
    ['one byte cut off', file(good).slice(0, -3), 'response-malformed'],
    ['no end record', file(good.slice(0, -1)), 'response-malformed'],
    ['nothing', '', 'response-malformed'],
    [
      'something where nothing stands',
      file(good).replace(/ {9}\r/, '        x\r'),
      'response-malformed',
    ],
    ['a letter beyond ASCII', file(good).replace(' \r', 'ｱ\r'), 'response-malformed'],
    ['an unknown code', file(good).replace(' 20', ' 99'), 'response-code-unknown'],
    ['a wrong count', file(good).replace('80000000002', '80000000003'), 'response-count-differs'],
    [
      'a card of another batch',
      file(good).replace('0000000105', '0000000106'),
      'response-contradicts',
    ],
    ['a card number', file([head, `2${number}`, ...tail('0000000001')]), 'response-holds-card'],
    [
      'a record as we sent it',
      file([head, `2000000010116${number}`, ...tail('0000000001')]),
      'response-holds-card',
    ],
    [
      'digits',
      file([`${head}${' '.repeat(20)}${number.slice(0, 12)}`, ...good.slice(1)]),
      'response-digits',
    ],
  ])('refuse %s', (_, text, code) => {
    expect(refusal(text, id)).toBe(code);
  });
});

describe('fixed records of one byte', () => {
  it('are counted before any is built', () => {
    const narrow = answerFormatSchema.parse({
      ...{ id: 'narrow', title: 'Narrow', provenance: 'nobody', shape: 'fixed', newline: 'none' },
      ...{ header: [{ field: 'batch', width: 1 }], rest: { always: 'none' } },
    });
    // Would be malformed at the first of them.
    const bytes = new Uint8Array(LINES_MAX + 1);
    const told = { code: 'response-too-large', facts: { max: LINES_MAX } };
    expect(() => parseCardAnswer(bytes, narrow, list)).toThrow(expect.objectContaining(told));
    const fewer = bytes.subarray(1);
    const malformed = { code: 'response-malformed' };
    expect(() => parseCardAnswer(fewer, narrow, list)).toThrow(expect.objectContaining(malformed));
  });
});

describe('JSON', () => {
  const id = 'card-answer-json';
  const good = {
    ...{ type: 'mimamori-card-answer/1', handoff: 'h7k2m9qa', batch: '1a9f3c0b2e' },
    rest: 'accepted',
    cards: [{ record: '0000000101', code: 'monitoring' }],
    count: 1,
  };
  const text = (more: object = {}): string => JSON.stringify({ ...good, ...more });

  it('says the same as lines, in any order and with white space', () => {
    const expected = {
      ...{ handoff: 'h7k2m9qa', batch: '1a9f3c0b2e', mode: undefined, rest: 'accepted' },
      rows: [{ record: 101, saying: { state: 'monitoring' } }],
      nonce: '',
    };
    expect(read(text({ nonce: 'hjkm' }), id)).toEqual({ ...expected, nonce: 'hjkm' });
    expect(read(text(), id)).toEqual(expected);
    const { batch, ...others } = good;
    expect(read(JSON.stringify({ batch, ...others }, undefined, 2), id)).toEqual(expected);
    const escaped = text().replaceAll('/', String.raw`\/`);
    expect(escaped).toContain(String.raw`-answer\/1`);
    expect(read(escaped, id)).toEqual(expected);
  });

  it.each<[string, string, string]>([
    ['no JSON', '{', 'response-malformed'],
    ['a list', '[]', 'response-malformed'],
    ['another member', text({ note: 'x' }), 'response-malformed'],
    ['a member less', text({ rest: undefined }), 'response-malformed'],
    ['a member twice', text().replace('{', '{"batch":"1a9f3c0b2e",'), 'response-malformed'],
    ['a list of something else', text({ cards: ['x'] }), 'response-malformed'],
    ['no list', text({ cards: {} }), 'response-malformed'],
    [
      'a number as a reference',
      text({ cards: [{ record: 101, code: 'other' }] }),
      'response-malformed',
    ],
    [
      'digits behind an escape',
      text().replace('monitoring', String.raw`\u0034`),
      'response-malformed',
    ],
    [
      'an escaped backslash before a slash',
      text({ type: String.raw`mimamori-card-answer\/1` }),
      'response-malformed',
    ],
    ['a control character', text().replace('{', '{\u0001'), 'response-malformed'],
    ['a blank in a number', text({ count: 10 }).replace(':10', ':1 0'), 'response-malformed'],
    ['a backslash at its end', `${text()}\\`, 'response-malformed'],
    ['full-width digits', text({ rest: '４' }), 'response-malformed'],
    ['10,000 layers', '['.repeat(10_000), 'response-malformed'],
    ['10,000 whole layers', '['.repeat(10_000) + ']'.repeat(10_000), 'response-malformed'],
    ['an inherited word', text({ rest: 'toString' }), 'response-malformed'],
    [
      'an unknown code',
      text({ cards: [{ record: '0000000101', code: 'ok' }] }),
      'response-code-unknown',
    ],
    ['a wrong count', text({ count: 2 }), 'response-count-differs'],
    ['a card number', text({ rest: number }), 'response-holds-card'],
    ['one as a number', text({ count: Number(number) }), 'response-holds-card'],
    ['digits', text({ cards: [{ record: '0000000101', code: '123456789' }] }), 'response-digits'],
  ])('is refused with %s', (_, answer, code) => {
    expect(refusal(answer, id)).toBe(code);
  });

  it('is not handed to a parser where it is deeper than an answer: that takes gigabytes', () => {
    const parse = vi.spyOn(JSON, 'parse');
    const layers = (count: number): string => '['.repeat(count) + ']'.repeat(count);
    expect(refusal(layers(3), id)).toBe('response-malformed');
    expect(parse).toHaveBeenCalledTimes(1);
    expect(refusal(layers(4), id)).toBe('response-malformed');
    expect(parse).toHaveBeenCalledTimes(1);
    const brackets = text({ cards: [{ record: '0000000101', code: '[[[[' }] });
    expect(refusal(brackets, id)).toBe('response-code-unknown');
    parse.mockRestore();
  });
});

describe('a receipt of one line', () => {
  const id = 'one-line-receipt';
  const digest = `${'1234567890'.repeat(6)}abcd`;
  const names = ['shop_20261122_1a9f3c0b2e_000012.csv.pgp'];
  const more = { sha256: digest, names };
  const line = (name = names[0]!, of = digest, cards = '5'): string =>
    `RECEIVED,LIVE,${name},${of},${cards}\r\n`;

  it('says that this file came with so many cards, and nothing of a card', () => {
    expect(read(line(), id, more)).toEqual({
      ...{ handoff: undefined, batch: undefined, mode: 'live', rest: undefined, rows: [] },
    });
  });

  it.each<[string, string, string]>([
    ['other cards than were sent', line(undefined, undefined, '4'), 'response-count-differs'],
    ['another name', line('other.csv.pgp'), 'response-of-other'],
    ['another digest', line(undefined, 'b'.repeat(64)), 'response-of-other'],
    ['a second line', `${line()}x\r\n`, 'response-malformed'],
    ['no count', line(undefined, undefined, 'five'), 'response-malformed'],
    ['digits that are not ours', line(undefined, `9${digest.slice(1)}`), 'response-digits'],
    ['a card number', line(number), 'response-holds-card'],
    ['one beside our digest', line(undefined, `${digest}${number}`), 'response-holds-card'],
  ])('is refused with %s', (_, text, code) => {
    expect(refusal(text, id, more)).toBe(code);
  });
});
