import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';

import type { ByteEncoding } from '../../../src/domain/intake/code-points.ts';
import { IntakeFault } from '../../../src/domain/intake/errors.ts';
import { RecordScanner } from '../../../src/domain/intake/scanner.ts';
import type { ScannerOptions } from '../../../src/domain/intake/scanner-options.ts';
import { between, seededRandom } from '../../support/seeded-cards.ts';

type Rng = () => number;

const quirks = ['"', '""', '"a"', '"",', ',"', '",', '"\n', '\r', '\n', '\r\n', ' ', ',', ',,'];
const words = [
  'a',
  'b1',
  '4111',
  'カード',
  '表',
  'é',
  '𠮷',
  '=x',
  'a^b',
  ' ',
  '山田 太郎',
  ';',
  '\t',
  '|',
];

/** A text that looks like a table, with a mistake here and there. */
function table(rng: Rng, delimiter: string, mistakes: number): string {
  const newline = ['\n', '\r\n', '\r', 'mixed'][between(rng, 0, 3)]!;
  let text = rng() < 0.1 ? '\ufeff' : '';
  const rows = between(rng, 0, 5);
  for (let row = 0; row < rows; row++) {
    const fields = Array.from({ length: between(rng, 1, 4) }, () => field(rng, delimiter));
    text += fields.join(delimiter);
    if (rng() < mistakes) text += pick(rng, quirks);
    if (row < rows - 1 || rng() < 0.7) {
      text += newline === 'mixed' ? pick(rng, ['\n', '\r\n', '\r', '\n\n', '\r\r\n']) : newline;
    }
  }
  return text;
}

function field(rng: Rng, delimiter: string): string {
  const count = between(rng, 0, 3);
  let text = '';
  for (let i = 0; i < count; i++) text += pick(rng, words);
  if (rng() < 0.35) {
    const inner = text + pick(rng, ['', '"', '\n', '\r\n', delimiter, '"x"']);
    return `"${inner.replaceAll('"', '""')}"`;
  }
  return text.replaceAll(delimiter, '_');
}

function noise(rng: Rng): string {
  const pieces = [...quirks, ...words];
  let text = '';
  for (let i = between(rng, 0, 12); i > 0; i--) text += pick(rng, pieces);
  return text;
}

function pick<T>(rng: Rng, from: readonly T[]): T {
  return from[between(rng, 0, from.length - 1)]!;
}

/** Records as texts, or the fault's code. */
function scan(
  bytes: Uint8Array,
  options: ScannerOptions,
  cut: (left: number) => number,
  bufferBytes = bytes.length,
): string[][] | string {
  const decoder = new TextDecoder(options.encoding, { ignoreBOM: true });
  const scanner = new RecordScanner(options, bufferBytes);
  const records: string[][] = [];
  const drain = (): void => {
    while (scanner.next()) {
      const record: string[] = [];
      for (let i = 0; i < scanner.fieldCount; i++) {
        record.push(decoder.decode(scanner.bytes.slice(scanner.starts[i], scanner.ends[i])));
      }
      records.push(record);
    }
  };
  try {
    if (cut === inPlace) {
      const memory = new Uint8Array(bytes.length + 1);
      memory.set(bytes);
      scanner.readWhole(memory, bytes.length, 0);
    }
    for (let at = 0; at < bytes.length && cut !== inPlace;) {
      const end = Math.min(bytes.length, at + cut(bytes.length - at));
      at += scanner.push(bytes.subarray(at, end));
      drain();
    }
    scanner.end();
    drain();
    return records;
  } catch (error) {
    if (error instanceof IntakeFault) return `${error.code} ${JSON.stringify(error.facts)}`;
    throw error;
  }
}

/** Not fed at all: read where it stands. */
const inPlace = (): number => 0;

function oracle(text: string, delimiter: string): string[][] | undefined {
  try {
    return parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      delimiter,
    });
  } catch {
    return undefined;
  }
}

