import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FeedbackCipher } from '../../../src/edge/openpgp/feedback-cipher.ts';
import { noise } from '../../support/chunks.ts';

const key = noise(32, 5);

function encrypted(clear: Uint8Array, size: number): Uint8Array {
  const cipher = new FeedbackCipher(key);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < clear.length; at += size) {
    cipher.update(clear.slice(at, at + size), (piece) => pieces.push(piece));
  }
  return new Uint8Array(Buffer.concat(pieces));
}

describe('FeedbackCipher', () => {
  it.each([1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 1000, 65_536, 65_558])(
    'encrypts %i bytes as OpenSSL does in cipher feedback mode',
    (length) => {
      const clear = noise(length, length);
      const openssl = createCipheriv('aes-256-cfb', key, new Uint8Array(16)).update(clear);
      for (const size of [16, 48, 4096, 1 << 20]) {
        expect(Buffer.compare(encrypted(clear, size), openssl)).toBe(0);
      }
    },
  );

  it('leaves the clear bytes as they were', () => {
    const clear = noise(1000);
    new FeedbackCipher(key).update(clear, () => undefined);
    expect(clear).toEqual(noise(1000));
  });

  it('refuses clear bytes that do not start at a multiple of four', () => {
    const cipher = new FeedbackCipher(key);
    expect(() => {
      cipher.update(noise(100).subarray(1), () => undefined);
    }).toThrow(RangeError);
  });
});
