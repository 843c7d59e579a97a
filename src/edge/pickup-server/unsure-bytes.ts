import { joinRanges } from '../../domain/pickup/byte-ranges.ts';
import type { ByteRange } from '../../domain/pickup/byte-ranges.ts';
import type { Visitor } from './wire.ts';

/** More are forgotten, the oldest first, which makes a file less read than it is. */
const FILES_MAX = 256;

/** One opening of a file, until it is closed. */
export interface Reading {
  readonly file: string;
  /** Whether the same key had the file open nowhere else meanwhile. */
  isAlone: boolean;
}

/**
 * What was given to connections that broke: a broken socket does not say how much of its queue went out. Who goes on in the
 * middle of it and reads to the end says so: they have what stands before. That holds of programs that read a file in one
 * go, and not of those that fetch it in segments, which begin wherever a segment does: of a key that has a file open twice
 * nothing is remembered and nothing believed. By key and file, and only as long as this process runs.
 */
export class UnsureBytes {
  readonly #ranges = new Map<string, readonly ByteRange[]>();
  readonly #readings = new Map<string, Set<Reading>>();

  /** To be given to `close`. */
  open({ key, box }: Visitor, batch: string): Reading {
    const file = JSON.stringify([key, box, batch]);
    const others = this.#readings.get(file) ?? new Set();
    const reading = { file, isAlone: others.size === 0 };
    for (const other of others) other.isAlone = false;
    this.#readings.set(file, others.add(reading));
    return reading;
  }

  close(reading: Reading): void {
    const { file } = reading;
    const all = this.#readings.get(file);
    all?.delete(reading);
    if (all?.size === 0) this.#readings.delete(file);
  }

  remember({ file, isAlone }: Reading, ranges: readonly ByteRange[]): void {
    if (!isAlone) return;
    const joined = joinRanges(this.#ranges.get(file) ?? [], ranges);
    this.#ranges.delete(file);
    if (joined.length > 0) this.#ranges.set(file, joined);
    for (const [oldest] of this.#ranges) {
      if (this.#ranges.size <= FILES_MAX) break;
      this.#ranges.delete(oldest);
    }
  }

  /** What a program has of these bytes that goes on at `offset`, after any of them; nothing where none of them lead there. */
  before({ file }: Reading, offset: number): readonly ByteRange[] {
    const known = this.#ranges.get(file) ?? [];
    if (!known.some(([from, to]) => from < offset && offset <= to)) return [];
    return joinRanges(
      [],
      known.map(([from, to]): ByteRange => [from, Math.min(to, offset)]),
    );
  }
}
