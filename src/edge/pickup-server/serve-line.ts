import type { Answer, Answers, Asked, FromServer } from './wire.ts';

/** Every question is answered in milliseconds; a `serve` that was stopped never answers. */
const ANSWER_MS = 20_000;

/** The line to `serve`, as its pickup server speaks into it. */
export class ServeLine {
  readonly #waiting = new Map<number, (answer: Answer | undefined) => void>();
  readonly #send: (message: FromServer) => void;
  #nextId = 1;

  constructor(send: (message: FromServer) => void) {
    this.#send = send;
  }

  /** Nothing when `serve` could not answer; `onLate` gets what it answered after that. */
  ask<What extends Asked['what']>(
    asked: Extract<Asked, { what: What }>,
    onLate?: (value: NonNullable<Answers[What]>) => void,
  ): Promise<Answers[What] | undefined> {
    const id = this.#nextId++;
    const { promise, resolve } = Promise.withResolvers<Answers[What] | undefined>();
    const settle = (answer: Answer | undefined): void => {
      clearTimeout(timer);
      this.#waiting.delete(id);
      resolve(answer?.value as Answers[What] | undefined);
    };
    const timer = setTimeout(() => {
      settle(undefined);
      if (onLate === undefined) return;
      this.#waiting.set(id, (answer) => {
        this.#waiting.delete(id);
        const value = answer?.value as Answers[What] | undefined;
        if (value !== undefined) onLate(value);
      });
    }, ANSWER_MS);
    this.#waiting.set(id, settle);
    this.#send({ kind: 'ask', id, asked });
    return promise;
  }

  receive(answer: Answer): void {
    this.#waiting.get(answer.id)?.(answer);
  }
}
