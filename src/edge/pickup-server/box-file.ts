import { closeSync, readSync } from 'node:fs';

import { bytesIn, joinRanges } from '../../domain/pickup/byte-ranges.ts';
import type { ByteRange } from '../../domain/pickup/byte-ranges.ts';
import type { ServeLine } from './serve-line.ts';
import type { Reading, UnsureBytes } from './unsure-bytes.ts';
import type { Visitor, WireBatch } from './wire.ts';

/** Clients of OpenSSH's kind take answers of 256 KiB, with what stands around the bytes; whoever gets a longer one ends. */
const READ_BYTES_MAX = 255 * 1024;
/** What is lost of the record of what was sent when `serve` is killed. */
const REPORT_BYTES = 4 * 1024 * 1024;

/** For what is read until it is answered, in the same turn; the library keeps a copy. */
const piece = Buffer.allocUnsafeSlow(READ_BYTES_MAX);

/** A sealed file that a visitor has opened, and what was sent of it. */
export class BoxFile {
  readonly batch: WireBatch;
  readonly #line: ServeLine;
  readonly #visitor: Visitor;
  readonly #descriptor: number;
  readonly #unsure: UnsureBytes;
  readonly #reading: Reading;
  /** Where the read after the last one begins, of a program that reads in one go. */
  #next: number | undefined;
  #isInOrder = true;
  /** What they have by where they began, if they go on to the end. */
  #shown: readonly ByteRange[] = [];
  /** Given to the connection, and not known to have left. */
  readonly #given = new Set<ByteRange>();
  /** Sent, and not recorded yet. */
  #sent: readonly ByteRange[] = [];
  /** The last report, with whether it was recorded. */
  #reported = Promise.resolve(true);
  #isReporting = false;

  /** The descriptor is closed by `close`. */
  constructor(
    opened: { readonly batch: WireBatch; readonly descriptor: number },
    by: { readonly line: ServeLine; readonly visitor: Visitor; readonly unsure: UnsureBytes },
  ) {
    this.batch = opened.batch;
    this.#descriptor = opened.descriptor;
    this.#line = by.line;
    this.#visitor = by.visitor;
    this.#unsure = by.unsure;
    this.#reading = by.unsure.open(by.visitor, opened.batch.batch);
  }

  /**
   * At most `length` bytes, which stay what they are until the next read; none at the end of the file. They count as sent
   * when `onSent` was called.
   */
  read(offset: number, length: number): { data: Buffer; onSent: () => void } {
    this.#follow(offset);
    // The length that was approved, whatever the file has become since.
    const wanted = Math.min(length, READ_BYTES_MAX, Math.max(0, this.batch.sizeBytes - offset));
    if (wanted === 0) return { data: Buffer.alloc(0), onSent: () => undefined };
    const bytes = readSync(this.#descriptor, piece, 0, wanted, offset);
    const range: ByteRange = [offset, offset + bytes];
    this.#next = range[1];
    this.#given.add(range);
    const onSent = (): void => {
      this.#given.delete(range);
      this.#sent = joinRanges(this.#sent, [range]);
      // What is given leaves in order, so that all of it since the first read has.
      if (range[1] === this.batch.sizeBytes) this.#believe();
      if (bytesIn(this.#sent) >= REPORT_BYTES && !this.#isReporting) void this.report(false);
    };
    return { data: piece.subarray(0, bytes), onSent };
  }

  /** Whether it was recorded. One after the other: what one could not tell, the next one tells. */
  report(isClosed: boolean): Promise<boolean> {
    this.#isReporting = true;
    this.#reported = this.#reported.then(() => this.#tell(isClosed));
    return this.#reported;
  }

  close(): void {
    this.#unsure.close(this.#reading);
    closeSync(this.#descriptor);
  }

  /** Closes it for a visitor who went without closing it, or whose connection broke. */
  async leave(): Promise<void> {
    if (this.#isInOrder) this.#unsure.remember(this.#reading, [...this.#given]);
    this.close();
    await this.report(false);
  }

  /** A read at `offset`, before what is read there is known. */
  #follow(offset: number): void {
    const { sizeBytes } = this.batch;
    if (this.#next !== undefined) {
      // Behind the end nothing is left out: programs ask there whether it is the end.
      if (offset !== this.#next && offset < sizeBytes) this.#isInOrder = false;
      return;
    }
    this.#next = offset;
    this.#shown = this.#unsure.before(this.#reading, offset);
    if (offset === sizeBytes) this.#believe();
  }

  /** They read to the end: as in a file of which they had the beginning, if they read it in one go. */
  #believe(): void {
    if (!this.#isInOrder || !this.#reading.isAlone) return;
    this.#sent = joinRanges(this.#sent, this.#shown);
    this.#shown = [];
  }

  async #tell(isClosed: boolean): Promise<boolean> {
    const ranges = this.#sent.map(([from, to]): [number, number] => [from, to]);
    this.#sent = [];
    const { batch } = this.batch;
    const isRecorded =
      (ranges.length === 0 && !isClosed) ||
      (await this.#line.ask<'covered'>({
        ...{ what: 'covered', visitor: this.#visitor, batch, ranges, isClosed },
      })) === true;
    if (!isRecorded) this.#sent = joinRanges(this.#sent, ranges);
    this.#isReporting = false;
    return isRecorded;
  }
}
