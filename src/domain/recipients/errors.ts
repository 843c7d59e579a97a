import { Fault, type Facts, type Retry } from '../fault.ts';

export const recipientsCodes = {
  /** `expected`: `user@host[:port]/directory` could not be read */
  'endpoint-malformed': 'after-operator',
  /** A password stood in the endpoint; it is not repeated. */
  'endpoint-with-password': 'after-operator',
  /** `first`, `second` (recipient ids), `endpoint` */
  'endpoint-shared': 'after-operator',
} as const satisfies Record<string, Retry>;

export type RecipientsCode = keyof typeof recipientsCodes;

/** A recipient or its endpoint cannot be used as it was given. */
export class RecipientsFault extends Fault<RecipientsCode> {
  constructor(code: RecipientsCode, facts: Facts = {}, cause?: unknown) {
    super(code, recipientsCodes[code], facts, cause);
  }
}
