import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { endpointSchema } from '../../../src/domain/recipients/endpoint.ts';
import {
  namingOf,
  namingProblems,
  renderName,
} from '../../../src/domain/recipients/file-naming.ts';
import { nextNumber, periodOf } from '../../../src/domain/recipients/sequence.ts';

const sequence = { start: 1, width: 4, reset: 'never' } as const;
const facts = { mode: 'live', batch: '1a9f3c', date: '2026-05-01', time: '09:08:07' } as const;

const problems = (keys: Parameters<typeof namingProblems>[0]): string[] =>
  [...namingProblems(keys)].map(({ key }) => key);

describe('renderName()', () => {
  it.each([
    ['MM_{date}_{sequence}.pgp', 'MM_20260501_0012.pgp'],
    ['{mode}{short-date}{time}-{sequence}.PGP', 'LIVE260501090807-0012.PGP'],
    ['{batch}.{sequence}.x', '1a9f3c.0012.x'],
  ])('fills %s', (pattern, name) => {
    expect(renderName({ pattern, sequence }, { ...facts, sequence: 12 })).toBe(name);
  });

  it('says TEST in every name of a drill, whatever the pattern', () => {
    const drill = { ...facts, mode: 'drill', sequence: 3 } as const;
    expect(renderName({ pattern: 'a{sequence}.p', sequence }, drill)).toBe('TEST-a0003.p');
    expect(renderName({ pattern: '{mode}{sequence}.p', sequence }, drill)).toBe('TEST0003.p');
    const lower = { pattern: 'a{batch}.p', case: 'lower' } as const;
    expect(renderName(lower, drill)).toBe('test-a1a9f3c.p');
  });

  it('writes what it fills in in the case they take', () => {
    expect(renderName({ pattern: 'X{batch}.PGP', case: 'upper' }, facts)).toBe('X1A9F3C.PGP');
  });

  it('gives different numbers different names, and no name a live file could share with a test', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 9999 }), (a, b) => {
        const naming = { pattern: 'q{sequence}.p', sequence };
        const live = renderName(naming, { ...facts, sequence: a });
        expect(live === renderName(naming, { ...facts, sequence: b })).toBe(a === b);
        expect(live).not.toBe(renderName(naming, { ...facts, mode: 'drill', sequence: b }));
      }),
    );
  });
});

describe('namingProblems()', () => {
  it.each([
    { name_pattern: '{batch}.pgp' },
    { name_pattern: 'A-{date}_{sequence}.PGP', name_case: 'upper', sequence },
    { name_pattern: '{short-date}{sequence}.x', sequence: { ...sequence, reset: 'daily' } },
    {},
  ] as const)('accepts %j', (keys) => {
    expect(problems(keys)).toEqual([]);
  });

  it.each([
    ['two files would get one name', { name_pattern: 'cards-{date}.pgp' }],
    ['an unknown placeholder, such as the merchant', { name_pattern: '{merchant}{batch}.pgp' }],
    ['a placeholder twice', { name_pattern: '{batch}{batch}.pgp' }],
    ['no extension', { name_pattern: '{batch}' }],
    ['an extension that is filled in', { name_pattern: 'a.{batch}' }],
    ['a slash', { name_pattern: 'a/{batch}.pgp' }],
    ['a leading dot', { name_pattern: '.{batch}.pgp' }],
    ['a space', { name_pattern: 'a {batch}.pgp' }],
    ['a wildcard', { name_pattern: '*{batch}.pgp' }],
    ['full-width letters', { name_pattern: '提供{batch}.pgp' }],
    ['a number without its sequence', { name_pattern: '{sequence}.pgp' }],
    ['letters of the other case', { name_pattern: 'a{batch}.PGP', name_case: 'upper' }],
    ['longer than they take', { name_pattern: 'abcdef-{batch}.pgp', name_length_max: 12 }],
    ['longer than they take in a drill', { name_pattern: '{batch}.p', name_length_max: 14 }],
    [
      'numbers that start again without a date',
      { name_pattern: '{sequence}.pgp', sequence: { ...sequence, reset: 'yearly' } },
    ],
  ] as const)('refuses %s', (_, keys) => {
    expect(problems(keys)).toEqual(['name_pattern']);
  });

  it('refuses what would be ignored without a pattern', () => {
    expect(problems({ sequence, name_case: 'lower' })).toEqual(['name_case', 'sequence']);
    expect(namingOf({ sequence })).toBeUndefined();
  });
});

describe('nextNumber()', () => {
  it('begins at the start and goes on from the highest, also after the start was raised', () => {
    expect(nextNumber({ start: 5, width: 3 }, undefined)).toBe(5);
    expect(nextNumber({ start: 5, width: 3 }, 9)).toBe(10);
    expect(nextNumber({ start: 500, width: 3 }, 9)).toBe(500);
  });

  it('returns nothing for a number with too many digits', () => {
    expect(nextNumber({ start: 1, width: 2 }, 99)).toBeUndefined();
  });
});

describe('periodOf()', () => {
  it('names the span in which a number is given once', () => {
    const of = (reset: 'never' | 'daily' | 'yearly') => periodOf({ reset }, '2026-05-01');
    expect([of('never'), of('yearly'), of('daily')]).toEqual(['all', '2026', '2026-05-01']);
  });
});

describe('endpointSchema', () => {
  const entry = {
    ...{ kind: 'sftp', host: 'h.example', user: 'u', directory: '/in' },
    host_keys: [`SHA256:${'A'.repeat(43)}`],
  };
  const isTaken = (traits: object): boolean =>
    endpointSchema.safeParse({ ...entry, ...traits }).success;

  it.each([
    { rename: 'none', control_file: { name: '{stem}.done' } },
    { control_file: { name: '{name}.sha256', content: 'sha256', newline: 'crlf' } },
    { temporary_name: '{name}.{attempt}-{fence}.tmp' },
    { allow_algorithms: [{ algorithm: 'ssh-rsa', reason: 'their appliance' }] },
  ])('takes %j', (traits) => {
    expect(isTaken(traits)).toBe(true);
  });

  it.each([
    ['a control file with the name of its data file', { control_file: { name: '{stem}.pgp' } }],
    ['a control file of one fixed name', { control_file: { name: 'ready.done' } }],
    ['a control file elsewhere', { control_file: { name: '../{stem}.done' } }],
    ['a temporary name that two attempts share', { temporary_name: '{name}.tmp' }],
    ['a temporary name in a directory', { temporary_name: 'tmp/{name}.{attempt}.{fence}' }],
    ['a weak algorithm without a reason', { allow_algorithms: [{ algorithm: 'ssh-rsa' }] }],
    ['an overwriting rename', { rename: 'posix' }],
  ])('refuses %s', (_, traits) => {
    expect(isTaken(traits)).toBe(false);
  });

  it.each(['diffie-hellman-group1-sha1', 'ssh-dss', 'arcfour', 'hmac-md5', 'none'])(
    'refuses %s, whatever the reason',
    (algorithm) => {
      expect(isTaken({ allow_algorithms: [{ algorithm, reason: 'x' }] })).toBe(false);
    },
  );
});
