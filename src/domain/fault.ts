/** What the caller may do after a failed act. `after-operator`: again once a person changed something. */
export type Retry = 'never' | 'later' | 'after-operator';

/** Named particulars of a fault. Never a card number, never text of a record, never a secret. */
export type Facts = Readonly<Record<string, string | number | readonly string[]>>;

/**
 * A failed act. Each room has one subclass with a closed union of codes in its `errors.ts`; the doors map each
 * code to an exit status and to words in each language, so a new code without both does not compile.
 *
 * `message` is for developers, built from code and facts only. The `cause` is kept but never printed: a
 * library's error may quote its input.
 */
export class Fault<Code extends string = string> extends Error {
  readonly code: Code;
  readonly retry: Retry;
  readonly facts: Facts;

  constructor(code: Code, retry: Retry, facts: Facts = {}, cause?: unknown) {
    super(`${code} ${JSON.stringify(facts)}`, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
    this.retry = retry;
    this.facts = facts;
  }
}

/** Whether an error is one of ours, of whatever room. `instanceof` alone would leave its code without a type. */
export function isFault(error: unknown): error is Fault {
  return error instanceof Fault;
}
