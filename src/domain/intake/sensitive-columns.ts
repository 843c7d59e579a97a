import { CodeColumn } from './code-columns.ts';
import { codePointRead } from './code-points.ts';
import { foldColumnName } from './column-names.ts';
import { NUMBER_READ, NumberReader } from './digits.ts';
import { IntakeFault } from './errors.ts';
import { visitHead, type Head } from './head-sample.ts';
import { likelyNumberColumns } from './column-map.ts';
import { SENSITIVE_RECORDS } from './limits.ts';
import type { Shape } from './shape.ts';
import type { SourceSpec } from './source-spec.ts';
import { WATCHED, type RecordScanner } from './scanner.ts';
import { sensitiveNameKind, type SensitiveKind } from './sensitive-names.ts';
import { hasTrackData } from './track-data.ts';

/** Names that programs give to columns without one. */
const placeholder = /^(?:(?:column|col|field|f|c|列|項目|unnamed)?\d*)$/;

/**
 * Refuses a source in which a column holds sensitive authentication data, over the first 1,000 records of its head:
 * by its name; by magnetic stripe data in it; and, where no name says what it holds, by values that can hardly be
 * anything but security codes (`CodeColumn`). Ignored columns are not looked at. Columns declared `not_sensitive` are
 * refused for stripe data only: there is no innocent reason for that.
 *
 * Throws `sensitive-data` with the column's number (from 1), its name, what it is, and in how many of how many records.
 */
export function assertNothingSensitive(head: Head, shape: Shape, spec: SourceSpec): void {
  const sample = new Sample(shape, likelyNumberColumns(spec, shape));
  const skipped = shape.header === undefined ? 0 : 1;
  const visited = visitHead(head, shape.options, SENSITIVE_RECORDS + skipped, (scanner, record) => {
    if (record >= skipped) sample.add(scanner);
  });
  sample.wipe();
  sample.assertClean(visited - skipped);
}

/** The fault for a column, from 0. */
export function sensitiveData(
  shape: Pick<Shape, 'header'>,
  column: number,
  kind: SensitiveKind,
  hits: number,
  of: number,
): IntakeFault {
  const header = shape.header?.[column] ?? '';
  return new IntakeFault('sensitive-data', { column: column + 1, header, kind, hits, of });
}

class Sample {
  readonly #shape: Shape;
  readonly #panColumns: readonly number[];
  readonly #numbers: NumberReader;
  readonly #tracks: Uint32Array;
  readonly #filled: Uint32Array;
  readonly #codes: readonly (CodeColumn | undefined)[];

  constructor(shape: Shape, panColumns: readonly number[]) {
    const { width, header } = shape;
    this.#shape = shape;
    this.#panColumns = panColumns;
    this.#numbers = new NumberReader(codePointRead(shape.options.encoding));
    this.#tracks = new Uint32Array(width);
    this.#filled = new Uint32Array(width);
    this.#codes = Array.from({ length: width }, (_, column) => {
      const isNamed = !placeholder.test(foldColumnName(header?.[column] ?? ''));
      const isKnown = isNamed || shape.notSensitive[column] === 1 || panColumns.includes(column);
      return isKnown ? undefined : new CodeColumn();
    });
  }

  add(scanner: RecordScanner): void {
    const numbers = this.#numbers;
    const isAmericanExpress = this.#isAmericanExpress(scanner);
    const width = Math.min(this.#shape.width, scanner.fieldCount);
    for (let column = 0; column < width; column++) {
      const start = scanner.starts[column]!;
      const end = scanner.ends[column]!;
      if (start === end || this.#shape.ignored[column] === 1) continue;
      this.#filled[column]! += 1;
      const isWatched = (scanner.flags[column]! & WATCHED) !== 0;
      if (isWatched && hasTrackData(scanner.bytes, start, end)) this.#tracks[column]! += 1;
      const codes = this.#codes[column];
      if (codes === undefined) continue;
      numbers.clear();
      const isNumber = numbers.read(scanner.bytes, start, end) === NUMBER_READ;
      codes.add(numbers.digits, isNumber ? numbers.length : 0, isAmericanExpress);
    }
  }

  assertClean(of: number): void {
    const shape = this.#shape;
    for (let column = 0; column < shape.width; column++) {
      if (shape.ignored[column] === 1) continue;
      const tracks = this.#tracks[column]!;
      if (tracks > 0) throw sensitiveData(shape, column, 'track', tracks, of);
      const isDeclared = shape.notSensitive[column] === 1;
      const named = isDeclared ? undefined : sensitiveNameKind(shape.header?.[column] ?? '');
      if (named !== undefined) {
        throw sensitiveData(shape, column, named, this.#filled[column]!, of);
      }
      const codes = this.#codes[column];
      if (codes?.looksLikeCodes() === true) {
        throw sensitiveData(shape, column, 'security-code', codes.values, of);
      }
    }
  }

  wipe(): void {
    this.#numbers.wipe();
  }

  /** Cards of 15 digits that begin with 34 or 37 have codes of four digits. */
  #isAmericanExpress(scanner: RecordScanner): boolean {
    const numbers = this.#numbers;
    numbers.clear();
    for (const column of this.#panColumns) {
      if (column >= scanner.fieldCount) return false;
      const reading = numbers.read(scanner.bytes, scanner.starts[column]!, scanner.ends[column]!);
      if (reading !== NUMBER_READ) return false;
    }
    const [first, second] = numbers.digits;
    return numbers.length === 15 && first === 3 && (second === 4 || second === 7);
  }
}
