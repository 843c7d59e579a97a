import { describe, expect, it } from 'vitest';

import { fileKindOf } from '../../../src/domain/intake/file-kinds.ts';
import { encodeText } from '../../support/encoded-text.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('fileKindOf()', () => {
  it.each([
    [
      'xlsx',
      Uint8Array.of(...text('PK\x03\x04'), ...new Uint8Array(26), ...text('[Content_Types].xml')),
    ],
    ['zip', Uint8Array.of(...text('PK\x03\x04'), ...new Uint8Array(26), ...text('orders.csv'))],
    ['gzip', bytes(0x1f, 0x8b, 8, 0)],
    ['pdf', text('%PDF-1.7\n')],
    ['xls', bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)],
    ['sqlite', text('SQLite format 3\0')],
    ['openpgp-armored', text('-----BEGIN PGP MESSAGE-----\n')],
    ['openpgp', bytes(0x85, 0x01, 0x0c, 0x03, 1, 2, 3)],
    ['openpgp', bytes(0x84, 0x5e, 0x03, 1, 2, 3)],
    ['openpgp', bytes(0xc1, 0x5e, 0x03, 1, 2, 3)],
    ['openpgp', bytes(0xc1, 0xc0, 0x4c, 0x03, 1, 2, 3)],
    ['openpgp', bytes(0x8c, 0x0d, 0x04, 0x09, 0x03)],
    ['openpgp', bytes(0x90, 0x0d, 0x03, 0x00)],
    ['html', text('\n <!DOCTYPE html><table>')],
    ['html', text('<TABLE border=1>')],
    ['xml', text('\ufeff<?xml version="1.0"?>')],
    ['json', text('[{"card": 1}]')],
    ['image', bytes(0x89, 0x50, 0x4e, 0x47)],
  ])('recognises %s', (kind, head) => {
    expect(fileKindOf(head)).toBe(kind);
  });

  it.each([
    ['a header', text('PAN,expiry\n')],
    ['a number', text('4111')],
    ['nothing', bytes()],
    ['a word that begins like an archive', text('PKI,1\n')],
    ['a percentage', text('%PDF')],
    ['a Japanese header in EUC-JP', encodeText('注文番号,カード番号\n', 'euc-jp')],
    ['a Japanese header in Shift_JIS', encodeText('注文番号,カード番号\n', 'shift_jis')],
    ['Cyrillic letters of Shift_JIS', bytes(0x84, 0x40, 0x84, 0x41)],
    ['half-width katakana', bytes(0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6)],
    ['a byte order mark', bytes(0xff, 0xfe)],
    ['a cut packet', bytes(0x85, 0x01)],
  ])('takes %s for no file kind', (_name, head) => {
    expect(fileKindOf(head)).toBeUndefined();
  });
});
