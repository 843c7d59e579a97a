import { describe, expect, it } from 'vitest';

import { actFields, fieldsOf, isAct } from '../../../src/domain/audit/events.ts';
import type { Act } from '../../../src/domain/audit/events.ts';
import { chosenStrings, isOfKind, LIST_ITEMS_MAX } from '../../../src/domain/audit/field-kinds.ts';
import type { Kind } from '../../../src/domain/audit/field-kinds.ts';

const acts = Object.keys(actFields) as Act[];
const digest = '0f'.repeat(32);

describe('vocabulary of acts', () => {
  it.each(acts)('%s declares fields of known kinds, and a code', (act) => {
    expect(isAct(act)).toBe(true);
    expect(fieldsOf(act).get('code')).toEqual({ kind: 'code', isOptional: true });
    for (const [name, { kind }] of fieldsOf(act)) {
      expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/);
      expect(isOfKind(kind, samples[kind])).toBe(true);
    }
  });

  it.each(['', 'incident', 'constructor', '__proto__', 'INCIDENT-OPEN'])('refuses %j', (word) => {
    expect(isAct(word)).toBe(false);
  });
});

describe('isOfKind()', () => {
  it.each([
    ['id', ''],
    ['id', 'a b'],
    ['id', 'a/b'],
    ['id', 'a'.repeat(129)],
    ['id', 1],
    ['ids', 'a'],
    ['ids', ['a', '']],
    ['ids', new Array<string>(LIST_ITEMS_MAX + 1).fill('a')],
    ['code', 'Not-Found'],
    ['code', 'not found'],
    ['codes', [1]],
    ['count', -1],
    ['count', 1.5],
    ['count', Number.NaN],
    ['count', 10 ** 12],
    ['count', '1'],
    ['counts', [1]],
    ['counts', { 'Luhn failed': 1 }],
    ['counts', { luhn: -1 }],
    ['counts', 'luhn'],
    ['flag', 1],
    ['digest', digest.slice(1)],
    ['digest', digest.toUpperCase()],
    ['digests', [digest, 'x']],
    ['commitment', 'the name itself'],
    ['fingerprint', 'ab'.repeat(20)],
    ['fingerprint', 'AB'.repeat(19)],
    ['pin', `MD5:${'a'.repeat(43)}`],
    ['pin', `SHA256:${'a'.repeat(42)}`],
    ['pins', [`SHA256:${'a'.repeat(44)}`]],
    ['vkey', 'example.com/log'],
    ['instant', '2026-11-22'],
    ['instant', '2026-11-22T00:00:00'],
  ] as [Kind, unknown][])('%s refuses %j', (kind, value) => {
    expect(isOfKind(kind, value)).toBe(false);
  });

  it.each(Object.keys(kinds()) as Kind[])('%s refuses undefined, null and an object', (kind) => {
    for (const value of [undefined, null, new Date(0)]) {
      // An object without members is an empty list of counts, which is allowed.
      if (kind === 'counts' && value instanceof Date) continue;
      expect(isOfKind(kind, value)).toBe(false);
    }
  });
});

describe('chosenStrings()', () => {
  it('gives what people chose, and nothing of digests', () => {
    expect(chosenStrings('ids', ['a', 'b'])).toEqual(['a', 'b']);
    expect(chosenStrings('counts', { luhn: 1 })).toEqual(['luhn']);
    expect(chosenStrings('digest', digest)).toEqual([]);
    expect(chosenStrings('count', 7)).toEqual([]);
  });
});

const samples: Readonly<Record<Kind, unknown>> = kinds();

function kinds(): Readonly<Record<Kind, unknown>> {
  return {
    id: 'h-1',
    ids: ['h-1'],
    code: 'not-found',
    codes: ['cardholder_name'],
    count: 999_999_999_999,
    counts: { luhn: 3 },
    flag: false,
    digest: '0f'.repeat(32),
    digests: [],
    commitment: '0f'.repeat(32),
    fingerprint: 'AB'.repeat(20),
    pin: `SHA256:${'a'.repeat(43)}`,
    pins: [],
    vkey: 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
    instant: '2026-11-22T09:00:00+09:00',
  };
}
