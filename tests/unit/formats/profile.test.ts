import { readdir, readFile } from 'node:fs/promises';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { builtinProfiles } from '../../../src/domain/formats/builtin-profiles.ts';
import { brands } from '../../../src/domain/cards/brands.ts';
import { FormatsFault } from '../../../src/domain/formats/errors.ts';
import { parseProfile, type ProfileInput } from '../../../src/domain/formats/profile.ts';

const folder = new URL('../../../config/profiles/', import.meta.url);

const delimited: ProfileInput = {
  id: 'of-a-recipient',
  title: 'A layout',
  provenance: 'the recipient, by letter',
  shape: 'delimited',
  charset: 'ascii',
  newline: 'lf',
  delimiter: ',',
  columns: [{ field: 'pan' }, { field: 'expiry' }],
};
const fixed: ProfileInput = {
  ...delimited,
  shape: 'fixed',
  delimiter: undefined,
  columns: [{ field: 'pan', width: 19 }],
};

function problemsOf(value: unknown): readonly string[] {
  try {
    parseProfile(value);
  } catch (error) {
    expect(error).toBeInstanceOf(FormatsFault);
    expect(error).toMatchObject({ code: 'profile-invalid' });
    return (error as FormatsFault).facts['problems'] as readonly string[];
  }
  return [];
}

describe('builtinProfiles', () => {
  it('are the same as config/profiles/*.toml', async () => {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.toml'));
    const read = await Promise.all(
      names.map(async (name) => parseProfile(parse(await readFile(new URL(name, folder), 'utf8')))),
    );
    const byId = new Map(read.map((profile) => [profile.id, profile]));
    expect(names.sort()).toEqual(builtinProfiles.map(({ id }) => `${id}.toml`).sort());
    for (const profile of builtinProfiles) {
      expect(byId.get(profile.id)).toEqual(profile);
    }
  });

  it('are not named after a brand', () => {
    for (const { id, title } of builtinProfiles) {
      for (const brand of brands.slice(1)) {
        const text = ` ${id.replaceAll('-', ' ')} ${title} `.toLowerCase();
        expect(text).not.toContain(` ${brand.name.toLowerCase()} `);
      }
    }
  });
});

describe('parseProfile()', () => {
  it('accepts both shapes', () => {
    expect(parseProfile(delimited).columns).toHaveLength(2);
    expect(parseProfile(fixed)).toMatchObject({ masked: false, armor: false, quoting: 'never' });
  });

  it.each<[string, unknown, string]>([
    ['an unknown key', { ...delimited, colour: 'red' }, 'colour'],
    ['an unknown field', { ...delimited, columns: [{ field: 'cvv' }] }, 'columns.0.field'],
    ['a brand-like id', { ...delimited, id: 'Visa Format' }, 'id'],
    ['no columns', { ...delimited, columns: [] }, 'columns'],
    ['nothing', undefined, 'profile'],
  ])('refuses %s and names it', (_, value, named) => {
    expect(problemsOf(value).join('\n')).toContain(named);
  });

  it.each<[string, ProfileInput, string]>([
    ['no pan', { ...delimited, columns: [{ field: 'expiry' }] }, 'columns'],
    [
      'a form of the merchant in a header',
      { ...delimited, header: [{ cells: [{ field: 'merchant', format: 'id' }] }] },
      'header.0.cells.0.format',
    ],
    [
      'merchants by name',
      { ...delimited, columns: [{ field: 'pan' }, { field: 'merchant', format: 'name' }] },
      'columns.1.format',
    ],
    ['two pans', { ...delimited, columns: [{ field: 'pan' }, { field: 'pan' }] }, 'columns'],
    ['a pan in a masked profile', { ...delimited, masked: true }, 'columns'],
    ['no newline', { ...delimited, newline: 'none' }, 'newline'],
    ['no delimiter', { ...delimited, delimiter: undefined }, 'delimiter'],
    ['a mark in ascii', { ...delimited, byte_order_mark: true }, 'byte_order_mark'],
    ['a width', { ...delimited, columns: [{ field: 'pan', width: 19 }] }, 'columns.0.width'],
    [
      'a wrong format',
      { ...delimited, columns: [{ field: 'pan' }, { field: 'expiry', format: 'YYYY/MM/DD' }] },
      'columns.1.format',
    ],
    [
      'a format where there is none',
      { ...delimited, columns: [{ field: 'pan', format: 'MMYY' }] },
      'columns.0.format',
    ],
    [
      'text without literal',
      { ...delimited, columns: [{ field: 'pan', text: 'x' }] },
      'columns.0.text',
    ],
    [
      'literal without text',
      { ...delimited, columns: [{ field: 'pan' }, { field: 'literal' }] },
      'columns.1.text',
    ],
    [
      'a literal with the delimiter',
      { ...delimited, columns: [{ field: 'pan' }, { field: 'literal', text: 'a,b' }] },
      'columns.1.text',
    ],
    [
      'a literal the charset lacks',
      { ...delimited, columns: [{ field: 'pan' }, { field: 'literal', text: '見' }] },
      'columns.1.text',
    ],
    [
      'a field of cards in the header',
      { ...delimited, header: [{ cells: [{ field: 'pan' }] }] },
      'header.0.cells.0.field',
    ],
    [
      'a field of the batch in a column',
      { ...delimited, columns: [{ field: 'pan' }, { field: 'mode' }] },
      'columns.1.field',
    ],
    ['fixed without width', { ...fixed, columns: [{ field: 'pan' }] }, 'columns.0.width'],
    ['fixed with delimiter', { ...fixed, delimiter: ',' }, 'delimiter'],
    ['fixed with quotes', { ...fixed, quoting: 'always' }, 'quoting'],
    ['fixed with titles', { ...fixed, titles: true }, 'titles'],
    [
      'fixed records of two widths',
      { ...fixed, header: [{ cells: [{ field: 'mode', width: 4 }] }] },
      'columns',
    ],
    [
      'a literal longer than its cell',
      {
        ...fixed,
        columns: [
          { field: 'pan', width: 19 },
          { field: 'literal', text: 'ab', width: 1 },
        ],
      },
      'columns.1.text',
    ],
    [
      'a number that may be cut',
      { ...fixed, columns: [{ field: 'pan', width: 19, overflow: 'cut' }] },
      'columns.0.overflow',
    ],
  ])('refuses %s and names the place', (_, value, place) => {
    expect(problemsOf(value).map((problem) => problem.split(':')[0])).toContain(place);
  });
});
