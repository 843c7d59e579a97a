import { byteClasses, DELIMITER, HIGH, LINE_END, passPlain } from './byte-classes.ts';
import { QUOTING, WATCH } from './byte-classes.ts';
import {
  codePointRead,
  INVALID,
  widePass,
  type CodePointRead,
  type WidePass,
} from './code-points.ts';
import { COLUMNS_MAX, RECORD_BYTES_MAX } from './limits.ts';
import * as faults from './scanner-faults.ts';
import type { ScannerOptions } from './scanner-options.ts';
import { unescapeFields } from './unescape-quotes.ts';

/** The field holds a sign that magnetic stripe data has, `=` or `^`: it deserves a closer look. */
export const WATCHED = 1;
/** The field holds bytes beyond ASCII. */
export const WIDE = 2;
const ESCAPED = 4;

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;

/** Two of the longest records, so that a whole one always fits behind what is left of another. */
const BUFFER_BYTES = 2 * (RECORD_BYTES_MAX + 64);

/**
 * Finds records and fields in bytes, without making a string or an object of any of them.
 *
 * Fed with `push`, asked with `next`; a record's fields are `[starts[i], ends[i])` of `bytes`, unquoted, until the next
 * call of either. Quoting is RFC 4180 without mercy; LF, CRLF and CR end records in any mixture; lines without a byte
 * are no records; rows may differ in length. Bytes are checked against the encoding.
 *
 * Throws `encoding-invalid`, `nul-bytes`, `quote-misplaced`, `quote-unbalanced`, `line-too-long`, `too-many-columns`.
 * Memory: at most one buffer of 128 KiB, whatever the input; `readWhole` needs none.
 */
export class RecordScanner {
  /** Where the current record's fields stand. */
  bytes: Uint8Array;
  readonly starts = new Uint32Array(COLUMNS_MAX);
  readonly ends = new Uint32Array(COLUMNS_MAX);
  /** Per field: `WATCHED`, `WIDE`. */
  readonly flags = new Uint8Array(COLUMNS_MAX);
  fieldCount = 0;
  /** All flags of the record's fields together; and the physical line, from 1, where the record starts. */
  recordFlags = 0;
  line = 0;
  readonly #own: Uint8Array;
  readonly #capacity: number;
  readonly #encoding: ScannerOptions['encoding'];
  readonly #read: CodePointRead;
  readonly #passWideOnes: WidePass;
  readonly #plain: Uint8Array;
  readonly #quoted: Uint8Array;
  #filled = 0;
  /** Where the next record is looked for. */
  #start = 0;
  /** Physical line of `#start`. */
  #startLine = 1;
  #wasReturn = false;
  #isEnded = false;
  /** Lines passed inside the record being scanned; and the line of the quote that is open, 0 outside quotes. */
  #innerLines = 0;
  #openLine = 0;
  /** Position in the file of `bytes[0]`. */
  #base: number;

  /** `bytesMax`: where no more than that will ever be fed, the buffer needs no more. */
  constructor(options: ScannerOptions, bytesMax = BUFFER_BYTES) {
    this.#capacity = Math.min(bytesMax, BUFFER_BYTES);
    this.#own = new Uint8Array(this.#capacity + 1);
    this.bytes = this.#own;
    this.#encoding = options.encoding;
    this.#read = codePointRead(options.encoding);
    this.#passWideOnes = widePass(options.encoding);
    this.#plain = byteClasses(options.delimiter, options.quoting);
    this.#quoted = byteClasses(undefined, options.quoting);
    this.#base = options.offset ?? 0;
  }

