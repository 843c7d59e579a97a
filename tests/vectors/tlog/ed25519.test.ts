import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { isProperKey } from '../../../src/domain/tlog/ed25519-key.ts';
import { verifierKey, verifySignature } from '../../../src/domain/tlog/verifier-key.ts';

interface Row {
  readonly why: string;
  readonly publicKey: string;
  readonly message: string;
  readonly signature: string;
  readonly holds: boolean;
  readonly isProperKey: boolean;
}

const { signatures } = JSON.parse(
  readFileSync(new URL('ed25519.json', import.meta.url), 'utf8'),
) as { readonly signatures: readonly Row[] };
const underProperKeys = signatures.filter((row) => row.isProperKey);
const underOthers = signatures.filter((row) => !row.isProperKey);

describe('Ed25519 under keys that stand for somebody', () => {
  it.each(underProperKeys)('verifySignature() says $holds: $why', (row) => {
    const key = verifierKey('log', bytes(row.publicKey));
    expect(verifySignature(key, bytes(row.message), bytes(row.signature))).toBe(row.holds);
  });
});

describe('Ed25519 keys that stand for nobody', () => {
  it.each(underOthers)('verifierKey() refuses $why: $publicKey', (row) => {
    expect(() => verifierKey('log', bytes(row.publicKey))).toThrow(
      expect.objectContaining({ code: 'verifier-key-malformed', facts: { part: 'key' } }),
    );
  });

  it('isProperKey() refuses keys of another length', () => {
    expect([0, 31, 33].some((length) => isProperKey(new Uint8Array(length).fill(2)))).toBe(false);
  });
});

function bytes(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}
