import { readdir, readFile } from 'node:fs/promises';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';

import { brands } from '../../../src/domain/cards/brands.ts';
import { answerFormatSchema } from '../../../src/domain/responses/answer-format.ts';
import type { AnswerFormatInput } from '../../../src/domain/responses/answer-format.ts';
import { builtinAnswerFormats } from '../../../src/domain/responses/builtin-answer-formats.ts';

const folder = new URL('../../../config/answers/', import.meta.url);

const delimited: AnswerFormatInput = {
  ...{ id: 'of-a-recipient', title: 'A layout', provenance: 'the recipient, by letter' },
  header: [{ literal: 'H' }, { field: 'batch' }],
  line: [{ field: 'record' }, { field: 'code' }],
  trailer: [[{ literal: 'N' }, { field: 'count' }]],
  ...{ codes: { OK: { state: 'accepted' } }, rest: { always: 'none' } },
};
const fixed: AnswerFormatInput = {
  ...delimited,
  shape: 'fixed',
  header: [{ field: 'batch', width: 20 }],
  line: [
    { field: 'record', width: 10 },
    { field: 'code', width: 10 },
  ],
  trailer: [[{ field: 'count', width: 20 }]],
};
const json: AnswerFormatInput = {
  ...delimited,
  ...{ shape: 'json', list: 'cards' },
  header: [{ field: 'batch', name: 'batch' }],
  line: [
    { field: 'record', name: 'record' },
    { field: 'code', name: 'code' },
  ],
  trailer: [[{ field: 'count', name: 'count' }]],
};
const receipt: AnswerFormatInput = {
  ...delimited,
  ...{ line: undefined, trailer: [], codes: {} },
  header: [{ literal: 'RECEIVED' }, { field: 'file_name' }, { field: 'cards' }],
};

const paired: AnswerFormatInput = {
  ...delimited,
  header: [{ field: 'part' }, { field: 'batch' }],
  parts: { ALL: 'all', BACK: 'rejected' },
};

function placesOf(value: unknown): readonly string[] {
  const result = answerFormatSchema.safeParse(value);
  return result.success ? [] : result.error.issues.map(({ path }) => path.join('.'));
}

describe('builtinAnswerFormats', () => {
  it('are the same as config/answers/*.toml', async () => {
    const names = (await readdir(folder)).sort();
    expect(names).toEqual(builtinAnswerFormats.map(({ id }) => `${id}.toml`).sort());
    for (const format of builtinAnswerFormats) {
      const text = await readFile(new URL(`${format.id}.toml`, folder), 'utf8');
      expect(answerFormatSchema.parse(parse(text))).toEqual(format);
    }
  });

  it('are not named after a brand', () => {
    for (const { id, title } of builtinAnswerFormats) {
      const text = ` ${id.replaceAll('-', ' ')} ${title} `.toLowerCase();
      for (const { name } of brands.slice(1)) expect(text).not.toContain(` ${name.toLowerCase()} `);
    }
  });
});

describe('answerFormatSchema', () => {
  it('takes lines, fixed records, JSON, and a receipt without lines', () => {
    for (const format of [delimited, fixed, json, receipt, paired])
      expect(placesOf(format)).toEqual([]);
  });

  it.each<[string, AnswerFormatInput, string]>([
    ['binds an answer to nothing', { ...delimited, header: [{ literal: 'H' }] }, 'header'],
    [
      'says a field twice',
      { ...delimited, header: [{ field: 'batch' }, { field: 'batch' }] },
      'header',
    ],
    [
      'has no record reference',
      { ...delimited, line: [{ field: 'code' }, { field: 'free' }] },
      'line',
    ],
    ['has two codes', { ...delimited, line: [{ field: 'code' }, { field: 'code' }] }, 'line'],
    ['does not count its lines', { ...delimited, trailer: [] }, 'trailer'],
    ['knows no code', { ...delimited, codes: {} }, 'codes'],
    ['counts lines that it has not', { ...receipt, trailer: [[{ field: 'count' }]] }, 'line'],
    ['has words for a rest that nobody says', { ...delimited, rest: { words: {} } }, 'rest'],
    [
      'has a rest without words',
      { ...delimited, header: [{ field: 'batch' }, { field: 'rest' }] },
      'rest',
    ],
    [
      'has blanks around a word',
      { ...delimited, codes: { ' OK': { state: 'accepted' } } },
      'codes. OK',
    ],
    [
      'has a literal that no cell can be',
      { ...delimited, header: [{ literal: 'H ' }, { field: 'batch' }] },
      'header.0.literal',
    ],
    [
      'has a width in lines',
      { ...delimited, header: [{ field: 'batch', width: 9 }] },
      'header.0.width',
    ],
    [
      'has a name in lines',
      { ...delimited, header: [{ field: 'batch', name: 'b' }] },
      'header.0.name',
    ],
    ['has no width in fixed records', { ...fixed, header: [{ field: 'batch' }] }, 'header.0.width'],
    ['has records of two widths', { ...fixed, header: [{ field: 'batch', width: 9 }] }, 'line'],
    ['has no name in JSON', { ...json, header: [{ field: 'batch' }] }, 'header.0.name'],
    ['has no list in JSON', { ...json, list: undefined }, 'list'],
    [
      'has a part without words for it',
      { ...delimited, header: [{ field: 'batch' }, { field: 'part' }] },
      'parts',
    ],
    ['has words for one of two files alone', { ...paired, parts: { ALL: 'all' } }, 'parts'],
    [
      'says of one of two files what holds of others',
      { ...paired, rest: { always: 'accepted' } },
      'rest',
    ],
    [
      'says twice what they have of ours',
      {
        ...delimited,
        header: [{ field: 'batch' }, { field: 'next_expected' }, { field: 'last_received' }],
      },
      'header',
    ],
    [
      'has two trailers in JSON',
      { ...json, trailer: [[{ field: 'count', name: 'count' }], [{ field: 'free', name: 'b' }]] },
      'trailer',
    ],
    [
      'has a place for less than a record reference',
      {
        ...fixed,
        line: [
          { field: 'record', width: 9 },
          { field: 'code', width: 11 },
        ],
      },
      'line.0.width',
    ],
    [
      'has a code that its cell cannot hold',
      { ...fixed, codes: { 'ABCDEFGHIJ-': { state: 'accepted' } } },
      'codes.ABCDEFGHIJ-',
    ],
    ['has an empty code', { ...delimited, codes: { '': { state: 'accepted' } } }, 'codes.'],
    [
      'has an empty word for a part',
      { ...paired, parts: { ...paired.parts, '': 'all' } },
      'parts.',
    ],
    [
      'has an empty word for the rest',
      {
        ...delimited,
        header: [{ field: 'batch' }, { field: 'rest' }],
        rest: { words: { '': 'accepted' } },
      },
      'rest.words.',
    ],
    ['has two members of one name', { ...json, list: 'batch' }, 'header'],
  ])('refuses one that %s', (_, format, place) => {
    expect(placesOf(format)).toContain(place);
  });
});
