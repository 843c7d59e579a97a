import { joinRanges } from '../../domain/pickup/byte-ranges.ts';
import type { ByteRange } from '../../domain/pickup/byte-ranges.ts';
import type { Visitor } from './wire.ts';

/** More are forgotten, the oldest first, which makes a file less read than it is. */
const FILES_MAX = 256;

/**
 * What was given to connections that broke: a broken socket does not say how much of its queue went out. Who goes on in the
 * middle of it says so: they have what stands before. By key and file, and only as long as this process runs.
 */
export class UnsureBytes {
  readonly #ranges = new Map<string, readonly ByteRange[]>();

  remember(visitor: Visitor, batch: string, ranges: readonly ByteRange[]): void {
    const file = fileOf(visitor, batch);
    const joined = joinRanges(this.#ranges.get(file) ?? [], ranges);
    this.#ranges.delete(file);
    if (joined.length > 0) this.#ranges.set(file, joined);
    for (const [oldest] of this.#ranges) {
      if (this.#ranges.size <= FILES_MAX) break;
      this.#ranges.delete(oldest);
    }
  }

  /** Of these bytes those that a visitor has who begins to read at `offset`; nothing where none of them lead there. */
  before(visitor: Visitor, batch: string, offset: number): readonly ByteRange[] {
    const known = this.#ranges.get(fileOf(visitor, batch)) ?? [];
    const found = known.find(([from, to]) => from < offset && offset <= to);
    return found === undefined ? [] : [[found[0], offset]];
  }
}

function fileOf({ key, box }: Visitor, batch: string): string {
  return JSON.stringify([key, box, batch]);
}
