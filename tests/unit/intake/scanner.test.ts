import { describe, expect, it } from 'vitest';

import { IntakeFault } from '../../../src/domain/intake/errors.ts';
import { COLUMNS_MAX, RECORD_BYTES_MAX } from '../../../src/domain/intake/limits.ts';
import { RecordScanner, WATCHED, WIDE } from '../../../src/domain/intake/scanner.ts';

const comma = { encoding: 'utf-8', delimiter: 0x2c, quoting: true } as const;
const lines = { encoding: 'utf-8', quoting: false } as const;

function scanner(
  text: string | Uint8Array,
  options: ConstructorParameters<typeof RecordScanner>[0] = comma,
): RecordScanner {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const made = new RecordScanner(options);
  expect(made.push(bytes)).toBe(bytes.length);
  made.end();
  return made;
}

function linesOf(text: string): number[] {
  const found: number[] = [];
  for (const made = scanner(text); made.next();) found.push(made.line);
  return found;
}

function refusal(act: () => unknown): { code: string; facts: unknown } {
  try {
    act();
  } catch (error) {
    if (error instanceof IntakeFault) return { code: error.code, facts: error.facts };
    throw error;
  }
  throw new Error('nothing was refused');
}

function readAll(made: RecordScanner): number {
  let records = 0;
  while (made.next()) records++;
  return records;
}

