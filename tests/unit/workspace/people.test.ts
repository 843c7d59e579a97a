import { describe, expect, it } from 'vitest';
import { assertDistinct } from '../../../src/domain/workspace/assert-distinct.ts';
import { officerSchema } from '../../../src/domain/workspace/officer.ts';
import { senderSchema } from '../../../src/domain/workspace/sender.ts';

const fingerprint = 'A'.repeat(40);
const officer = {
  id: 'officer-1',
  name: '山田 花子',
  roles: ['officer', 'desk'],
  certificate: 'keys/officers/officer-1.asc',
  fingerprint,
};
const sender = {
  id: 'pfi-1',
  name: 'Example Forensics',
  kind: 'pfi',
  certificate: 'keys/senders/pfi-1.asc',
  fingerprint,
  confirmed_by: 'business card',
  confirmed_at: '2026-11-20T10:00:00+09:00',
};

describe('officerSchema', () => {
  it('accepts a person with a last day', () => {
    const parsed = officerSchema.parse({ ...officer, valid_until: '2027-03-31' });
    expect(parsed).toMatchObject({ state: 'enabled', valid_until: '2027-03-31' });
  });

  it.each([
    ['no role', { roles: [] }],
    ['an unknown role', { roles: ['admin'] }],
    ['a role twice', { roles: ['officer', 'officer'] }],
    ['a last day that does not exist', { valid_until: '2027-02-29' }],
    ['a state of another kind', { state: 'deleted' }],
    ['an unknown key', { role: 'officer' }],
  ])('refuses %s', (_what, changes) => {
    expect(officerSchema.safeParse({ ...officer, ...changes }).success).toBe(false);
  });
});

describe('senderSchema', () => {
  it('accepts an investigator', () => {
    expect(senderSchema.parse(sender)).toMatchObject({ state: 'enabled', allow: [] });
  });

  it.each([
    ['an unknown kind', { kind: 'police' }],
    ['no confirmation', { confirmed_by: undefined }],
    ['a short fingerprint', { fingerprint: 'A'.repeat(39) }],
  ])('refuses %s', (_what, changes) => {
    expect(senderSchema.safeParse({ ...sender, ...changes }).success).toBe(false);
  });
});

describe('assertDistinct()', () => {
  const entry = (id: string, digit: string) => ({ id, fingerprint: digit.repeat(40) });

  it('accepts people with keys of their own', () => {
    assertDistinct('config/officers.toml', [entry('one', 'A'), entry('two', 'B')]);
  });

  it.each([
    ['one id', [entry('one', 'A'), entry('one', 'B')], 'config-id-repeated'],
    ['one certificate', [entry('one', 'A'), entry('two', 'A')], 'config-fingerprint-shared'],
  ])('refuses two with %s', (_what, entries, code) => {
    expect(() => {
      assertDistinct('config/officers.toml', entries);
    }).toThrow(expect.objectContaining({ code }));
  });
});
