import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { encodeCanonicalJson, parseCanonicalJson } from '../../src/domain/canonical-json.ts';
import type { Json } from '../../src/domain/canonical-json.ts';

const text = fc.string({ unit: 'binary', maxLength: 12 }).filter((value) => value.isWellFormed());
const { value: values } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.boolean(),
    // Minus zero is written as 0 and so does not come back.
    fc.maxSafeInteger(),
    text,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(text, tie('value'), { maxKeys: 5 }),
  ),
}));

describe('canonical JSON', () => {
  it('comes back equal', () => {
    fc.assert(
      fc.property(values, (value) => {
        const bytes = encodeCanonicalJson(value);
        expect(parseCanonicalJson(bytes)).toEqual(value);
        expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual(value);
      }),
    );
  });

  it('does not depend on the order in which keys were set', () => {
    fc.assert(
      fc.property(fc.dictionary(text, values, { maxKeys: 8 }), fc.nat(), (object, turn) => {
        const entries = Object.entries(object);
        const at = turn % (entries.length + 1);
        const turned = [...entries.slice(at), ...entries.slice(0, at)].reverse();
        expect(encodeCanonicalJson(Object.fromEntries(turned))).toEqual(
          encodeCanonicalJson(object),
        );
      }),
    );
  });

  it('differs for different values', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const isSame = Buffer.compare(encodeCanonicalJson(a), encodeCanonicalJson(b)) === 0;
        if (isSame) expect(a).toEqual(b);
      }),
    );
  });
});