describe('RecordScanner', () => {
  it('numbers physical lines, whatever ends them and wherever they end', () => {
    expect(linesOf('a\nb\n\nc')).toEqual([1, 2, 4]);
    expect(linesOf('a\r\nb\r\n\r\nc\r\n')).toEqual([1, 2, 4]);
    expect(linesOf('a\rb\r\rc')).toEqual([1, 2, 4]);
    expect(linesOf('a\n\rb')).toEqual([1, 3]);
    expect(linesOf('\n\n\na')).toEqual([4]);
    expect(linesOf('"a\n\r\nb",1\nc')).toEqual([1, 4]);
    expect(linesOf('"a\rb"\r\n"c\r\n"\nd')).toEqual([1, 3, 5]);
  });

  it('marks fields with signs of stripe data and with characters beyond ASCII', () => {
    const made = scanner('a,"b=c",d^e,表,f');
    made.next();
    expect([...made.flags.subarray(0, 5)]).toEqual([0, WATCHED, WATCHED, WIDE, 0]);
    expect(made.recordFlags & (WATCHED | WIDE)).toBe(WATCHED | WIDE);
  });

  it('takes quotes as they stand where a line is one field', () => {
    const made = scanner('"a,b\n"c"', lines);
    expect(made.next()).toBe(true);
    expect([made.fieldCount, made.starts[0], made.ends[0]]).toEqual([1, 0, 4]);
    expect(made.next()).toBe(true);
    expect(made.next()).toBe(false);
  });

  it('says nothing of a record that is not whole yet', () => {
    const made = new RecordScanner(comma);
    made.push(new TextEncoder().encode('a,"b'));
    expect(made.next()).toBe(false);
    made.push(new TextEncoder().encode('"",c",d\ne'));
    expect(made.next()).toBe(true);
    expect(made.fieldCount).toBe(3);
    expect(made.next()).toBe(false);
    made.end();
    expect(made.next()).toBe(true);
    expect(made.next()).toBe(false);
  });

  it('takes the longest record, and refuses one byte more', () => {
    const long = 'x'.repeat(RECORD_BYTES_MAX);
    expect(readAll(scanner(`a\n${long}\nb`))).toBe(3);
    expect(readAll(scanner(long))).toBe(1);
    const facts = { line: 2, max: RECORD_BYTES_MAX };
    expect(refusal(() => readAll(scanner(`a\n${long}x\nb`)))).toEqual({
      code: 'line-too-long',
      facts,
    });
    expect(refusal(() => readAll(scanner(`${long}x`))).code).toBe('line-too-long');
  });

  it('refuses an endless line as soon as it is too long', () => {
    const made = new RecordScanner(lines);
    const chunk = new Uint8Array(1_024).fill(0x34);
    let fed = 0;
    const feed = (): void => {
      for (;;) {
        fed += made.push(chunk);
        made.next();
      }
    };
    expect(refusal(feed).code).toBe('line-too-long');
    expect(fed).toBeLessThanOrEqual(RECORD_BYTES_MAX + chunk.length);
  });

  it('names the open quote rather than the length it leads to', () => {
    const text = `a,b\n"c,d\n${'e,f\n'.repeat(30_000)}`;
    expect(refusal(() => readAll(scanner(text)))).toEqual({
      code: 'quote-unbalanced',
      facts: { line: 2 },
    });
    expect(refusal(() => readAll(scanner('a\n"b\nc')))).toEqual({
      code: 'quote-unbalanced',
      facts: { line: 2 },
    });
  });

  it.each([
    ['a"b', 1, 1],
    ['a,b"', 1, 2],
    ['x\n"a"b', 2, 1],
    ['"a" ,b', 1, 1],
    ['x,y\n\nz,"a""b"c', 3, 2],
  ])('refuses the misplaced quote of %j by line and column', (text, line, column) => {
    const fault = refusal(() => readAll(scanner(text)));
    expect(fault.code).toBe('quote-misplaced');
    // A quote behind a closed field belongs to the field just read.
    expect(fault.facts).toMatchObject({ line });
    expect([column, column + 1]).toContain((fault.facts as { column: number }).column);
  });

  it('refuses NUL bytes, inside quotes and out', () => {
    expect(refusal(() => readAll(scanner('a\nb\0c')))).toEqual({
      code: 'nul-bytes',
      facts: { line: 2 },
    });
    expect(refusal(() => readAll(scanner('a\n"b\n\0"')))).toEqual({
      code: 'nul-bytes',
      facts: { line: 3 },
    });
    expect(refusal(() => readAll(scanner('a\0'))).code).toBe('nul-bytes');
  });

  it('refuses more columns than the limit', () => {
    expect(readAll(scanner(','.repeat(COLUMNS_MAX - 1)))).toBe(1);
    const fault = refusal(() => readAll(scanner(`a\n${','.repeat(COLUMNS_MAX)}`)));
    expect(fault).toEqual({ code: 'too-many-columns', facts: { line: 2, max: COLUMNS_MAX } });
  });

  it('tells line and byte of what is not in the encoding', () => {
    const bytes = Uint8Array.of(0x61, 0x0a, 0x62, 0xff, 0x63);
    const facts = { encoding: 'utf-8', line: 2, offset: 6 };
    const act = (): unknown => readAll(scanner(bytes, { ...comma, offset: 3 }));
    expect(refusal(act)).toEqual({ code: 'encoding-invalid', facts });
    const cut = (): unknown => readAll(scanner(Uint8Array.of(0x61, 0xe3, 0x81)));
    expect(refusal(cut)).toEqual({
      code: 'encoding-invalid',
      facts: { encoding: 'utf-8', line: 1, offset: 1 },
    });
  });

  it('keeps offsets right over many buffers', () => {
    const made = new RecordScanner(comma);
    const row = new TextEncoder().encode(`${'a,'.repeat(50)}b\n`);
    const bytes = new Uint8Array(row.length * 10_000 + 1);
    for (let i = 0; i < 10_000; i++) bytes.set(row, i * row.length);
    bytes[bytes.length - 1] = 0xff;
    const feed = (): void => {
      for (let at = 0; at < bytes.length;) {
        at += made.push(bytes.subarray(at));
        readAll(made);
      }
      made.end();
      readAll(made);
    };
    const facts = { encoding: 'utf-8', line: 10_001, offset: bytes.length - 1 };
    expect(refusal(feed)).toEqual({ code: 'encoding-invalid', facts });
  });

  it('zeroes its buffer', () => {
    const made = scanner('4111,b\n');
    made.next();
    made.wipe();
    expect(made.bytes.some((byte) => byte !== 0)).toBe(false);
    expect(made.next()).toBe(false);
  });
});
