import { Fault, type Facts, type Retry } from '../fault.ts';

export const recipientsCodes = {
  /** `expected`: `user@host[:port]/directory` could not be read */
  'endpoint-malformed': 'after-operator',
  /** A password stood in the endpoint; it is not repeated. */
  'endpoint-with-password': 'after-operator',
  /** `recipient`, `part`: certificate, host-key, pickup-key, address */
  'recipient-unconfirmed': 'after-operator',
  /** `first`, `second` (recipient ids), `endpoint` */
  'endpoint-shared': 'after-operator',
  /** `recipient`, `why`: none, unsent, misread, read-back, changed, by-phone-only */
  'recipient-test-missing': 'after-operator',
  /** `recipient`, `tries` left */
  'recipient-test-differs': 'after-operator',
  /** `recipient`, `tries`: wrong answers of the last 24 hours */
  'recipient-test-exhausted': 'later',
  /** `recipient`, `profile`: its files show no last four digits */
  'recipient-test-unreadable': 'after-operator',
  /** `recipient`, `problem` (code of what was wrong with the file) */
  'recipient-answer-refused': 'after-operator',
  /** `recipient`: signed by them, and not what the test file holds */
  'recipient-answer-differs': 'after-operator',
  /** `recipient`, `days` an answer by file may take */
  'recipient-answer-expired': 'after-operator',
  /** `recipient`: their certificate has no key that signs */
  'recipient-cannot-sign': 'after-operator',
  /** `recipient` */
  'probe-directory-missing': 'after-operator',
  /** `recipient`, `directory`: files are delivered there */
  'probe-directory-shared': 'after-operator',
  /** `file`, `why`: private, several, other */
  'pickup-key-malformed': 'after-operator',
} as const satisfies Record<string, Retry>;

export type RecipientsCode = keyof typeof recipientsCodes;

/** A recipient or its endpoint cannot be used as it was given. */
export class RecipientsFault extends Fault<RecipientsCode> {
  constructor(code: RecipientsCode, facts: Facts = {}, cause?: unknown) {
    super(code, recipientsCodes[code], facts, cause);
  }
}
