import { Fault } from '../fault.ts';
import type { Facts, Retry } from '../fault.ts';

export const readinessCodes = {
  /** `incident`, `party`, `known`: whose cards the incident's batches hold */
  'party-unknown': 'after-operator',
  /** `incident`: somebody else recorded about the same at the same moment */
  'statement-changed': 'later',
  /** `incident`, `party`, `from`, `to`: states between which there is no step */
  'waiver-step': 'never',
  /** `incident`, `what`: withdrawn, though nobody recorded it */
  'statement-unrecorded': 'never',
} as const satisfies Record<string, Retry>;

export type ReadinessCode = keyof typeof readinessCodes;

/** What somebody told us cannot be recorded as it was given. */
export class ReadinessFault extends Fault<ReadinessCode> {
  constructor(code: ReadinessCode, facts: Facts = {}, cause?: unknown) {
    super(code, readinessCodes[code], facts, cause);
  }
}
