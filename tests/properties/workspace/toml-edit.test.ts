import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  appendTomlEntry,
  replaceTomlEntry,
  setTomlValue,
} from '../../../src/edge/files/toml-edit.ts';
import { parseToml } from '../../../src/edge/files/toml-file.ts';

const anything = z.record(z.string(), z.unknown());
const parse = (text: string) => parseToml(text, anything, 'a.toml');

const value = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('"', "'", '\\', '#', '[', ']', '=', '\n', '\r', '\t', '{') }),
  fc.integer(),
  fc.boolean(),
  fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 3 }),
);
const key = fc.constantFrom('id', 'state', 'name', 'b-c', '7');
const inline = fc.dictionary(key, value, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
const entry = fc.dictionary(key, fc.oneof(value, inline), { minKeys: 1, noNullPrototype: true });
const file = fc.array(entry, { minLength: 1, maxLength: 4 });
const newline = fc.constantFrom('# note [\n', '# note "\r\n');

const written = (entries: readonly object[], start: string) =>
  entries.reduce<string>(
    (text, one) => `${appendTomlEntry(text, 'p', one)}# about ${start}`,
    start,
  );

describe('edits of a TOML text', () => {
  it('appendTomlEntry() reads back as what was meant', () => {
    fc.assert(
      fc.property(file, newline, (entries, start) => {
        expect(parse(written(entries, start))).toEqual({ p: entries });
      }),
    );
  });

  it('replaceTomlEntry() changes one entry', () => {
    fc.assert(
      fc.property(file, newline, entry, fc.nat(), (entries, start, other, pick) => {
        const index = pick % entries.length;
        const text = replaceTomlEntry(written(entries, start), 'p', index, other);
        expect(parse(text!)).toEqual({ p: entries.with(index, other) });
      }),
    );
  });

  it('setTomlValue() changes one value', () => {
    fc.assert(
      fc.property(file, newline, value, fc.nat(), (entries, start, set, pick) => {
        const index = pick % entries.length;
        const text = setTomlValue(written(entries, start), ['p', index, 'state'], set);
        expect(parse(text!)).toEqual({ p: entries.with(index, { ...entries[index], state: set }) });
      }),
    );
  });
});
