import { describe, expect, it } from 'vitest';

import { commitText, composeLeaf, parseLeaf, saltOf } from '../../../src/domain/audit/leaf.ts';
import type { LeafDraft } from '../../../src/domain/audit/leaf.ts';

const salt = Uint8Array.from({ length: 16 }, (_, at) => at);
const at = new Date('2026-11-22T01:02:03.456Z');
const digest = 'ab'.repeat(32);
const draft: LeafDraft<'incident-open'> = {
  actor: 'sato',
  act: 'incident-open',
  result: 'done',
  origin: 'cli:host-7',
  object: 'incident:shop-a-2020',
  data: { incident: 'shop-a-2020', windows: 2, document: digest },
};
/** A published test number, which no card bears. */
const testNumber = '4111-1111-1111-1111';

describe('composeLeaf()', () => {
  it('writes the documented example, byte for byte', () => {
    expect(text(composeLeaf(draft, salt, at))).toBe(
      '{"act":"incident-open","actor":"sato","at":"2026-11-22T01:02:03.456Z",' +
        `"data":{"document":"${digest}","incident":"shop-a-2020","windows":2},` +
        '"object":"incident:shop-a-2020","origin":"cli:host-7","result":"done",' +
        '"salt":"000102030405060708090a0b0c0d0e0f","v":1}',
    );
  });

  it('leaves out optional fields that are undefined', () => {
    const data = { ...draft.data, routes: undefined };
    expect(composeLeaf({ ...draft, data }, salt, at)).toEqual(composeLeaf(draft, salt, at));
  });

  it('takes a code for why an act was refused', () => {
    const data = { ...draft.data, code: 'config-unknown-key' };
    const leaf = parseLeaf(composeLeaf({ ...draft, result: 'refused', data }, salt, at));
    expect(leaf.data['code']).toBe('config-unknown-key');
  });

  it.each([
    ['actor', { actor: 'Sato Taro' }],
    ['actor', { actor: '' }],
    ['result', { result: 'ok' }],
    ['origin', { origin: 'CLI' }],
    ['origin', { origin: 'cli:' }],
    ['object', { object: 'shop-a-2020' }],
    ['object', { object: 'incident:Shop A' }],
    ['act', { act: 'incident-shut' }],
    ['data.windows', { data: { ...draft.data, windows: -1 } }],
    ['data.windows', { data: { ...draft.data, windows: 0.5 } }],
    ['data.windows', { data: { ...draft.data, windows: 10 ** 12 } }],
    ['data.windows', { data: { ...draft.data, windows: '2' } }],
    ['data.document', { data: { ...draft.data, document: digest.toUpperCase() } }],
    ['data.document', { data: { incident: 'a', windows: 1 } }],
    ['data.merchant', { data: { ...draft.data, merchant: 'Example Shop K.K.' } }],
    ['data.elements', { data: { ...draft.data, elements: ['full name'] } }],
    ['data.code', { data: { ...draft.data, code: 'could not open /etc' } }],
    ['data', { data: { ...draft.data, note: 'anything' } }],
  ])('refuses a wrong %s', (field, change) => {
    expect(() => composeLeaf({ ...draft, ...change } as LeafDraft, salt, at)).toThrow(
      expect.objectContaining({ code: 'leaf-field-refused', facts: { field } }),
    );
  });

  it.each([15, 17, 0])('refuses a salt of %i bytes', (length) => {
    expect(() => composeLeaf(draft, new Uint8Array(length), at)).toThrow(
      expect.objectContaining({ code: 'leaf-field-refused', facts: { field: 'salt' } }),
    );
  });

  it.each([new Date(Number.NaN), new Date('+010000-01-01T00:00:00Z'), new Date(-1)])(
    'refuses the time %j',
    (time) => {
      expect(() => composeLeaf(draft, salt, time)).toThrow(
        expect.objectContaining({ code: 'leaf-field-refused', facts: { field: 'at' } }),
      );
    },
  );

  it.each([
    ['actor', { actor: testNumber }],
    ['object', { object: `incident:${testNumber}` }],
    ['origin', { origin: `cli:${testNumber}` }],
    ['data.incident', { data: { ...draft.data, incident: testNumber } }],
    ['data.elements', { data: { ...draft.data, elements: ['pan', testNumber] } }],
    ['data.code', { data: { ...draft.data, code: testNumber } }],
  ])('refuses a card number as %s, and does not repeat it', (field, change) => {
    let thrown: unknown;
    try {
      composeLeaf({ ...draft, ...change }, salt, at);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: 'leaf-card-number', facts: { field } });
    expect(String(thrown)).not.toContain('1111');
  });

  it('refuses a card number as the name of a count', () => {
    const refused = { ...preparation, data: { ...preparation.data, held: { [testNumber]: 1 } } };
    expect(() => composeLeaf(refused, salt, at)).toThrow(
      expect.objectContaining({ code: 'leaf-card-number', facts: { field: 'data.held' } }),
    );
  });

  it('writes 65,535 bytes and refuses one more', () => {
    const room = 65_535 - composeLeaf(withBatches([]), salt, at).length;
    // Each batch takes its id, two quotes and, but for the first, a comma.
    const ids = Array.from(
      { length: Math.floor((room - 3) / 127) },
      (_, n) => `b${String(n).padStart(3, '0')}${'x'.repeat(120)}`,
    );
    const last = room - ids.length * 127;
    const full = [...ids, 'y'.repeat(last - 2)];
    expect(composeLeaf(withBatches(full), salt, at)).toHaveLength(65_535);
    expect(() => composeLeaf(withBatches([...ids, 'y'.repeat(last - 1)]), salt, at)).toThrow(
      expect.objectContaining({ code: 'leaf-too-large', facts: { bytes: 65_536 } }),
    );
  });
});

