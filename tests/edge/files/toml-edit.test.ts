import { describe, expect, it } from 'vitest';
import {
  appendTomlEntry,
  replaceTomlEntry,
  setTomlValue,
} from '../../../src/edge/files/toml-edit.ts';

const two = [
  '# people',
  '',
  '# first',
  '[[p]]',
  'id = "a" # inside',
  '',
  '[[p.e]]',
  'k = 1',
  '',
  '# second',
  '[[p]]',
  'id = "b"',
  '',
].join('\n');

describe('setTomlValue()', () => {
  it.each([
    ['id = "x" # why', 'id = "y" # why'],
    ['id = "x # not a comment"', 'id = "y"'],
    ["id='x'#why", 'id= "y"#why'],
    ['id = "a=b"\r', 'id = "y"\r'],
  ])('changes only the value of %j', (line, expected) => {
    expect(setTomlValue(`a = 1\n${line}\nb = 2`, ['id'], 'y')).toBe(`a = 1\n${expected}\nb = 2`);
  });

  it('adds a key below the header of its table', () => {
    expect(setTomlValue('[log]\r\na = 1\r\n', ['log', 'b'], true)).toBe(
      '[log]\r\nb = true\r\na = 1\r\n',
    );
  });

  it('takes the line that shows the key commented out, in that table only', () => {
    expect(setTomlValue('[a]\nx = 1\n#  b = 2\n[c]\n# b = 3\n', ['c', 'b'], 4)).toBe(
      '[a]\nx = 1\n#  b = 2\n[c]\nb = 4\n',
    );
  });

  it('changes the entry that was meant', () => {
    expect(setTomlValue(two, ['p', 1, 'id'], 'c')).toBe(two.replace('"b"', '"c"'));
  });

  it('gives up where the table has no header', () => {
    expect(setTomlValue('log = { a = 1 }', ['log', 'b'], true)).toBeUndefined();
  });
});

describe('appendTomlEntry()', () => {
  const entry = {
    id: 'a',
    at: '2026-11-20T10:00:00+09:00',
    day: '2026-11-20',
    note: 'say "x"\\\u007f',
    skipped: undefined,
    none: [],
    keys: ['k', 'n'],
    port: 22,
    answers: { format: 'x', within: { count: 3, of: undefined } },
    endpoints: [{ kind: 'sftp' }, { kind: 'manual' }],
  };
  const block = [
    '[[p]]',
    'id = "a"',
    'at = 2026-11-20T10:00:00+09:00',
    'day = 2026-11-20',
    'note = "say \\"x\\"\\\\\\u007f"',
    'keys = ["k", "n"]',
    'port = 22',
    'answers = { format = "x", within = { count = 3 } }',
    '',
    '[[p.endpoints]]',
    'kind = "sftp"',
    '',
    '[[p.endpoints]]',
    'kind = "manual"',
    '',
  ];

  it.each([
    ['an empty file', '', '', '\n'],
    ['a file of comments', '# x\n', '# x\n\n', '\n'],
    ['a file without a last line end', 'a = 1', 'a = 1\n\n', '\n'],
    ['a file from Windows', '# x\r\n', '# x\r\n\r\n', '\r\n'],
  ])('adds to %s', (_what, text, before, newline) => {
    expect(appendTomlEntry(text, 'p', entry)).toBe(before + block.join(newline));
  });
});

describe('replaceTomlEntry()', () => {
  it('leaves what is around the entry as it stands', () => {
    expect(replaceTomlEntry(two, 'p', 0, { id: 'z' })).toBe(
      '# people\n\n# first\n[[p]]\nid = "z"\n\n# second\n[[p]]\nid = "b"\n',
    );
  });

  it('replaces the last entry', () => {
    expect(replaceTomlEntry(two, 'p', 1, { id: 'z' })).toBe(two.replace('"b"', '"z"'));
  });

  it('keeps the line ends of Windows', () => {
    expect(replaceTomlEntry('[[p]]\r\nid = 1\r\n', 'p', 0, { id: 2, b: true })).toBe(
      '[[p]]\r\nid = 2\r\nb = true\r\n',
    );
  });

  it.each([
    ['there is no such entry', two, 2],
    ['entries stand in an inline list', 'p = [{ id = "a" }]', 0],
  ])('gives up where %s', (_what, text, index) => {
    expect(replaceTomlEntry(text, 'p', index, { id: 'z' })).toBeUndefined();
  });
});
