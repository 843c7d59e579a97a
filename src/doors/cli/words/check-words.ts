import type { Facts } from '../../../domain/fault.ts';

/** What the doctor says about one kind of check. */
export interface CheckWords {
  readonly name: string;
  /** Beside a check that is fine. */
  readonly found?: (facts: Facts) => string;
  /** Beside one that is not. */
  readonly bad?: (facts: Facts) => string;
  readonly advice?: string;
  /** The exact next command, where the facts give one; it goes before `advice`. */
  readonly command?: (facts: Facts) => string;
}
