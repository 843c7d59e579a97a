import { Fault } from '../fault.ts';
import type { Facts, Retry } from '../fault.ts';

export const purgeCodes = {
  /** `file`: no handoff was made of this source */
  'purge-source-unknown': 'after-operator',
  /** `file`, `handoffs`: what was made of it has not been handed over yet */
  'purge-undelivered': 'after-operator',
} as const satisfies Record<string, Retry>;

export type PurgeCode = keyof typeof purgeCodes;

/** A source that is not to be removed yet. */
export class PurgeFault extends Fault<PurgeCode> {
  constructor(code: PurgeCode, facts: Facts = {}, cause?: unknown) {
    super(code, purgeCodes[code], facts, cause);
  }
}
