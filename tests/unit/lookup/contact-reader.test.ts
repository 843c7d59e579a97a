import { describe, expect, it } from 'vitest';

import { codePointRead } from '../../../src/domain/intake/code-points.ts';
import { ContactReader } from '../../../src/domain/lookup/contact-reader.ts';
import { encodeCp932 } from '../../support/cp932.ts';

const textOf = ({ bytes, length }: ContactReader): string =>
  String.fromCharCode(...bytes.subarray(0, length));

const phoneOf = (text: string): string | undefined => {
  const reader = new ContactReader(codePointRead('utf-8'));
  const bytes = new TextEncoder().encode(text);
  return reader.readPhone(bytes, 0, bytes.length) ? textOf(reader) : undefined;
};
const postcodeOf = (text: string, isPadded = true): string | undefined => {
  const reader = new ContactReader(codePointRead('utf-8'));
  const bytes = new TextEncoder().encode(text);
  return reader.readPostcode(bytes, 0, bytes.length, isPadded) ? textOf(reader) : undefined;
};

describe('ContactReader.readPhone()', () => {
  it.each([
    ...['090-1234-5678', '09012345678', '０９０－１２３４－５６７８', '090 1234 5678'],
    ...['+81 90-1234-5678', '+81 (0)90 1234 5678', '0081-90-1234-5678', '819012345678'],
    ...['9012345678', '="090-1234-5678"', "'09012345678", '090ー1234ー5678', '090−1234‐5678'],
  ])('reads one mobile number in one way: %s', (text) => {
    expect(phoneOf(text)).toBe('09012345678');
  });

  it.each([
    ['03-1234-5678', '0312345678'],
    ['３１２３４５６７８', '0312345678'],
    ['81-3-1234-5678', '0312345678'],
    ['0120(444)444', '0120444444'],
    ['+1 (555) 010-9999', '+15550109999'],
    ['+44 20 7946 0000', '+442079460000'],
  ])('keeps landlines and other countries: %s', (text, expected) => {
    expect(phoneOf(text)).toBe(expected);
  });

  it.each([
    ...['', '-', '000-0000-0000', '110', '1234567', '090-1234-567', '090-1234-56789'],
    ...['090****5678', '090-1234-5678 (内線3)', '9.01E+09', '090①234567', '+1', '1+5550109999'],
    ...['0'.repeat(10_000), '4000100000000000', '+4000100000000000'],
  ])('refuses what is no phone number: %s', (text) => {
    expect(phoneOf(text)).toBeUndefined();
  });

  it('reads the encodings of sources', () => {
    const reader = new ContactReader(codePointRead('shift_jis'));
    const bytes = encodeCp932('０３‐１２３４‐５６７８');
    expect(reader.readPhone(bytes, 0, bytes.length)).toBe(true);
    expect(textOf(reader)).toBe('0312345678');
    reader.wipe();
    expect(reader.bytes.every((byte) => byte === 0)).toBe(true);
  });
});

describe('ContactReader.readPostcode()', () => {
  it.each([
    ...['060-0001', '0600001', '〒060-0001', '０６０ー０００１', '060 0001', '060 1', '60-1'],
    ...['600001', '="0600001"'],
  ])('reads one postcode in one way: %s', (text) => {
    expect(postcodeOf(text)).toBe('0600001');
  });

  it.each(['600001', '60-1', '060 1'])('pads nothing that a person said: %s', (text) => {
    expect(postcodeOf(text, false)).toBeUndefined();
  });

  it.each(['', '000-0000', '1234', '060-00012', 'A60-0001', '1-2-3', '+0600001'])(
    'refuses what is no postcode: %s',
    (text) => {
      expect(postcodeOf(text)).toBeUndefined();
    },
  );
});
