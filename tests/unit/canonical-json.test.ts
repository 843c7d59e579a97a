import { describe, expect, it } from 'vitest';

import { encodeCanonicalJson, parseCanonicalJson } from '../../src/domain/canonical-json.ts';
import type { Json } from '../../src/domain/canonical-json.ts';

describe('encodeCanonicalJson()', () => {
  it('sorts keys by UTF-16 code units (RFC 8785 §3.2.3)', () => {
    const value = {
      '€': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '😀': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      ö: 'Latin Small Letter O With Diaeresis',
    };
    const order = ['\\r', '1', '\u0080', 'ö', '€', '😀', '\ufb33'];
    expect([...encoded(value).matchAll(/"([^"]+)":/gu)].map((match) => match[1])).toEqual(order);
  });

  it('escapes as RFC 8785 §3.2.2.2', () => {
    expect(encoded('€$\u000f\nA\'B"\\\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"');
    expect(encoded('\b\t\f\r\u007f\u2028')).toBe('"\\b\\t\\f\\r\u007f\u2028"');
  });

  it.each([
    [0, '0'],
    [-0, '0'],
    [-1, '-1'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    [Number.MIN_SAFE_INTEGER, '-9007199254740991'],
    [true, 'true'],
    [[], '[]'],
    [{}, '{}'],
    [{ b: [3, { d: '', c: false }], a: 'x' }, '{"a":"x","b":[3,{"c":false,"d":""}]}'],
  ] as [Json, string][])('writes %j as %s', (value, text) => {
    expect(encoded(value)).toBe(text);
  });

  it('writes UTF-8 without byte order mark', () => {
    expect(encodeCanonicalJson('é')).toEqual(Uint8Array.of(0x22, 0xc3, 0xa9, 0x22));
  });

  it('keeps a key named __proto__ as an ordinary key', () => {
    expect(encoded(JSON.parse('{"__proto__":1}') as Json)).toBe('{"__proto__":1}');
  });

  it.each([
    ['a fraction', 0.5, 'fraction'],
    ['not a number', Number.NaN, 'fraction'],
    ['infinity', Number.POSITIVE_INFINITY, 'fraction'],
    ['2^53', 2 ** 53, 'fraction'],
    ['a lone surrogate', 'a\ud800', 'surrogate'],
    ['a lone surrogate in a key', { '\udc00': 1 }, 'surrogate'],
    ['undefined', undefined, 'kind'],
    ['undefined in an object', { a: undefined }, 'kind'],
    ['undefined in an array', [undefined], 'kind'],
    ['a hole in an array', new Array(1), 'kind'],
    ['null', null, 'kind'],
    ['null inside', [null], 'kind'],
    ['a big integer', 1n, 'kind'],
    ['a function', () => 1, 'kind'],
    ['a date', new Date(0), 'kind'],
    ['a map', new Map([['a', 1]]), 'kind'],
    ['bytes', new Uint8Array(2), 'kind'],
    ['a boxed string', Object('a'), 'kind'],
    ['a value 33 levels deep', nested(33), 'depth'],
  ])('refuses %s', (_, value, reason) => {
    expect(() => encodeCanonicalJson(value as Json)).toThrow(
      expect.objectContaining({ code: 'json-not-encodable', facts: { reason } }),
    );
  });

  it('writes 32 levels', () => {
    expect(encoded(nested(32) as Json)).toHaveLength(65);
  });
});

describe('parseCanonicalJson()', () => {
  it('reads what encodeCanonicalJson() writes', () => {
    const value = { a: ['é', 1, true], b: { c: '' } };
    expect(parseCanonicalJson(encodeCanonicalJson(value))).toEqual(value);
  });

  it.each(['{"10":2,"9":1}', '{"":0,"a":[],"b":{}}', '"\\n"', '{"__proto__":{"a":"é"}}'])(
    'reads %s',
    (text) => {
      const value = parseCanonicalJson(new TextEncoder().encode(text));
      expect(JSON.parse(text)).toEqual(value);
      expect(encoded(value)).toBe(text);
    },
  );

  it.each([
    ['white space', '{"a": 1}'],
    ['a final newline', '{"a":1}\n'],
    ['keys out of order', '{"b":1,"a":2}'],
    ['keys out of order, deeper', '[{"b":1,"a":2}]'],
    ['keys in the order of numbers', '{"9":1,"10":2}'],
    ['minus zero inside', '{"a":-0}'],
    ['null inside', '{"a":null}'],
    ['33 levels', `${'['.repeat(33)}1${']'.repeat(33)}`],
    ['a doubled key', '{"a":1,"a":1}'],
    ['an exponent', '1e3'],
    ['a fraction of zero', '1.0'],
    ['minus zero', '-0'],
    ['a fraction', '0.5'],
    ['a number beyond 2^53', '9007199254740993'],
    ['null', 'null'],
    ['a needless escape', '"\\u0041"'],
    ['a capital in an escape', '"\\u000F"'],
    ['an escaped slash', '"\\/"'],
    ['a lone surrogate', '"\\ud800"'],
    ['a byte order mark', '\ufeff{}'],
    ['nothing', ''],
    ['half a value', '{"a":'],
    ['two values', '1 2'],
    ['a hundred thousand levels', '['.repeat(100_000) + ']'.repeat(100_000)],
  ])('refuses %s', (_, text) => {
    expect(() => parseCanonicalJson(new TextEncoder().encode(text))).toThrow(
      expect.objectContaining({ code: 'json-not-canonical' }),
    );
  });

  it('refuses bytes that are not UTF-8, without quoting its input', () => {
    const bytes = Uint8Array.of(0x22, 0xff, 0x22);
    let thrown: unknown;
    try {
      parseCanonicalJson(bytes);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: 'json-not-canonical' });
    expect(thrown).not.toHaveProperty('cause');
  });
});

function encoded(value: Json): string {
  return new TextDecoder().decode(encodeCanonicalJson(value));
}

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}
