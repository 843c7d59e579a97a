import { describe, expect, it } from 'vitest';

import { encodeCp932 } from '../../../src/domain/formats/cp932.ts';
import { encodeCp932 as oracle } from '../../support/cp932.ts';

const decoded = (bytes: Uint8Array | undefined): string =>
  new TextDecoder('shift_jis', { fatal: true }).decode(bytes);

describe('encodeCp932()', () => {
  it('agrees with the oracle on everyday text', () => {
    const text = 'A-1,注文番号,下4桁,ｶﾀｶﾅ,①Ⅳ㈱,表ソ能\r\n';
    expect(encodeCp932(text)).toEqual(oracle(text));
    expect(decoded(encodeCp932(text))).toBe(text);
  });

  it('writes the extension of IBM where NEC has copies, as Windows does', () => {
    expect(encodeCp932('髙')).toEqual(Uint8Array.of(0xfb, 0xfc));
    expect(decoded(encodeCp932('髙﨑'))).toBe('髙﨑');
  });

  it('writes twins of the same sign as one', () => {
    expect(decoded(encodeCp932('〜−—'))).toBe('～－―');
  });

  it('answers undefined for what it lacks', () => {
    for (const text of ['😀', '𠮷', '한', 'é', '\ue000']) expect(encodeCp932(text)).toBe(undefined);
  });
});
