import { describe, expect, it } from 'vitest';

import { strengthOf } from '../../../src/domain/keys/held-key.ts';

describe('strengthOf()', () => {
  it.each([
    ['RSA-2048', 112],
    ['RSA-3072', 128],
    ['RSA-4096', 128],
    ['RSA-7680', 192],
    ['Ed25519/X25519', 128],
    ['Ed25519/RSA-2048', 112],
    ['AES-256-CMAC', 256],
  ])('tells %s as NIST SP 800-57 does', (algorithm, bits) => {
    expect(strengthOf(algorithm)).toBe(bits);
  });

  it.each(['', 'RSA-1024', 'RSA-', 'DSA', 'Ed25519/', 'constructor'])(
    'says nothing of %o',
    (algorithm) => {
      expect(strengthOf(algorithm)).toBeUndefined();
    },
  );
});
