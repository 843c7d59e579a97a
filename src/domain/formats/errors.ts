import { Fault, type Facts, type Retry } from '../fault.ts';

/** What can be wrong with an outgoing profile, or with one text that a profile has no way to write. */
export const formatsCodes = {
  'profile-invalid': 'after-operator',
  'profile-unknown': 'after-operator',
  /** `recipient`, `profile`, `subject`: what the file would have to hold, cards or references */
  'profile-subject': 'after-operator',
  /** `recipient`, `profile`: it names no merchants, and the references are of an incident that lists them */
  'references-by-merchant': 'after-operator',
  /** `profiles`: of the recipients, none of which has a place for the request of a waiver */
  'waiver-unsaid': 'after-operator',
  'text-not-encodable': 'after-operator',
  'text-too-long': 'after-operator',
  'number-too-large': 'after-operator',
  'too-many-records': 'after-operator',
} as const satisfies Record<string, Retry>;

export type FormatsCode = keyof typeof formatsCodes;

/** A failed act of this room. Facts name profiles, fields and record references, never the text of a cell. */
export class FormatsFault extends Fault<FormatsCode> {
  constructor(code: FormatsCode, facts: Facts = {}, cause?: unknown) {
    super(code, formatsCodes[code], facts, cause);
  }
}
