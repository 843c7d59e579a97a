import { CodeColumn } from './code-columns.ts';
import { codePointRead } from './code-points.ts';
import { foldColumnName } from './column-names.ts';
import { NUMBER_READ, NumberReader } from './digits.ts';
import { IntakeFault } from './errors.ts';
import { visitHead, type Head } from './head-sample.ts';
import type { Layout } from './layout.ts';
import { SENSITIVE_RECORDS } from './limits.ts';
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
export function assertNothingSensitive(head: Head, layout: Layout): void {
  const sample = new Sample(layout);
  const skipped = layout.header === undefined ? 0 : 1;
  const visited = visitHead(
    head,
    layout.options,
    SENSITIVE_RECORDS + skipped,
    (scanner, record) => {
      if (record >= skipped) sample.add(scanner);
    },
  );
  sample.wipe();
  sample.assertClean(visited - skipped);
}

/** The fault for a column, from 0. */
export function sensitiveData(
  layout: Layout,
  column: number,
  kind: SensitiveKind,
  hits: number,
  of: number,
): IntakeFault {
  const header = layout.header?.[column] ?? '';
  return new IntakeFault('sensitive-data', { column: column + 1, header, kind, hits, of });
}

class Sample {
  readonly #layout: Layout;
  readonly #numbers: NumberReader;
  readonly #tracks: Uint32Array;
  readonly #filled: Uint32Array;
  readonly #codes: readonly (CodeColumn | undefined)[];

  constructor(layout: Layout) {
    const { width, map, header } = layout;
    this.#layout = layout;
    this.#numbers = new NumberReader(codePointRead(layout.options.encoding));
    this.#tracks = new Uint32Array(width);
    this.#filled = new Uint32Array(width);
    this.#codes = Array.from({ length: width }, (_, column) => {
      const isNamed = !placeholder.test(foldColumnName(header?.[column] ?? ''));
      const isKnown = isNamed || map.notSensitive[column] === 1 || map.columns.pan.includes(column);
      return isKnown ? undefined : new CodeColumn();
    });
  }

  add(scanner: RecordScanner): void {
    const numbers = this.#numbers;
    const isAmericanExpress = this.#isAmericanExpress(scanner);
    const width = Math.min(this.#layout.width, scanner.fieldCount);
    for (let column = 0; column < width; column++) {
      const start = scanner.starts[column]!;
      const end = scanner.ends[column]!;
      if (start === end || this.#layout.map.ignored[column] === 1) continue;
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
    const layout = this.#layout;
    for (let column = 0; column < layout.width; column++) {
      if (layout.map.ignored[column] === 1) continue;
      const tracks = this.#tracks[column]!;
      if (tracks > 0) throw sensitiveData(layout, column, 'track', tracks, of);
      const isDeclared = layout.map.notSensitive[column] === 1;
      const named = isDeclared ? undefined : sensitiveNameKind(layout.header?.[column] ?? '');
      if (named !== undefined) {
        throw sensitiveData(layout, column, named, this.#filled[column]!, of);
      }
      const codes = this.#codes[column];
      if (codes?.looksLikeCodes() === true) {
        throw sensitiveData(layout, column, 'security-code', codes.values, of);
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
    for (const column of this.#layout.map.columns.pan) {
      if (column >= scanner.fieldCount) return false;
      const reading = numbers.read(scanner.bytes, scanner.starts[column]!, scanner.ends[column]!);
      if (reading !== NUMBER_READ) return false;
    }
    const [first, second] = numbers.digits;
    return numbers.length === 15 && first === 3 && (second === 4 || second === 7);
  }
}