  /** Takes as many bytes as fit and returns their number; 0 only while records wait to be asked for. */
  push(chunk: Uint8Array): number {
    this.#compact();
    const taken = Math.min(chunk.length, this.#capacity - this.#filled);
    this.bytes.set(taken === chunk.length ? chunk : chunk.subarray(0, taken), this.#filled);
    this.#filled += taken;
    // A sentinel that stops every inner loop.
    this.bytes[this.#filled] = 0;
    return taken;
  }

  /** Tells that no more bytes come: what is left is the last record. */
  end(): void {
    this.#isEnded = true;
  }

  /** Goes to the next record. False where more bytes are needed or, after `end`, where there is none. */
  next(): boolean {
    const start = this.#skipBlankLines();
    if (start >= this.#filled) return false;
    this.fieldCount = 0;
    this.recordFlags = 0;
    this.#innerLines = 0;
    this.#openLine = 0;
    const stop = this.#scanFields(start);
    const length = (stop < 0 ? this.#filled : stop) - start;
    if (length > RECORD_BYTES_MAX) throw faults.recordTooLong(this.#placeAt(start + length));
    if (stop < 0) return false;
    this.line = this.#startLine;
    this.#startLine += this.#innerLines;
    this.#start = stop;
    if (stop < this.#filled) {
      this.#wasReturn = this.bytes[this.#start++] === CR;
      this.#startLine++;
    }
    // Only once the record is whole: until then scanning may start over.
    if ((this.recordFlags & ESCAPED) !== 0) unescapeFields(this, ESCAPED);
    return true;
  }

  /** Line ends passed so far. */
  get lines(): number {
    return this.#startLine - 1;
  }

  /** Where the next record is looked for, behind the line end of the one before. */
  settle(): number {
    if (this.#wasReturn && this.bytes[this.#start] === LF) this.#start++;
    this.#wasReturn = false;
    return this.#start;
  }

  /** Goes on at a record that begins at `start`, behind so many lines. */
  resume(start: number, lines: number): void {
    this.#start = start;
    this.#startLine = lines + 1;
  }

  /**
   * Starts over, at line 1, on whole records that are read where they stand: `bytes[0, length)`, which begin at `offset`
   * of the file. The byte behind them is overwritten, and so are doubled quotes.
   */
  readWhole(bytes: Uint8Array, length: number, offset: number): void {
    this.bytes = bytes;
    bytes[length] = 0;
    this.#restart(length, offset);
    this.#isEnded = true;
  }

  /** Zeroes the scanner's own memory. */
  wipe(): void {
    this.#own.fill(0);
    this.#restart(0, 0);
  }

  #restart(filled: number, offset: number): void {
    this.#filled = filled;
    this.#start = 0;
    this.#startLine = 1;
    this.#wasReturn = false;
    this.#isEnded = false;
    this.#base = offset;
  }

  #compact(): void {
    if (this.#start === 0) return;
    this.bytes.copyWithin(0, this.#start, this.#filled);
    this.#base += this.#start;
    this.#filled -= this.#start;
    this.#start = 0;
  }

  #skipBlankLines(): number {
    const bytes = this.bytes;
    let at = this.#start;
    for (; at < this.#filled; at++) {
      const byte = bytes[at]!;
      if (byte === CR) {
        this.#startLine++;
        this.#wasReturn = true;
      } else if (byte === LF) {
        if (!this.#wasReturn) this.#startLine++;
        this.#wasReturn = false;
      } else break;
    }
    if (at > this.#start && at < this.#filled) this.#wasReturn = false;
    this.#start = at;
    return at;
  }

  /** Scans one record from `start`; returns the position of its line end, or -1 where bytes are missing. */
  #scanFields(start: number): number {
    const bytes = this.bytes;
    const classes = this.#plain;
    let at = start;
    for (;;) {
      const fieldStart = at;
      let flags = 0;
      if (classes[bytes[at]!] === QUOTING && at < this.#filled) {
        at = this.#scanQuoted(at);
        if (at < 0) return -1;
      } else {
        for (;;) {
          at = passPlain(bytes, classes, at);
          const kind = classes[bytes[at]!]!;
          if (kind <= LINE_END) break;
          if (kind === WATCH) {
            flags |= WATCHED;
            at++;
          } else if (kind === HIGH) {
            flags |= WIDE;
            at = this.#passWide(at);
            if (at < 0) return -1;
          } else if (kind === QUOTING)
            throw faults.quoteMisplaced(this.#placeAt(at), this.fieldCount + 1);
          else if (at < this.#filled) throw faults.nulBytes(this.#placeAt(at));
          else if (this.#isEnded) break;
          else return -1;
        }
        this.#close(fieldStart, at, flags);
      }
      if (at >= this.#filled || classes[bytes[at]!] === LINE_END) return at;
      at++;
    }
  }

  /** Scans a quoted field that opens at `open`; returns the position behind its closing quote, or -1. */
  #scanQuoted(open: number): number {
    const bytes = this.bytes;
    const classes = this.#quoted;
    let at = open + 1;
    let flags = 0;
    if (open - this.#start > RECORD_BYTES_MAX) throw faults.recordTooLong(this.#placeAt(open));
    this.#openLine = this.#startLine + this.#innerLines;
    for (;;) {
      at = passPlain(bytes, classes, at);
      const kind = classes[bytes[at]!]!;
      if (kind === QUOTING) {
        if (bytes[at + 1] === QUOTE && at + 1 < this.#filled) {
          flags |= ESCAPED;
          at += 2;
        } else break;
      } else if (kind === WATCH) {
        flags |= WATCHED;
        at++;
      } else if (kind === HIGH) {
        flags |= WIDE;
        at = this.#passWide(at);
        if (at < 0) return -1;
      } else if (kind === LINE_END) {
        if (bytes[at] === CR || bytes[at - 1] !== CR) this.#innerLines++;
        at++;
      } else if (at < this.#filled) throw faults.nulBytes(this.#placeAt(at));
      else if (this.#isEnded) throw faults.recordTooLong(this.#placeAt(at));
      else return -1;
    }
    if (at + 1 >= this.#filled && !this.#isEnded) return -1;
    if (at - this.#start > RECORD_BYTES_MAX) throw faults.recordTooLong(this.#placeAt(at));
    this.#openLine = 0;
    this.#close(open + 1, at, flags);
    at++;
    if (at < this.#filled) {
      const kind = this.#plain[bytes[at]!]!;
      if (kind !== DELIMITER && kind !== LINE_END)
        throw faults.quoteMisplaced(this.#placeAt(at), this.fieldCount + 1);
    }
    return at;
  }

  /** Passes characters beyond ASCII; returns the position behind them, or -1 where one is cut off. */
  #passWide(from: number): number {
    const bytes = this.bytes;
    let at = from;
    for (;;) {
      at = this.#passWideOnes(bytes, at, this.#filled);
      if (bytes[at]! < 0x80) return at;
      const character = this.#read(bytes, at, this.#filled);
      if (character > 0) at += character & 7;
      else if (character === INVALID || this.#isEnded) {
        throw faults.encodingInvalid(this.#placeAt(at), this.#encoding, this.#base + at);
      } else return -1;
    }
  }

  #close(start: number, end: number, flags: number): void {
    const field = this.fieldCount;
    if (field === COLUMNS_MAX) throw faults.tooManyColumns(this.#placeAt(start));
    this.starts[field] = start;
    this.ends[field] = end;
    this.flags[field] = flags;
    this.recordFlags |= flags;
    this.fieldCount = field + 1;
  }

  #placeAt(at: number): faults.ScannerPlace {
    const [startLine, line] = [this.#startLine, this.#startLine + this.#innerLines];
    return { line, startLine, openLine: this.#openLine, length: at - this.#start };
  }
}
