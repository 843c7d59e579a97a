import { describe, expect, it } from 'vitest';

import { reconcileVerdict } from '../../../src/exchange/delivery/reconcile-verdict.ts';
import { isTemporaryPattern } from '../../../src/domain/recipients/temporary-pattern.ts';
import { temporaryName } from '../../../src/exchange/delivery/temporary-name.ts';

const likenesses = ['same', 'same-size', 'different', 'absent', 'hidden'] as const;
const renames = ['answered', 'refused', 'unanswered', 'not-sent'] as const;

describe('reconcileVerdict()', () => {
  it('never says stored without a final of our size, or an answered rename', () => {
    for (const final of likenesses) {
      for (const temporary of [...likenesses, undefined]) {
        for (const rename of renames) {
          if (!reconcileVerdict(final, temporary, rename).startsWith('stored')) continue;
          expect(final === 'same' || final === 'same-size' || rename === 'answered').toBe(true);
          expect(final).not.toBe('different');
        }
      }
    }
  });

  it('repeats a rename only with a free final name and our file intact', () => {
    for (const final of likenesses) {
      for (const temporary of [...likenesses, undefined]) {
        for (const rename of renames) {
          if (reconcileVerdict(final, temporary, rename) !== 'rename-again') continue;
          expect(final).toBe('absent');
          expect(['same', 'same-size']).toContain(temporary);
        }
      }
    }
  });

  it.each([
    ['same', 'absent', 'unanswered', 'stored'],
    ['same', 'same', 'unanswered', 'stored-remove-temporary'],
    ['same', 'different', 'unanswered', 'stored'],
    ['same-size', 'absent', 'unanswered', 'stored'],
    ['same-size', 'same', 'unanswered', 'presumed'],
    ['same-size', undefined, 'not-sent', 'presumed'],
    ['absent', 'same', 'unanswered', 'rename-again'],
    ['absent', 'absent', 'unanswered', 'presumed'],
    ['absent', 'absent', 'refused', 'presumed'],
    ['absent', 'absent', 'answered', 'stored'],
    ['absent', 'different', 'unanswered', 'failed'],
    ['absent', 'hidden', 'unanswered', 'presumed'],
    ['absent', undefined, 'refused', 'failed'],
    ['absent', undefined, 'not-sent', 'presumed'],
    ['hidden', 'hidden', 'unanswered', 'presumed'],
    ['hidden', 'hidden', 'answered', 'stored'],
    ['different', 'same', 'answered', 'conflict'],
    ['different', 'absent', 'unanswered', 'conflict'],
  ] as const)('final %s, temporary %s, rename %s: %s', (final, temporary, rename, verdict) => {
    expect(reconcileVerdict(final, temporary, rename)).toBe(verdict);
  });
});

describe('temporaryName()', () => {
  it('hides the file and names attempt and fence', () => {
    expect(temporaryName(undefined, 'mm-1.pgp', 2, 7)).toBe('.mm-1.pgp.2-7.part');
    expect(temporaryName('tmp/{fence}/{name}.{attempt}', 'mm-1.pgp', 2, 7)).toBe(
      'tmp/7/mm-1.pgp.2',
    );
  });
});

describe('isTemporaryPattern()', () => {
  it.each(['.{name}.{attempt}-{fence}.part', 'tmp/{name}.{attempt}.{fence}'])(
    'accepts %s',
    (pattern) => {
      expect(isTemporaryPattern(pattern)).toBe(true);
    },
  );

  it.each([
    '',
    '{name}',
    '{name}.part',
    '{name}.{attempt}.part',
    '../{name}.{attempt}.{fence}',
    '/tmp/{name}.{attempt}.{fence}',
    'tmp//{name}.{attempt}.{fence}',
    '{name}.{name}.{attempt}.{fence}',
    '{name}.{attempt}.{fence}.\u0000',
  ])('rejects %j', (pattern) => {
    expect(isTemporaryPattern(pattern)).toBe(false);
  });
});
