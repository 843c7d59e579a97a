import { describe, expect, it } from 'vitest';

import { sourceSpecSchema } from '../../../src/domain/intake/source-spec.ts';
import { subjectOf } from '../../../src/domain/intake/source-kinds.ts';

const read = (spec: unknown): boolean => sourceSpecSchema.safeParse(spec).success;

describe('sourceSpecSchema', () => {
  it('takes brand and last four digits of references alone', () => {
    const columns = { reference: '受注番号', brand: 'カード会社', last_four: '下4桁' };
    expect(read({ kind: 'references', reference_kind: 'member', columns })).toBe(true);
    expect(read({ kind: 'orders', columns })).toBe(false);
  });

  it.each([
    ['a card number', { kind: 'references', columns: { pan: '#1' } }],
    ['an expiry', { kind: 'references', columns: { expiry: '#1' } }],
    ['another kind of reference', { kind: 'references', reference_kind: 'person' }],
    ['a kind of reference of orders', { reference_kind: 'order' }],
  ])('refuses %s', (_what, spec) => {
    expect(read(spec)).toBe(false);
  });
});

describe('subjectOf()', () => {
  it('tells cards from references', () => {
    expect(subjectOf(['orders', 'recovered'])).toBe('cards');
    expect(subjectOf(['references', 'references'])).toBe('references');
  });

  it('refuses both in one handoff', () => {
    const mixed: unknown = expect.objectContaining({
      code: 'kinds-mixed',
      facts: { references: 1, others: 2 },
    });
    expect(() => subjectOf(['orders', 'references', 'recovered'])).toThrow(mixed);
  });
});
