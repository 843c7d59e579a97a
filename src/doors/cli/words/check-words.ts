import type { Facts } from '../../../domain/fault.ts';

/** What the doctor says about one kind of check. */
export interface CheckWords {
  readonly name: string;
  /** Beside a check that is fine. */
  readonly found?: (facts: Facts) => string;
  /** Beside one that is not. */
  readonly bad?: (facts: Facts) => string;
  readonly advice?: string;
}
