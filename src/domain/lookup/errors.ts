import { Fault } from '../fault.ts';
import type { Facts, Retry } from '../fault.ts';

export const lookupCodes = {
  /** `reason`: empty | characters | masked | length | check-digit */
  'lookup-number-unreadable': 'after-operator',
  /** `reason`: empty | name-only | too-long | characters | detail | last-four */
  'lookup-person-unreadable': 'after-operator',
  /** `limit`: questions of one officer in an hour; `until`: when the next one is answered */
  'lookup-too-many': 'later',
} as const satisfies Record<string, Retry>;

export type LookupCode = keyof typeof lookupCodes;

/** A question cannot be answered. Facts never hold what was asked for. */
export class LookupFault extends Fault<LookupCode> {
  constructor(code: LookupCode, facts: Facts = {}, cause?: unknown) {
    super(code, lookupCodes[code], facts, cause);
  }
}
