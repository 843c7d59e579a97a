import { generateKeyPairSync } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { judgeKeys } from '../../../src/domain/audit/log-keys.ts';
import type { KeyChange } from '../../../src/domain/audit/log-keys.ts';
import { encodeVerifierKey, verifierKey } from '../../../src/domain/tlog/verifier-key.ts';

const made = (name = 'mimamori.example/drill/shop-a') => {
  const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const key = verifierKey(name, new Uint8Array(Buffer.from(x!, 'base64url')));
  return { key, vkey: encodeVerifierKey(key) };
};
const [a, b, c, other] = [made(), made(), made(), made('mimamori.example/drill/shop-b')];
type Made = typeof a;

const rotate = (index: number, before: Made, next: Made): KeyChange => ({
  ...{ index, act: 'log-key-rotate', vkey: next.vkey, replaced: before.vkey },
});
const retire = (index: number, old: Made): KeyChange => ({
  ...{ index, act: 'log-key-retire', vkey: old.vkey },
});
const signed = (size: number, ...by: Made[]) => ({
  ...{ size, last: size },
  signers: by.map(({ key }) => key),
});
const judged = (
  pinned: readonly Made[],
  changes: readonly KeyChange[],
  notes: readonly ReturnType<typeof signed>[],
  said?: readonly Made[],
) =>
  judgeKeys({
    ...{ pinned: pinned.map(({ vkey }) => vkey), changes, signed: notes },
    said: said?.map(({ vkey }) => vkey),
  });

/** a signs to 10, a and b to 14, b to 20, b and c from there. */
const changes = [rotate(10, a, b), retire(14, a), rotate(20, b, c)];
const notes = [signed(9, a), signed(11, a, b), signed(15, b), signed(21, b, c)];

describe('judgeKeys()', () => {
  it.each([
    ['the first', a],
    ['one in the middle', b],
    ['the last', c],
  ])('takes each key for one of the log, where %s is trusted', (_, key) => {
    expect(judged([key], changes, notes, [a, b, c])).toBeUndefined();
  });

  it('goes on from a key only under its own signature over the entry of the change', () => {
    const withoutOld = notes.filter(({ size }) => size !== 11);
    expect(judged([a], changes, withoutOld)).toEqual({ kind: 'key-unproven', index: 10 });
    expect(judged([b], changes, withoutOld)).toBeUndefined();
    const withoutLast = notes.filter(({ size }) => size !== 21);
    expect(judged([a], changes, withoutLast)).toEqual({ kind: 'key-unproven', index: 20 });
    expect(judged([other], changes, notes)).toEqual({ kind: 'key-unproven', index: 10 });
  });

  it.each([
    ['a retired key signs on', signed(16, a, b)],
    ['a retired key signs alone', signed(16, a)],
    ['a key signs before an entry names it', signed(10, a, b)],
    ['one of two does not sign', signed(12, b)],
    ['one of two does not sign, the old one', signed(13, a)],
    ['a stranger signs', signed(17, other)],
  ])('refuses a checkpoint where %s', (_, wrong) => {
    const found = { kind: 'bad-signature', signed: wrong };
    expect(judged([a, b, c], changes, [...notes, wrong])).toEqual(found);
  });

  it.each<[string, KeyChange[], number]>([
    ['names another key before', [rotate(3, a, b), rotate(5, a, c)], 5],
    ['brings a key back', [rotate(3, a, b), retire(4, a), rotate(5, b, a)], 5],
    ['goes on under another name', [rotate(3, a, other)], 3],
    ['ends a key that nothing followed', [rotate(3, a, b), retire(4, b)], 4],
    ['ends a key twice', [rotate(3, a, b), retire(4, a), retire(6, a)], 6],
    ['ends the only key', [retire(4, a)], 4],
    ['names no key', [{ ...rotate(3, a, b), vkey: 'b+00000000+AAAA' }], 3],
  ])('refuses an entry that %s', (_, wrong, index) => {
    expect(judged([a, b, c], wrong, [])).toEqual({ kind: 'key-unproven', index });
  });

  it('wants the keys that are said to be those that the entries name, in their order', () => {
    for (const said of [[a, b], [b, a, c], [a, b, c, other], []]) {
      expect(judged([c], changes, notes, said)).toEqual({ kind: 'keys-differ' });
    }
    expect(judged([a], [], [signed(9, a)], [a])).toBeUndefined();
    expect(judged([a], [], [signed(9, a)], [a, b])).toEqual({ kind: 'keys-differ' });
    const wrong = signed(9, b);
    expect(judged([a], [], [wrong], [b])).toEqual({ kind: 'bad-signature', signed: wrong });
  });
});
