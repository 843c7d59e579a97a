import { describe, expect, it } from 'vitest';
import { lineOfKey, markToml } from '../../../src/edge/files/toml-text.ts';

const marks = (text: string) =>
  markToml(text).map(({ path, line }) => `${line + 1} ${path.map(String).join('.')}`);

describe('markToml()', () => {
  it('numbers the entries of lists and of lists in lists', () => {
    const text = [
      '[[r]]',
      'id = 1',
      '[[r.e]]',
      'k = 1',
      '[[r.e]]',
      'k = 2',
      '[[r]]',
      '[r.t]',
      'x.y = 1',
      '[[r.e]]',
    ].join('\n');
    expect(marks(text)).toEqual([
      '1 r.0',
      '2 r.0.id',
      '3 r.0.e.0',
      '4 r.0.e.0.k',
      '5 r.0.e.1',
      '6 r.0.e.1.k',
      '7 r.1',
      '8 r.1.t',
      '9 r.1.t.x.y',
      '10 r.1.e.0',
    ]);
  });

  it.each([
    ['a multi-line string', 'a = """\n[[r]]\nb = 1\n"""\nc = 1', ['1 a', '5 c']],
    ['a multi-line literal', "a = '''\n[[r]]\n'''\nc = 1", ['1 a', '4 c']],
    ['quotes at the end of a string', 'a = """x"""""\nc = 1', ['1 a', '2 c']],
    ['an escaped quote', 'a = "\\"#["\nc = 1', ['1 a', '2 c']],
    ['a comment', '# [[r]]\n# b = "\nc = 1 # [', ['3 c']],
    ['a list over lines', 'a = [\n  [1],\n  "]",\n]\nc = 1', ['1 a', '5 c']],
    ['quoted keys', '"本店" = "web"\n\'a.b\'.c = 1', ['1 本店', '2 a.b.c']],
    ['Windows line ends', '[t]\r\na = 1\r\n', ['1 t', '2 t.a']],
  ])('is not misled by %s', (_what, text, expected) => {
    expect(marks(text)).toEqual(expected);
  });
});

describe('lineOfKey()', () => {
  const text = '[log]\norigin = "x"\n';

  it('says the line of a key', () => {
    expect(lineOfKey(markToml(text), ['log', 'origin'])).toBe(2);
  });

  it('says the line of the table that lacks the key', () => {
    expect(lineOfKey(markToml(text), ['log', 'anchor'])).toBe(1);
  });

  it('says nothing where nothing is around the key', () => {
    expect(lineOfKey(markToml(text), ['workspace'])).toBeUndefined();
  });
});
