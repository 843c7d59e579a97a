import { describe, expect, it } from 'vitest';

import { codePointRead, decodeText } from '../../../src/domain/intake/code-points.ts';
import { detectEncoding, looksLikeUtf16 } from '../../../src/domain/intake/encodings.ts';
import { IntakeFault } from '../../../src/domain/intake/errors.ts';
import { Utf16Narrower } from '../../../src/domain/intake/utf16.ts';
import { encodeText } from '../../support/encoded-text.ts';
import { between, seededRandom } from '../../support/seeded-cards.ts';

function detect(bytes: Uint8Array, isWhole = true): string {
  try {
    const { encoding, markBytes } = detectEncoding(bytes, isWhole, 'auto');
    return markBytes === 0 ? encoding : `${encoding} after ${markBytes}`;
  } catch (error) {
    if (error instanceof IntakeFault) return error.code;
    throw error;
  }
}

const bytesOf = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);

describe('detectEncoding()', () => {
  it.each([
    ['plain ASCII', bytesOf(0x61, 0x2c, 0x62), 'utf-8'],
    ['UTF-8', encodeText('注文番号,日付\n', 'utf-8'), 'utf-8'],
    ['UTF-8 with mark', bytesOf(0xef, 0xbb, 0xbf, 0x61), 'utf-8 after 3'],
    ['UTF-16 with mark', bytesOf(0xff, 0xfe, 0x61, 0), 'utf-16le after 2'],
    ['UTF-16 big-endian with mark', bytesOf(0xfe, 0xff, 0, 0x61), 'utf-16be after 2'],
    [
      'Shift_JIS',
      encodeText('注文番号,注文日時,氏名\n1,2020-01-01,山田太郎\n', 'shift_jis'),
      'shift_jis',
    ],
    ['Shift_JIS with hiragana', encodeText('あいうえお', 'shift_jis'), 'shift_jis'],
    [
      'Shift_JIS with half-width katakana names',
      encodeText('名前,ﾔﾏﾀﾞ ﾀﾛｳ\n', 'shift_jis'),
      'shift_jis',
    ],
    ['EUC-JP', encodeText('注文番号,カード番号\n1,やまだ\n', 'euc-jp'), 'euc-jp'],
    ['EUC-JP with half-width katakana', encodeText('カード,ﾔﾏﾀﾞ\n', 'euc-jp'), 'euc-jp'],
    ['Windows extensions', encodeText('①㈱髙', 'shift_jis'), 'shift_jis'],
  ])('recognises %s', (_name, bytes, expected) => {
    expect(detect(bytes)).toBe(expected);
  });

  it('decides half-width katakana with voicing marks for Shift_JIS, and kana for EUC-JP', () => {
    expect(detect(encodeText('ﾔﾏﾀﾞﾊﾅｺ,ｽｽﾞｷｲﾁﾛｳ,ｶﾞｷﾞｸﾞ\n'.repeat(3), 'shift_jis'))).toMatch(
      /shift_jis|ambiguous/,
    );
    expect(detect(encodeText('やまだ\n', 'euc-jp'))).toBe('euc-jp');
  });

  it('refuses short kanji words that both encodings have', () => {
    // 山田 in EUC-JP is ｻｳﾅﾄ in Shift_JIS.
    expect(detect(encodeText('山田', 'euc-jp'))).toBe('encoding-ambiguous');
    expect(detect(encodeText('ｻｳﾅﾄ', 'shift_jis'))).toBe('encoding-ambiguous');
  });

  it.each([
    ['a lone byte of nothing', bytesOf(0x61, 0xff)],
    ['Latin-1', bytesOf(0x63, 0x61, 0x66, 0xe9)],
    ['binary', bytesOf(0x80, 0xfe, 0xff, 0x80)],
  ])('refuses %s', (_name, bytes) => {
    expect(detect(bytes)).toBe('encoding-invalid');
  });

  it('lets a head cut a character off, and the end of a source not', () => {
    const bytes = encodeText('注文番号', 'utf-8');
    expect(detect(bytes.subarray(0, bytes.length - 1), false)).toBe('utf-8');
    expect(detect(bytes.subarray(0, bytes.length - 1), true)).not.toBe('utf-8');
  });

  it('takes a declared encoding without looking, and passes its own mark only', () => {
    const marked = bytesOf(0xef, 0xbb, 0xbf, 0x61);
    expect(detectEncoding(marked, true, 'utf-8')).toEqual({ encoding: 'utf-8', markBytes: 3 });
    expect(detectEncoding(marked, true, 'shift_jis')).toEqual({
      encoding: 'shift_jis',
      markBytes: 0,
    });
    expect(detectEncoding(bytesOf(0x61, 0), true, 'utf-16le')).toEqual({
      encoding: 'utf-16le',
      markBytes: 0,
    });
  });
});

