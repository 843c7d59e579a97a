/** How many deliveries may be under way at once: one among them that does not answer takes a sixteenth from the others. */
export const DELIVERIES_MAX = 16;

/**
 * Decides which deliveries run at once: `max` of them, and one at a time to each recipient. Whoever has to wait is served
 * in order of arrival.
 */
export class DeliveryPlaces {
  readonly #waiting: (() => void)[] = [];
  readonly #lastTo = new Map<string, Promise<unknown>>();
  #free: number;

  constructor(max: number) {
    this.#free = max;
  }

  /** Runs `act` when its turn has come, and settles as it does. */
  run<T>(recipient: string, act: () => Promise<T>): Promise<T> {
    const before = this.#lastTo.get(recipient);
    const own = before === undefined ? this.#inPlace(act) : before.then(() => this.#inPlace(act));
    this.#lastTo.set(
      recipient,
      own.catch(() => undefined),
    );
    return own;
  }

  async #inPlace<T>(act: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await act();
    } finally {
      // A place is handed on, not freed: nobody who comes now overtakes those who wait.
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
