import { Fault } from '../fault.ts';
import type { Facts, Retry } from '../fault.ts';

export const arrivalsCodes = {
  /** `id`; `what`: unknown | answer | cleared: no source of this id waits */
  'brought-source-absent': 'after-operator',
  /** `id`, `source`: its bytes are others than those that were brought */
  'brought-source-changed': 'never',
  /** `id`, `source`, `box`, `sender`: it came through the box of one sender, and another one signed it */
  'brought-source-of-other': 'after-operator',
} as const satisfies Record<string, Retry>;

export type ArrivalsCode = keyof typeof arrivalsCodes;

/** A source that somebody brought cannot be used. */
export class ArrivalsFault extends Fault<ArrivalsCode> {
  constructor(code: ArrivalsCode, facts: Facts = {}, cause?: unknown) {
    super(code, arrivalsCodes[code], facts, cause);
  }
}
