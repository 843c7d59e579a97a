import { describe, expect, it } from 'vitest';

import { answersOf } from '../../../src/doors/cli/acts/answer-options.ts';

const within = (answerWithin: string, known?: Parameters<typeof answersOf>[1]): unknown =>
  answersOf({ answerWithin }, known, []).answers;
const format = 'card-answer';

describe('answersOf()', () => {
  it.each([
    ['72', { within_hours: 72 }],
    ['3-bank-days', { within_days: { count: 3, of: 'bank' } }],
    ['1-bank-days-15:00', { within_days: { count: 1, of: 'bank', cut_off: '15:00' } }],
    ['10-administrative-days', { within_days: { count: 10, of: 'administrative' } }],
    ['none', {}],
  ])('reads the term %s, which takes the place of the one before', (term, terms) => {
    const known = { format, within_hours: 5 };
    expect(within(term, known)).toEqual({ format, ...terms });
  });

  it.each([
    '',
    '0',
    '-3',
    '3.5',
    '3 bank days',
    '0-bank-days',
    '3-days',
    '3-BANK-days',
    '72h',
    '72-15:00',
    '1-bank-days-3pm',
    '1-bank-days-15:00 ',
    '1-bank-days-24:00',
    '1-bank-days-00:00',
  ])('refuses the term "%s"', (term) => {
    expect(() => within(term)).toThrow(
      expect.objectContaining({
        code: 'usage',
        facts: expect.objectContaining({ option: '--answer-within' }) as unknown,
      }),
    );
  });

  it.each(['8785', '61-bank-days', '100-administrative-days'])('refuses %s, and says', (term) => {
    expect(() => within(term)).toThrow(
      expect.objectContaining({
        facts: {
          option: '--answer-within',
          expected: expect.stringMatching(/\b8784;.*\b60;/) as unknown,
        },
      }),
    );
    expect(within('8784')).toEqual({ format, within_hours: 8784 });
    expect(within('60-bank-days')).toEqual({ format, within_days: { count: 60, of: 'bank' } });
  });

  const server = {
    ...{ kind: 'sftp' as const, host: 'psp.example', user: 'mimamori', directory: '/in' },
    host_keys: [],
  };
  const folder = { kind: 'manual' as const, directory: '/srv/out' };

  it.each([
    ['a folder of ours', '/x', folder],
    ['the directory that files go into', '/in', server],
    ['a path that leads elsewhere', '/in/../out', server],
  ])('refuses to fetch answers from %s', (_what, answersFrom, endpoint) => {
    expect(() => answersOf({ answersFrom }, undefined, [endpoint])).toThrow(
      expect.objectContaining({
        code: 'usage',
        facts: expect.objectContaining({ option: '--answers-from' }) as unknown,
      }),
    );
    expect(answersOf({ answersFrom: '/out' }, undefined, [server]).answers).toEqual({
      ...{ format, directory: '/out' },
    });
    expect(answersOf({ answersFrom: 'none' }, undefined, [folder]).answers).toEqual({ format });
  });

  it('leaves terms as they were where they are not named', () => {
    const known = { format, within_days: { count: 3, of: 'bank' } } as const;
    expect(answersOf({ answerFormat: 'line-codes' }, known, []).answers).toEqual({
      ...known,
      format: 'line-codes',
    });
  });
});
