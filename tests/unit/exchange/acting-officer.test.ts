import { describe, expect, it } from 'vitest';

import { actingOfficer } from '../../../src/exchange/acts/acting-officer.ts';
import { testOfficer } from '../../support/memory-workspace.ts';

const now = new Date('2026-11-22T10:00:00Z');
const officers = [
  testOfficer('officer-1', 1),
  testOfficer('approver-1', 2),
  testOfficer('both-1', 3, { roles: ['officer', 'approver'] }),
  testOfficer('left-1', 4, { state: 'disabled' }),
  testOfficer('yesterday', 5, { valid_until: '2026-11-21' }),
  testOfficer('today', 6, { valid_until: '2026-11-22' }),
  testOfficer('earlier', 7, { valid_until: '2026-11-22T18:59:59+09:00' }),
  testOfficer('later', 8, { valid_until: '2026-11-22T19:00:01+09:00' }),
];

const act = (id: string | undefined, role: 'officer' | 'approver' = 'officer'): string =>
  actingOfficer(officers, id, role, now).id;

describe('actingOfficer()', () => {
  it.each([
    ['officer-1', 'officer'],
    ['approver-1', 'approver'],
    ['both-1', 'officer'],
    ['both-1', 'approver'],
    ['today', 'officer'],
    ['later', 'officer'],
  ] as const)('lets %s act as %s', (id, role) => {
    expect(act(id, role)).toBe(id);
  });

  it.each([
    [undefined, 'officer', 'officer-required'],
    ['nobody', 'officer', 'officer-unknown'],
    ['', 'officer', 'officer-unknown'],
    ['OFFICER-1', 'officer', 'officer-unknown'],
    ['left-1', 'officer', 'officer-disabled'],
    ['yesterday', 'officer', 'officer-disabled'],
    ['earlier', 'officer', 'officer-disabled'],
    ['officer-1', 'approver', 'role-missing'],
    ['approver-1', 'officer', 'role-missing'],
  ] as const)('refuses %s as %s with %s', (id, role, code) => {
    expect(() => act(id, role)).toThrow(expect.objectContaining({ code, retry: 'after-operator' }));
  });

  it('says which role nobody of that name can have', () => {
    expect(() => actingOfficer(officers, 'nobody', 'desk', now)).toThrow(
      expect.objectContaining({ facts: { officer: 'nobody', role: 'desk' } }),
    );
  });

  it('says disabled before it says that the role is missing', () => {
    expect(() => act('left-1', 'approver')).toThrow(
      expect.objectContaining({ code: 'officer-disabled' }),
    );
  });
});
