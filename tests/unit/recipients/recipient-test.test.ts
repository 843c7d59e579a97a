import { describe, expect, it } from 'vitest';

import { combinationDigest } from '../../../src/domain/recipients/recipient-test.ts';
import type { Tested } from '../../../src/domain/recipients/recipient-test.ts';
import { fingerprintOf } from '../../support/recipient-entry.ts';

const endpoint = {
  ...{ kind: 'sftp', host: 'sftp.psp.example', port: 22, user: 'shop', directory: '/in' },
  ...{ authentication: 'key', hostKeys: [`SHA256:${'A'.repeat(43)}`] },
  ...{ canReadBack: true, canList: true },
} as const;
const tested = {
  ...{ certificate: fingerprintOf(1), encryptionSubkey: fingerprintOf(2) },
  ...{ profile: 'pan-list', profileSha256: '0'.repeat(64) },
  endpoint,
} as unknown as Tested;

describe('combinationDigest()', () => {
  it('is the same for members in another order, as a stored plan has them', () => {
    const reordered = Object.fromEntries(Object.entries(endpoint).reverse());
    const same = { ...tested, endpoint: reordered } as unknown as Tested;

    expect(combinationDigest(same)).toBe(combinationDigest(tested));
  });

  it.each([
    ['certificate', { certificate: fingerprintOf(3) }],
    ['encryption subkey', { encryptionSubkey: fingerprintOf(3) }],
    ['profile', { profile: 'other' }],
    ['contents of the profile', { profileSha256: '1'.repeat(64) }],
    ['host', { endpoint: { ...endpoint, host: 'other.example' } }],
    ['directory', { endpoint: { ...endpoint, directory: '/out' } }],
    ['account', { endpoint: { ...endpoint, user: 'other' } }],
    ['host keys', { endpoint: { ...endpoint, hostKeys: [`SHA256:${'B'.repeat(43)}`] } }],
    ['traits', { endpoint: { ...endpoint, canReadBack: false } }],
    ['folder in place of a server', { endpoint: { kind: 'manual', directory: '/in' } }],
  ])('changes with the %s', (_what, change) => {
    const other = { ...tested, ...change } as unknown as Tested;

    expect(combinationDigest(other)).not.toBe(combinationDigest(tested));
  });

  it('does not look at anything else of a planned batch', () => {
    const batch = { ...tested, batch: '1a9f3c', file: '1a9f3c.pgp', cards: 3 } as unknown as Tested;

    expect(combinationDigest(batch)).toBe(combinationDigest(tested));
  });
});
