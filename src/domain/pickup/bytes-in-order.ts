/** So far may a client write behind a gap: those that write in parallel overtake themselves by little. */
const AHEAD_BYTES_MAX = 4 * 1024 * 1024;
const AHEAD_PIECES_MAX = 1_024;

/**
 * Puts the pieces of a file that is being written into their order. Each byte is written once: what overlaps, or leads
 * too far ahead, is refused, and everything after it. Keeps pieces by reference. Throws nothing.
 */
export class BytesInOrder {
  readonly #ahead = new Map<number, Uint8Array>();
  #aheadBytes = 0;
  #next = 0;
  #isRefused = false;

  /** Whether everything that was written has come out. */
  get isWhole(): boolean {
    return !this.#isRefused && this.#ahead.size === 0;
  }

  /** What comes next by now, in order; undefined when the piece is refused. */
  take(offset: number, piece: Uint8Array): readonly Uint8Array[] | undefined {
    if (piece.length === 0 && !this.#isRefused) return [];
    const isWelcome = !this.#isRefused && offset >= this.#next && !this.#ahead.has(offset);
    if (!isWelcome) {
      this.#refuse();
      return undefined;
    }
    this.#ahead.set(offset, piece);
    this.#aheadBytes += piece.length;
    const ready = this.#ready();
    const isTooFar = this.#aheadBytes > AHEAD_BYTES_MAX || this.#ahead.size > AHEAD_PIECES_MAX;
    const overlaps = (): boolean => [...this.#ahead.keys()].some((at) => at < this.#next);
    if (!isTooFar && (ready.length === 0 || !overlaps())) return ready;
    this.#refuse();
    return undefined;
  }

  #ready(): readonly Uint8Array[] {
    const ready: Uint8Array[] = [];
    for (
      let piece = this.#ahead.get(this.#next);
      piece !== undefined;
      piece = this.#ahead.get(this.#next)
    ) {
      this.#ahead.delete(this.#next);
      this.#aheadBytes -= piece.length;
      this.#next += piece.length;
      ready.push(piece);
    }
    return ready;
  }

  #refuse(): void {
    this.#isRefused = true;
    this.#ahead.clear();
  }
}
