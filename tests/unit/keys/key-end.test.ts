import { describe, expect, it } from 'vitest';

import type { HeldKey } from '../../../src/domain/keys/held-key.ts';
import { endOf, periodEnd } from '../../../src/domain/keys/key-end.ts';

const dayMs = 86_400_000;
const now = new Date('2026-11-22T03:00:00Z');
const after = (days: number, ms = 0): Date => new Date(now.getTime() + days * dayMs + ms);
const key: HeldKey = {
  ...{ purpose: 'openpgp', id: 'drill-1', algorithm: 'Ed25519', uses: ['sign'], state: 'in-use' },
};

describe('endOf()', () => {
  it.each([
    [after(90, 1), undefined, 90],
    [after(90), 90, 90],
    [after(30, 1), 90, 30],
    [after(30), 30, 30],
    [after(7, 1), 30, 7],
    [after(7), 7, 7],
    [after(0, 1), 7, 0],
    [after(0), 0, 0],
    [after(0, -1), 0, -1],
    [after(-400), 0, -400],
  ])('warns of an end at %s with %o', (expiresAt, warning, daysLeft) => {
    expect(endOf({ ...key, expiresAt }, now)).toEqual({
      ...{ kind: 'expiry', at: expiresAt, daysLeft, warning },
    });
  });

  it('takes the earlier of expiry and cryptoperiod', () => {
    const both = { ...key, expiresAt: after(20), periodEndsAt: after(10) };
    expect(endOf(both, now)).toMatchObject({ kind: 'cryptoperiod', daysLeft: 10 });
    const other = { ...key, expiresAt: after(5), periodEndsAt: after(10) };
    expect(endOf(other, now)).toMatchObject({ kind: 'expiry', daysLeft: 5 });
    const same = { ...key, expiresAt: after(5), periodEndsAt: after(5) };
    expect(endOf(same, now)).toMatchObject({ kind: 'expiry' });
  });

  it('says nothing of a key without an end, or one that nobody uses any more', () => {
    expect(endOf(key, now)).toBeUndefined();
    const over = { ...key, expiresAt: after(-1) };
    expect(endOf({ ...over, state: 'retired' }, now)).toBeUndefined();
    expect(endOf({ ...over, state: 'destroyed' }, now)).toBeUndefined();
    expect(endOf({ ...over, state: 'retiring' }, now)).toMatchObject({ warning: 0 });
  });
});

describe('periodEnd()', () => {
  it('counts days from the making, and needs both', () => {
    expect(periodEnd(now, 10)).toEqual(after(10));
    expect([periodEnd(undefined, 10), periodEnd(now, undefined)]).toEqual([undefined, undefined]);
  });
});
