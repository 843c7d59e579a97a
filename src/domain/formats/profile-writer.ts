import { batchCell } from './batch-cell.ts';
import type { BatchFacts } from './batch-facts.ts';
import { cardCell, type CellContext } from './card-cell.ts';
import type { Cell } from './cells.ts';
import { FormatsFault } from './errors.ts';
import { formatsOfField, isBatchField, isCardField, textFields } from './fields.ts';
import { framed, recordBytesMax, type RecordWriter } from './framed-record.ts';
import { LocalDays } from './local-days.ts';
import { blankCard, type OutgoingCard } from './outgoing-card.ts';
import type { Profile } from './profile.ts';
import { RecordBuffer } from './record-buffer.ts';
import { writeText } from './text-cell.ts';

/** Size of a chunk: below 64 KiB the sealer loses most of its speed. */
export const CHUNK_BYTES = 262_144;

const BYTE_ORDER_MARK = new Uint8Array([0xef, 0xbb, 0xbf]);

/** Fills the card it is given with card `index` of the batch. */
export type LoadCard = (index: number, card: OutgoingCard) => void;

/** The file while it is written: the chunk, the one card, and the number of the current record. */
interface Progress {
  readonly buffer: RecordBuffer;
  readonly card: OutgoingCard;
  sequence: number;
}

/**
 * Writes the clear file of one batch as a profile says: titles, header, one record per card, trailer.
 *
 * Bytes go straight from the card's digits into the chunk; no string and no object is made per card. Memory: one
 * chunk of `CHUNK_BYTES`, plus those the reader keeps. A writer can be asked for the file more than once.
 */
export class ProfileWriter {
  readonly #profile: Profile;
  readonly #facts: BatchFacts;
  readonly #encoded = new Map<string, Uint8Array>();
  readonly #context: CellContext;

  constructor(profile: Profile, facts: BatchFacts) {
    this.#profile = profile;
    this.#facts = facts;
    const { shape, charset, quoting, unencodable, delimiter } = profile;
    const delimiterByte = delimiter === undefined ? -1 : delimiter.charCodeAt(0);
    this.#context = {
      rules: { shape, charset, quoting, unencodable, delimiterByte },
      days: new LocalDays(facts.timeZone),
      encode: (text) => this.#encode(text),
    };
  }

  /**
   * The file in chunks of at most `CHUNK_BYTES`. Each chunk is memory of its own that is never written again: the
   * reader zeroes it when it is done with it.
   *
   * @param count cards in the file; must equal `cards` of the facts, so that header and trailer tell the truth.
   * @param load is called once per card, in order, always with the same object.
   * Throws `too-many-records`, `number-too-large`, `text-too-long` or `text-not-encodable` with profile and record
   * number among the facts.
   */
  *chunks(count: number, load: LoadCard): Generator<Uint8Array, void, undefined> {
    this.#assertCount(count);
    const progress = { buffer: new RecordBuffer(CHUNK_BYTES), card: blankCard(), sequence: 0 };
    try {
      yield* this.#records(count, load, progress);
      if (progress.buffer.length > 0) {
        yield progress.buffer.take();
      }
    } catch (error) {
      if (error instanceof FormatsFault) {
        const place = { profile: this.#profile.id, record: progress.sequence };
        throw new FormatsFault(error.code, { ...error.facts, ...place });
      }
      throw error;
    } finally {
      progress.buffer.wipe();
      progress.card.digits.fill(0);
    }
  }

  *#records(count: number, load: LoadCard, progress: Progress): Generator<Uint8Array> {
    const { header, columns, trailer } = this.#profile;
    const { buffer, card } = progress;
    const recordCount = header.length + count + trailer.length;
    const recordBytes = recordBytesMax(this.#profile);
    const write = (record: RecordWriter): Uint8Array | undefined => {
      progress.sequence += 1;
      record(buffer, card, progress.sequence);
      return buffer.remaining < recordBytes ? buffer.take() : undefined;
    };
    const pages = (records: readonly { readonly cells: readonly Cell[] }[]) =>
      records
        .map(({ cells }) => write(this.#recordWriter(cells, recordCount)))
        .filter((chunk) => chunk !== undefined);

    this.#writeStart(buffer, card);
    yield* pages(header);
    const writeCard = this.#recordWriter(columns, recordCount);
    for (let index = 0; index < count; index += 1) {
      load(index, card);
      const chunk = write(writeCard);
      if (chunk !== undefined) {
        yield chunk;
      }
    }
    yield* pages(trailer);
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

  #writeStart(buffer: RecordBuffer, card: OutgoingCard): void {
    const { byte_order_mark: hasMark, titles, columns } = this.#profile;
    if (hasMark) {
      buffer.putAll(BYTE_ORDER_MARK);
    }
    if (titles) {
      const parts = columns.map((cell) => {
        const title = this.#encode(cell.title ?? cell.field);
        const write: RecordWriter = (into) => {
          writeText(into, title, this.#context.rules, cell.field);
        };
        return { cell, write, quotesItself: true };
      });
      framed(this.#profile, parts)(buffer, card, 0);
    }
  }

  #recordWriter(cells: readonly Cell[], recordCount: number): RecordWriter {
    const parts = cells.map((cell) => ({
      cell,
      write: this.#cellWriter(cell, recordCount),
      quotesItself: textFields.has(cell.field),
    }));
    return framed(this.#profile, parts);
  }

  #cellWriter(cell: Cell, recordCount: number): RecordWriter {
    const { field } = cell;
    const format = cell.format ?? formatsOfField(field)?.[0] ?? '';
    if (isCardField(field)) {
      return cardCell(field, format, this.#context);
    }
    if (isBatchField(field)) {
      return batchCell(field, format, this.#facts, recordCount, this.#context);
    }
    if (field === 'sequence') {
      return (into, _card, sequence) => {
        into.putNumber(sequence);
      };
    }
    const text = this.#encode(cell.text ?? '');
    return (into) => {
      into.putAll(text);
    };
  }

  #encode(text: string): Uint8Array {
    let bytes = this.#encoded.get(text);
    if (bytes === undefined) {
      bytes = new TextEncoder().encode(text);
      this.#encoded.set(text, bytes);
    }
    return bytes;
  }
}