describe('looksLikeUtf16()', () => {
  it('recognises either order, and no text of bytes', () => {
    expect(looksLikeUtf16(encodeText('order,card\n1,2\n', 'utf-16le'))).toBe('utf-16le');
    expect(looksLikeUtf16(encodeText('order,card\n1,2\n', 'utf-16be'))).toBe('utf-16be');
    expect(looksLikeUtf16(encodeText('order,card\n1,2\n', 'utf-8'))).toBeUndefined();
    expect(looksLikeUtf16(bytesOf(0x61, 0, 0, 0x62, 0, 0))).toBeUndefined();
  });
});

describe('codePointRead()', () => {
  it.each(['utf-8', 'shift_jis', 'euc-jp'] as const)(
    'reads %s as the platform does',
    (encoding) => {
      const text = '注文ｶﾅ①表ソ能～￥−ー１Ａ年月日';
      const possible = Array.from(text).filter((character) => {
        try {
          encodeText(character, encoding);
          return true;
        } catch {
          return false;
        }
      });
      const bytes = encodeText(possible.join(''), encoding);
      expect(decodeText(codePointRead(encoding), bytes, 0, bytes.length)).toBe(
        new TextDecoder(encoding).decode(bytes),
      );
    },
  );
});

describe('Utf16Narrower', () => {
  it.each(['utf-16le', 'utf-16be'] as const)(
    'turns %s into UTF-8 however it is cut',
    (encoding) => {
      const rng = seededRandom(5);
      for (let round = 0; round < 300; round++) {
        const text = Array.from(
          { length: between(rng, 0, 30) },
          () => 'aé表𠮷\r\n0\u{10ffff}\uffff'.at(between(rng, 0, 7)) ?? '',
        )
          .join('')
          .replace(/[\ud800-\udfff]/g, '𠮷');
        const bytes = encodeText(text, encoding);
        const narrower = new Utf16Narrower(encoding, 0);
        const out: number[] = [];
        for (let at = 0; at < bytes.length;) {
          const size = between(rng, 1, 5);
          out.push(...narrower.narrow(bytes.subarray(at, at + size)));
          at += size;
        }
        narrower.finish();
        expect(new TextDecoder().decode(Uint8Array.from(out))).toBe(text);
      }
    },
  );

  it.each([
    ['a high surrogate alone', [0x61, 0, 0x0a, 0, 0x42, 0xd8, 0x62, 0], { line: 2, offset: 8 }],
    ['a low surrogate alone', [0x61, 0, 0x42, 0xdc], { line: 1, offset: 4 }],
    ['a high surrogate at the end', [0x61, 0, 0x42, 0xd8], { line: 1, offset: 6 }],
    ['half a unit at the end', [0x61, 0, 0x62], { line: 1, offset: 4 }],
  ])('refuses %s', (_name, bytes, facts) => {
    const narrower = new Utf16Narrower('utf-16le', 2);
    const act = (): void => {
      narrower.narrow(Uint8Array.from(bytes));
      narrower.finish();
    };
    expect(act).toThrow(IntakeFault);
    try {
      act();
    } catch (error) {
      expect((error as IntakeFault).code).toBe('encoding-invalid');
    }
    const again = new Utf16Narrower('utf-16le', 2);
    try {
      again.narrow(Uint8Array.from(bytes));
      again.finish();
    } catch (error) {
      expect((error as IntakeFault).facts).toEqual({ encoding: 'utf-16le', ...facts });
    }
  });
});