/** Byte order marks are the caller's business. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

describe('RecordScanner', () => {
  it('finds the records csv-parse finds or refuses with it, on 100,000 texts however they are cut', () => {
    const rng = seededRandom(20_260_301);
    const cuts = [
      (): number => 1,
      (): number => between(rng, 1, 5),
      (left: number): number => left,
      inPlace,
    ];
    let refused = 0;
    let records = 0;
    for (let round = 0; round < 100_000; round++) {
      const delimiter = pick(rng, [',', ',', ';', '\t', '|']);
      const text = rng() < 0.3 ? noise(rng) : table(rng, delimiter, 0.08);
      const expected = oracle(text, delimiter);
      const bytes = withoutMark(new TextEncoder().encode(text));
      const options = {
        encoding: 'utf-8',
        delimiter: delimiter.charCodeAt(0),
        quoting: true,
      } as const;
      const found = scan(bytes, options, pick(rng, cuts));
      const isSame =
        expected === undefined
          ? /^quote-(misplaced|unbalanced)/.test(String(found))
          : JSON.stringify(found) === JSON.stringify(expected);
      if (!isSame) expect({ text, delimiter, found }).toEqual({ text, delimiter, found: expected });
      if (expected === undefined) refused++;
      else records += expected.length;
    }
    // Neither side of the comparison may be nearly empty.
    expect(refused).toBeGreaterThan(10_000);
    expect(records).toBeGreaterThan(100_000);
  });

  it('says the same of records it reads in place as of records it is fed, at whatever length', () => {
    const rng = seededRandom(99);
    const long = ['x', 'カ', '"a,b"', '\n', ',', '\0'];
    let tooLong = 0;
    for (let round = 0; round < 400; round++) {
      const text = Array.from({ length: between(rng, 1, 5) }, () => {
        const piece = pick(rng, long).repeat(between(rng, 1, 3) * 9_000);
        return pick(rng, [
          piece,
          piece.replaceAll(/[",\n]/g, ''),
          `"${piece.replaceAll('"', '')}"`,
        ]);
      }).join(pick(rng, ['', ',', '\n']));
      const mistaken = text + pick(rng, ['', '"', '\n"open', '\0']);
      const bytes = new TextEncoder().encode(mistaken);
      if (rng() < 0.3) bytes[between(rng, 0, bytes.length - 1)] = 0xff;
      const options = { encoding: 'utf-8', delimiter: 0x2c, quoting: true } as const;
      const found = scan(bytes, options, inPlace);
      const size = between(rng, 1_000, 200_000);
      expect(scan(bytes, options, () => size, 131_200)).toEqual(found);
      if (/^(line-too-long|quote-unbalanced)/.test(String(found))) tooLong++;
    }
    expect(tooLong).toBeGreaterThan(50);
  });

  it.each(['shift_jis', 'euc-jp'] as const)(
    'splits %s as the decoded text is split',
    (encoding) => {
      const rng = seededRandom(encoding.length);
      const pieces = encodedPieces(encoding);
      for (let round = 0; round < 8_000; round++) {
        const delimiter = pick(rng, [',', '|', '\t', ';']);
        const bytes = assemble(rng, pieces, delimiter);
        const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
        const expected = oracle(text, delimiter);
        const options = { encoding, delimiter: delimiter.charCodeAt(0), quoting: true };
        const found = scan(bytes, options, (left) => between(rng, 1, left));
        if (expected === undefined) expect(found).toMatch(/^quote-/);
        else if (JSON.stringify(found) !== JSON.stringify(expected))
          expect(found).toEqual(expected);
      }
    },
  );

  it.each(['utf-8', 'shift_jis', 'euc-jp'] as const)(
    'refuses exactly the bytes that are no %s',
    (encoding) => {
      const rng = seededRandom(7);
      const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
      let refused = 0;
      for (let round = 0; round < 12_000; round++) {
        const bytes = Uint8Array.from({ length: between(rng, 1, 6) }, () =>
          rng() < 0.3 ? between(rng, 0x40, 0x7e) : between(rng, 0x80, 0xff),
        );
        const found = scan(bytes, { encoding, delimiter: 0x2c, quoting: true }, () => 2);
        // EUC-JP: the platform's decoder lets C1 control characters pass and two more katakana; the standard does not.
        const isValid = decodes(decoder, bytes) && !(encoding === 'euc-jp' && isBeyondEucJp(bytes));
        if (!isValid) refused++;
        if (String(found).startsWith('encoding-invalid') === isValid) {
          expect({ bytes: Array.from(bytes), found }).toEqual({
            bytes: Array.from(bytes),
            isValid,
          });
        }
      }
      expect(refused).toBeGreaterThan(500);
    },
  );
});

function decodes(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function isBeyondEucJp(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at]!;
    if (byte === 0x8e) {
      if (bytes[at + 1]! < 0xa1 || bytes[at + 1]! > 0xdf) return true;
      at += 2;
    } else if (byte === 0x8f) at += 3;
    else if (byte >= 0xa1) at += 2;
    else if (byte >= 0x80) return true;
    else at++;
  }
  return false;
}

/** Characters with every awkward second byte (0x5C, 0x7C, 0x40) in Shift_JIS, and their like in EUC-JP. */
function encodedPieces(encoding: ByteEncoding): Uint8Array[] {
  const pairs =
    encoding === 'shift_jis'
      ? [[0x95, 0x5c], [0x81, 0x7c], [0x83, 0x7c], [0x81, 0x40], [0xb1], [0x94, 0x4e], [0x82, 0x4f]]
      : [
          [0xc9, 0xbd],
          [0xa1, 0xdd],
          [0x8e, 0xb1],
          [0x8f, 0xb0, 0xa1],
          [0xc7, 0xaf],
          [0xa3, 0xb0],
        ];
  return pairs.map((bytes) => Uint8Array.from(bytes));
}

function assemble(rng: Rng, pieces: readonly Uint8Array[], delimiter: string): Uint8Array {
  const bytes: number[] = [];
  for (let i = between(rng, 0, 14); i > 0; i--) {
    if (rng() < 0.6) bytes.push(...pick(rng, pieces));
    else
      bytes.push(
        ...new TextEncoder().encode(pick(rng, [delimiter, '"', '\n', '\r\n', '1', '""', 'x'])),
      );
  }
  return Uint8Array.from(bytes);
}
