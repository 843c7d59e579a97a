import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { incidentSchema } from '../../../src/domain/incident/incident.ts';
import { parseToml, readToml } from '../../../src/edge/files/toml-file.ts';

const anything = z.record(z.string(), z.unknown());
const parse = (text: string) => parseToml(text, anything, 'a.toml');

describe('parseToml()', () => {
  it.each([
    ['at = 2020-04-07T15:00:00+09:00', '2020-04-07T15:00:00+09:00'],
    ['at = 2020-04-07 15:00:00-03:30', '2020-04-07T15:00:00-03:30'],
    ['at = 2020-04-07T06:00:00.25Z', '2020-04-07T06:00:00.250Z'],
    ['at = 2020-04-07T15:00:00', '2020-04-07T15:00:00'],
    ['at = 2020-02-29', '2020-02-29'],
    ['at = "2020-02-31"', '2020-02-31'],
    ['at = "x" # 2020-02-31', 'x'],
  ])('hands %s on as text', (text, at) => {
    expect(parse(text)).toEqual({ at });
  });

  it('finds dates in lists and tables', () => {
    expect(parse('[[w]]\nd = [2020-01-01, 2020-01-02]\ni = { d = 2020-01-03 }')).toEqual({
      w: [{ d: ['2020-01-01', '2020-01-02'], i: { d: '2020-01-03' } }],
    });
  });

  it('accepts the line ends and the byte order mark of Windows', () => {
    expect(parse('a = 1\r\nb = "x"\r\n')).toEqual({ a: 1, b: 'x' });
  });

  it.each([
    ['to = 2020-02-31', 1],
    ['a = 1\nto = 2020-04-31T10:00:00+09:00', 2],
    ['a = """\nx\n"""\nto = [2020-01-01, 2021-02-29]', 4],
  ])('refuses a date that would roll over: %j', (text, line) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({
        code: 'config-invalid',
        facts: {
          file: 'a.toml',
          key: 'to',
          expected: 'a date of the calendar',
          found: 'a date that does not exist',
          line,
        },
      }),
    );
  });

  it.each([
    ['a = ', 1],
    ['a = 1\na = 2', 2],
    ['[a]\nb = 1 c', 2],
    ['a = "x', 1],
    ['a = 2020-13-01', 1],
    ['__proto__ = 1', 1],
    ['a = 90071992547409930', 1],
    [`a = ${'['.repeat(64)}`, 1],
  ])('refuses %j with its line', (text, line) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({
        code: 'config-syntax',
        facts: { file: 'a.toml', line, column: expect.any(Number) as number },
      }),
    );
  });

  it('keeps the text of a broken line out of the fault', () => {
    let fault: unknown;
    try {
      parse('password = hunter2');
    } catch (error) {
      fault = error;
    }
    expect(fault).toMatchObject({ code: 'config-syntax' });
    expect((fault as Error).cause).toBeUndefined();
    expect(String(fault)).not.toContain('hunter2');
  });

  it('says the line of a key in a list of tables', () => {
    const text = [
      'id = "shop-a"',
      '[[windows]]',
      'name = "web"',
      '',
      '[[windows]]',
      'name = "orders"',
      'form = 2010-08-20',
    ].join('\n');
    expect(() => parseToml(text, incidentSchema, 'a.toml')).toThrow(
      expect.objectContaining({
        code: 'config-unknown-key',
        facts: { file: 'a.toml', key: 'windows[orders].form', line: 7, suggestion: 'from' },
      }),
    );
  });
});

describe('readToml()', () => {
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mimamori-toml-'));
  });
  afterAll(() => rm(directory, { recursive: true }));
  const file = async (content: string | Uint8Array) => {
    const path = join(directory, 'a.toml');
    await writeFile(path, content);
    return path;
  };

  it('reads a file', async () => {
    expect(await readToml(await file('\uFEFFa = "店"'), anything)).toEqual({ a: '店' });
  });

  it('calls the file by the name it was given', async () => {
    const path = await file('a = ');
    await expect(readToml(path, anything, 'config/a.toml')).rejects.toMatchObject({
      facts: { file: 'config/a.toml' },
    });
  });

  it('refuses a file that is not there', async () => {
    await expect(readToml(join(directory, 'none.toml'), anything)).rejects.toMatchObject({
      code: 'config-file-missing',
    });
  });

  it('refuses a directory', async () => {
    await expect(readToml(directory, anything)).rejects.toMatchObject({
      code: 'config-unreadable',
      facts: { reason: 'EISDIR' },
    });
  });

  it('refuses Shift_JIS', async () => {
    const path = await file(Uint8Array.of(0x61, 0x3d, 0x22, 0x93, 0x58, 0x22));
    await expect(readToml(path, anything)).rejects.toMatchObject({
      code: 'config-unreadable',
      facts: { reason: 'not-utf-8' },
    });
  });

  it('refuses a file that nobody wrote by hand', async () => {
    const path = await file(new Uint8Array(4 * 1024 * 1024 + 1).fill(0x0a));
    await expect(readToml(path, anything)).rejects.toMatchObject({ code: 'config-too-large' });
  });
});
