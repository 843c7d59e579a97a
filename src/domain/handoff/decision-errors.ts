import { Fault } from '../fault.ts';
import type { Facts, Retry } from '../fault.ts';

export const decisionCodes = {
  'handoff-unknown': 'never',
  'batch-unknown': 'never',
  'handoff-undecided': 'later',
  'handoff-decided': 'never',
  'handoff-empty': 'never',
  'handoff-not-approved': 'after-operator',
  'request-unsigned': 'after-operator',
  'approver-is-requester': 'after-operator',
  'role-missing': 'after-operator',
  'officer-unknown': 'after-operator',
  'officer-disabled': 'after-operator',
  'officer-required': 'after-operator',
  'officer-key-required': 'after-operator',
  'officer-key-mismatch': 'after-operator',
  'reason-required': 'after-operator',
  'plan-expired': 'after-operator',
  'plan-changed': 'after-operator',
  'statement-invalid': 'never',
  'statement-other-plan': 'never',
  'statement-missing': 'after-operator',
  /** `command`: the signature was used for it once already */
  'statement-used': 'after-operator',
  /** `command`: no statement about it waits for this signature */
  'command-not-waiting': 'after-operator',
  /** `command`, `officer`, `path`: the statement that waits for their signature */
  'command-unsigned': 'after-operator',
  'emergency-not-allowed': 'after-operator',
  'emergency-open': 'after-operator',
  'emergency-overdue': 'after-operator',
  'emergency-in-future': 'after-operator',
  'recall-unknown': 'never',
  /** `stage`: nothing was delivered that it could add to or put right */
  'stage-without-list': 'after-operator',
  /** `stage`, `handoff`: the final list */
  'stage-after-final': 'after-operator',
  /** `recipient`, `absent`: cards of earlier lists that a whole list lacks, `cards`: those it has */
  'list-not-whole': 'after-operator',
} as const satisfies Record<string, Retry>;

export type DecisionCode = keyof typeof decisionCodes;

/** A handoff cannot be requested, decided or acted on as asked. */
export class DecisionFault extends Fault<DecisionCode> {
  constructor(code: DecisionCode, facts: Facts = {}, cause?: unknown) {
    super(code, decisionCodes[code], facts, cause);
  }
}
