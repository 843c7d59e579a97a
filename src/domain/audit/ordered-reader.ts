/** Records that come one after another, at once or as they are read. */
export type Stream<T> = Iterable<T> | AsyncIterable<T>;

/** Goes along a stream of records that are ordered by a number; one record is held. */
export class OrderedReader<T> {
  readonly #source: Iterator<T> | AsyncIterator<T>;
  readonly #placeOf: (record: T) => number;
  #held: T | undefined;
  #place = -Infinity;

  private constructor(stream: Stream<T>, placeOf: (record: T) => number) {
    this.#source =
      Symbol.asyncIterator in stream ? stream[Symbol.asyncIterator]() : stream[Symbol.iterator]();
    this.#placeOf = placeOf;
  }

  /** Reads the first record. Throws what the stream throws. */
  static async open<T>(
    stream: Stream<T>,
    placeOf: (record: T) => number,
  ): Promise<OrderedReader<T>> {
    const reader = new OrderedReader(stream, placeOf);
    await reader.#readOn();
    return reader;
  }

  /** The number of the record that `take` gives next; infinity after the last one. */
  get place(): number {
    return this.#place;
  }

  /** The next record; there is one while `place` is finite. Throws what the stream throws. */
  async take(): Promise<T> {
    const taken = this.#held!;
    await this.#readOn();
    return taken;
  }

  async #readOn(): Promise<void> {
    const next = await this.#source.next();
    this.#held = next.done === true ? undefined : next.value;
    this.#place = next.done === true ? Infinity : this.#placeOf(next.value);
  }
}
