import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { codePointRead } from '../../../src/domain/intake/code-points.ts';
import { ContactReader } from '../../../src/domain/lookup/contact-reader.ts';
import { normaliseName } from '../../../src/domain/lookup/person-name.ts';

const nameOf = (text: string): string | undefined => {
  const found = normaliseName(text);
  return 'name' in found ? found.name : undefined;
};
const shifted = (text: string, from: RegExp, by: number): string =>
  text.replace(from, (character) => String.fromCharCode(character.charCodeAt(0) + by));

/** Ways in which shops, browsers and callers write one name. */
const nameWritings: readonly ((family: string, given: string) => string)[] = [
  (family, given) => `${family} ${given}`,
  (family, given) => `${family}${given}`,
  (family, given) => `${family}\u3000${given}`,
  (family, given) => `  ${family}・${given} `,
  (family, given) => `${family} ${given} 様`,
  (family, given) => `${family}${given}殿`,
  (family, given) => `${family}\u200B ${given}\uFEFF`,
  (family, given) => `${family}\u{E0101} ${given}`,
  (family, given) => shifted(`${family} ${given}`, /[ァ-ヶ]/g, -0x60),
  (family, given) => `${family}-${given}`,
  (family, given) => `${family} ${given}`.normalize('NFD'),
];
const kanji = fc.string({
  unit: fc.constantFrom(...Array.from('山川田中村木林森石井上野原高橋本')),
  minLength: 1,
  maxLength: 3,
});
const kana = fc.string({
  unit: fc.constantFrom(...Array.from('アイウカキクサシスタチツナニヌハヒフガギグバビブパピプ')),
  minLength: 1,
  maxLength: 5,
});
const names = fc.oneof(fc.tuple(kanji, kanji), fc.tuple(kana, kana));

const phoneWritings: readonly ((area: string, exchange: string, rest: string) => string)[] = [
  (area, exchange, rest) => `${area}${exchange}${rest}`,
  (area, exchange, rest) => `${area}-${exchange}-${rest}`,
  (area, exchange, rest) => `${area} ${exchange} ${rest}`,
  (area, exchange, rest) => `(${area})${exchange}-${rest}`,
  (area, exchange, rest) => `${area}ー${exchange}－${rest}`,
  (area, exchange, rest) => `="${area}${exchange}${rest}"`,
  (area, exchange, rest) => `+81 ${area.slice(1)} ${exchange} ${rest}`,
  (area, exchange, rest) => `+81(0)${area.slice(1)}-${exchange}-${rest}`,
  (area, exchange, rest) => `0081-${area.slice(1)}-${exchange}-${rest}`,
  (area, exchange, rest) => shifted(`${area}-${exchange}-${rest}`, /\d/g, 0xff10 - 0x30),
  (area, exchange, rest) => `${area}${exchange}${rest}`.slice(1),
];
const digits = (length: number) =>
  fc.string({
    unit: fc.constantFrom(...Array.from('0123456789')),
    minLength: length,
    maxLength: length,
  });
/** No exchange of Japan begins with 0: behind 06 it would be a mobile number. */
const subscriber = digits(8).filter((rest) => !rest.startsWith('0'));

function phoneOf(text: string): string | undefined {
  const reader = new ContactReader(codePointRead('utf-8'));
  const bytes = new TextEncoder().encode(text);
  if (!reader.readPhone(bytes, 0, bytes.length)) return undefined;
  return new TextDecoder().decode(reader.bytes.subarray(0, reader.length));
}

describe('normaliseName()', () => {
  it('finds one normal form for every writing of a name, and is its own normal form', () => {
    fc.assert(
      fc.property(names, ([family, given]) => {
        const forms = new Set(nameWritings.map((write) => nameOf(write(family, given))));
        expect(forms.size).toBe(1);
        const [form] = [...forms];
        expect(form).toBeDefined();
        expect(nameOf(form!)).toBe(form);
      }),
    );
  });

  it('answers whatever it is given, with no control character or digit in the answer', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const name = nameOf(text);
        if (name !== undefined) expect(name).not.toMatch(/[\p{Cc}\p{Nd}]/u);
      }),
    );
  });
});

describe('ContactReader', () => {
  it('finds one normal form for every writing of a phone number', () => {
    fc.assert(
      fc.property(fc.constantFrom('03', '06', '090', '070', '050'), subscriber, (area, rest) => {
        const expected = `${area}${rest}`;
        const forms = phoneWritings.map((write) =>
          phoneOf(write(area, rest.slice(0, 4), rest.slice(4))),
        );
        expect(new Set(forms)).toEqual(new Set([expected]));
      }),
    );
  });

  it('answers whatever bytes it is given, with digits of a length that a phone has', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (bytes, isPhone) => {
        const reader = new ContactReader(codePointRead('shift_jis'));
        const isRead = isPhone
          ? reader.readPhone(bytes, 0, bytes.length)
          : reader.readPostcode(bytes, 0, bytes.length, true);
        const text = String.fromCharCode(...reader.bytes.subarray(0, reader.length));
        if (isRead) expect(text).toMatch(isPhone ? /^(0\d{9,10}|\+\d{8,15})$/ : /^\d{7}$/);
      }),
    );
  });
});
