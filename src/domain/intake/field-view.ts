import type { RecordScanner } from './scanner.ts';

const SPACE = 0x20;

/** The bytes of one purpose in the current record: of its column, or of several joined by a space. */
export class FieldView {
  bytes: Uint8Array;
  start = 0;
  end = 0;
  /** The scanner's flags of the columns together. */
  flags = 0;
  readonly columns: readonly number[];
  #joined = new Uint8Array(0);

  constructor(scanner: RecordScanner, columns: readonly number[]) {
    this.columns = columns;
    this.bytes = scanner.bytes;
  }

  /** Whether the source has the purpose at all. */
  get isMapped(): boolean {
    return this.columns.length > 0;
  }

  get isEmpty(): boolean {
    return this.start >= this.end;
  }

  /** Points to the current record; a column the row is too short for is empty. */
  take(scanner: RecordScanner): void {
    this.flags = 0;
    this.start = 0;
    this.end = 0;
    if (this.columns.length === 1) {
      this.bytes = scanner.bytes;
      const column = this.columns[0]!;
      if (column >= scanner.fieldCount) return;
      this.start = scanner.starts[column]!;
      this.end = scanner.ends[column]!;
      this.flags = scanner.flags[column]!;
    } else this.#join(scanner);
  }

  wipe(): void {
    this.#joined.fill(0);
  }

  #join(scanner: RecordScanner): void {
    let needed = this.columns.length;
    for (const column of this.columns) {
      if (column < scanner.fieldCount) needed += scanner.ends[column]! - scanner.starts[column]!;
    }
    if (this.#joined.length < needed) this.#joined = new Uint8Array(needed * 2);
    this.bytes = this.#joined;
    for (const column of this.columns) {
      if (column >= scanner.fieldCount) continue;
      const start = scanner.starts[column]!;
      const end = scanner.ends[column]!;
      if (start === end) continue;
      if (this.end > 0) this.#joined[this.end++] = SPACE;
      for (let at = start; at < end; at++) this.#joined[this.end++] = scanner.bytes[at]!;
      this.flags |= scanner.flags[column]!;
    }
  }
}