describe('parseLeaf()', () => {
  const written = text(composeLeaf(draft, salt, at));

  it('reads back what was composed', () => {
    const leaf = parseLeaf(bytes(written));
    expect(leaf).toMatchObject({ v: 1, actor: 'sato', at: at.toISOString(), data: draft.data });
    expect(saltOf(leaf)).toEqual(salt);
  });

  it.each([
    ['json', written.replace('{', '{ ')],
    ['json', `${written}\n`],
    ['json', written.slice(0, -1)],
    ['json', '\ufeff' + written],
    ['members', '{}'],
    ['members', '[]'],
    ['members', '"leaf"'],
    ['members', written.replace(',"v":1', ',"v":1,"w":1')],
    ['members', written.replace(',"v":1', '')],
    ['v', written.replace('"v":1', '"v":2')],
    ['v', written.replace('"v":1', '"v":"1"')],
    ['salt', written.replace('"salt":"00', '"salt":"')],
    ['salt', written.replace('0a0b', '0A0B')],
    ['at', written.replace('.456Z', 'Z')],
    ['at', written.replace('.456Z', '.456+00:00')],
    ['at', written.replace('11-22T', '11-31T')],
    ['at', written.replace('11-22T', '11-00T')],
    ['at', written.replace('11-22T', '13-22T')],
    ['at', written.replace('11-22T', '00-22T')],
    ['actor', written.replace('sato', 'sa to')],
    ['result', written.replace('done', 'well')],
    ['act', written.replace('incident-open', 'incident-shut')],
    ['act', written.replace('"act":"incident-open"', '"act":"constructor"')],
    ['data', written.replace('"windows":2', '"windows":-2')],
    ['data', written.replace(',"windows":2', '')],
    ['data', written.replace('"windows":2', '"windows":2,"x":1')],
    ['data', written.replace(/"data":\{[^}]*\}/, '"data":[]')],
    ['data', written.replace(/"data":\{[^}]*\}/, '"data":"none"')],
    ['size', ' '.repeat(65_536)],
  ])('refuses another %s', (part, altered) => {
    expect(altered).not.toBe(written);
    expect(() => parseLeaf(bytes(altered))).toThrow(
      expect.objectContaining({ code: 'leaf-malformed', facts: { part } }),
    );
  });
});

describe('the time of a leaf', () => {
  const written = text(composeLeaf(draft, salt, at));
  const reads = (time: string): boolean => {
    try {
      return parseLeaf(bytes(written.replace(at.toISOString(), time))).at === time;
    } catch {
      return false;
    }
  };
  // What the calendar of the platform gives back unchanged.
  const isReal = (time: string): boolean => {
    const date = new Date(time);
    return !Number.isNaN(date.getTime()) && date.toISOString() === time;
  };
  const two = (number: number): string => String(number).padStart(2, '0');

  it('is a day that the calendar has, in years with and without a 29 February', () => {
    for (const year of ['0000', '1900', '2000', '2023', '2024', '9999']) {
      for (let month = 0; month <= 13; month += 1) {
        for (const day of [0, 1, 28, 29, 30, 31, 32]) {
          const time = `${year}-${two(month)}-${two(day)}T01:02:03.456Z`;
          expect([time, reads(time)]).toEqual([time, isReal(time)]);
        }
      }
    }
  });

  it('is a time that the clock has', () => {
    for (const clock of ['00:00:00', '23:59:59', '24:00:00', '23:60:00', '23:59:60', '99:99:99']) {
      const time = `2026-11-22T${clock}.000Z`;
      expect([time, reads(time)]).toEqual([time, isReal(time)]);
    }
  });
});

describe('commitText()', () => {
  it('is SHA-256 over salt and text', () => {
    // printf '\0\0…(16)例' | sha256sum
    expect(commitText(new Uint8Array(16), '例')).toBe(
      '28457c8db1e2ae4e67b4491af82544686f7dc3238e0dce0f03df06d6a0e38b9d',
    );
  });

  it('differs by salt', () => {
    expect(commitText(salt, 'a')).not.toBe(commitText(new Uint8Array(16), 'a'));
  });

  it('refuses a salt of another length and a lone surrogate', () => {
    const code = 'leaf-field-refused';
    expect(() => commitText(new Uint8Array(8), 'a')).toThrow(expect.objectContaining({ code }));
    expect(() => commitText(salt, '\ud800')).toThrow(expect.objectContaining({ code }));
  });
});

const preparation: LeafDraft<'handoff-prepare'> = {
  actor: 'sato',
  act: 'handoff-prepare',
  result: 'done',
  origin: 'cli',
  object: 'handoff:h-1',
  data: {
    handoff: 'h-1',
    incident: 'shop-a-2020',
    sources: [digest],
    read: 3,
    cards: 1,
    excluded: { luhn: 1 },
    held: { 'no-recipient': 1 },
    batches: [],
  },
};

function withBatches(batches: readonly string[]): LeafDraft {
  return { ...preparation, data: { ...preparation.data, batches } };
}

function text(leaf: Uint8Array): string {
  return new TextDecoder().decode(leaf);
}

function bytes(leaf: string): Uint8Array {
  return new TextEncoder().encode(leaf);
}
