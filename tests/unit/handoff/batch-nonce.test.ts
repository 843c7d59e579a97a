import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import { nonceDigest, nonceOf, NONCE_LETTERS } from '../../../src/domain/handoff/batch-nonce.ts';

describe('nonceOf()', () => {
  it('makes one of sixteen consonants of each byte, each as often as the others', () => {
    const all = nonceOf(Uint8Array.from({ length: 256 }, (_, byte) => byte));
    const counts = new Map<string, number>();
    for (const letter of all) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    expect([...counts.values()]).toEqual(Array.from({ length: 16 }, () => 16));
    expect(all).toMatch(/^[b-df-hj-np-tv]+$/);
  });

  it('has 24 letters, and is another for other bytes', () => {
    const [one, other] = [1, 2].map(() => nonceOf(randomBytes(NONCE_LETTERS)));
    expect(one).toHaveLength(24);
    expect(one).not.toBe(other);
  });
});

describe('nonceDigest()', () => {
  it('is the SHA-256 of its letters', () => {
    // printf bcd | sha256sum
    expect(nonceDigest('bcd')).toBe(
      'a6b0f90d2ac2b8d1f250c687301aef132049e9016df936680e81fa7bc7d81d70',
    );
  });
});
