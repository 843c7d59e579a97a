import { batchCell, type CellContext } from './batch-cell.ts';
import type { BatchFacts } from './batch-facts.ts';
import { CardWriter } from './card-writer.ts';
import type { Cell } from './cells.ts';
import { bytesOf } from './charset-bytes.ts';
import { FormatsFault } from './errors.ts';
import { formatsOfField, isBatchField } from './fields.ts';
import { framed, isQuoted, recordBytesMax, type RecordWriter } from './framed-record.ts';
import { LocalDays } from './local-days.ts';
import type { OutgoingCards } from './outgoing-cards.ts';
import type { Profile } from './profile.ts';
import { RecordBuffer } from './record-buffer.ts';
import { writeText } from './text-cell.ts';

/** Size of a chunk: below 64 KiB the sealer loses most of its speed. */
export const CHUNK_BYTES = 262_144;

const BYTE_ORDER_MARK = new Uint8Array([0xef, 0xbb, 0xbf]);

/** The file while it is written: the chunk, and the number of the record that was begun last. */
interface Progress {
  readonly buffer: RecordBuffer;
  sequence: number;
}

/**
 * Writes the clear file of one batch as a profile says: titles, header, one record per card, trailer.
 *
 * Bytes go straight from the cards' columns into the chunk; no string and no object is made per card. Memory: one
 * chunk of `CHUNK_BYTES`. A writer can be asked for the file more than once.
 */
export class ProfileWriter {
  /** Cards written so far. */
  written = 0;
  readonly #profile: Profile;
  readonly #facts: BatchFacts;
  readonly #context: CellContext;

  constructor(profile: Profile, facts: BatchFacts) {
    this.#profile = profile;
    this.#facts = facts;
    const { shape, charset, quoting, unencodable, delimiter } = profile;
    const delimiterByte = delimiter === undefined ? -1 : delimiter.charCodeAt(0);
    this.#context = {
      rules: { shape, charset, quoting, unencodable, delimiterByte },
      days: new LocalDays(facts.timeZone),
      encode: (text) => new TextEncoder().encode(text),
    };
  }

  /**
   * The file in chunks of at most `CHUNK_BYTES`. All of them lie in the same memory: a chunk is good until the next one
   * is asked for, and zeroed after the last one.
   *
   * @param cards as many as `cards` of the facts says, so that header and trailer tell the truth.
   * Throws `too-many-records`, `number-too-large`, `text-too-long` or `text-not-encodable` with profile and record
   * number among the facts.
   */
  *chunks(cards: OutgoingCards): Generator<Uint8Array, void, undefined> {
    this.#assertCount(cards.order.length);
    const progress = { buffer: new RecordBuffer(CHUNK_BYTES), sequence: 0 };
    try {
      yield* this.#records(cards, progress);
      if (progress.buffer.length > 0) {
        yield progress.buffer.written;
      }
    } catch (error) {
      if (error instanceof FormatsFault) {
        const place = { profile: this.#profile.id, record: progress.sequence };
        throw new FormatsFault(error.code, { ...error.facts, ...place });
      }
      throw error;
    } finally {
      progress.buffer.wipe();
    }
  }

  *#records(cards: OutgoingCards, progress: Progress): Generator<Uint8Array> {
    const { header, trailer } = this.#profile;
    const { buffer } = progress;
    const count = cards.order.length;
    const recordCount = header.length + count + trailer.length;
    const recordBytes = recordBytesMax(this.#profile);

    this.#writeStart(buffer);
    for (const { cells } of header) {
      yield* this.#full(buffer, recordBytes);
      this.#writeRecord(cells, recordCount, progress);
    }
    const writer = new CardWriter(this.#profile, this.#context, cards, buffer);
    try {
      while (writer.place < count) {
        if (!writer.write()) {
          yield buffer.written;
          buffer.length = 0;
        }
        this.written = writer.place;
      }
    } finally {
      progress.sequence = Math.min(writer.sequence, header.length + count);
      writer.wipe();
    }
    for (const { cells } of trailer) {
      yield* this.#full(buffer, recordBytes);
      this.#writeRecord(cells, recordCount, progress);
    }
  }

  /** Hands the chunk over when another record might not fit. */
  *#full(buffer: RecordBuffer, recordBytes: number): Generator<Uint8Array> {
    if (buffer.remaining >= recordBytes) return;
    yield buffer.written;
    buffer.length = 0;
  }

  #assertCount(cards: number): void {
    const cardsMax = this.#profile.max_cards ?? Infinity;
    if (cards !== this.#facts.cards) {
      throw new RangeError(`the header would announce ${this.#facts.cards} of ${cards} cards`);
    }
    if (cards > cardsMax) {
      throw new FormatsFault('too-many-records', { profile: this.#profile.id, cards, cardsMax });
    }
  }

  #writeStart(buffer: RecordBuffer): void {
    const { byte_order_mark: hasMark, titles, columns } = this.#profile;
    if (hasMark) {
      buffer.putAll(BYTE_ORDER_MARK);
    }
    if (titles) {
      const parts = columns.map((cell) => {
        const title = this.#context.encode(cell.title ?? cell.field);
        const write: RecordWriter = (into) => {
          writeText(into, title, this.#context.rules, cell.field);
        };
        return { cell, write, isQuoted: false };
      });
      framed(this.#profile, parts)(buffer, 0);
    }
  }

  /** Writes a record of the header or the trailer. */
  #writeRecord(cells: readonly Cell[], recordCount: number, progress: Progress): void {
    progress.sequence += 1;
    const parts = cells.map((cell) => ({
      cell,
      write: this.#cellWriter(cell, recordCount),
      isQuoted: isQuoted(this.#profile, cell),
    }));
    framed(this.#profile, parts)(progress.buffer, progress.sequence);
  }

  #cellWriter(cell: Cell, recordCount: number): RecordWriter {
    const { field } = cell;
    const format = cell.format ?? formatsOfField(field, false)?.[0] ?? '';
    if (isBatchField(field)) {
      return batchCell(field, format, this.#facts, recordCount, this.#context);
    }
    if (field === 'sequence') {
      return (into, sequence) => {
        into.putNumber(sequence);
      };
    }
    const text = bytesOf(cell.text ?? '', this.#profile.charset);
    return (into) => {
      into.putAll(text);
    };
  }
}
