import { Fault } from '../fault.ts';
import type { Facts, Retry } from '../fault.ts';

export const wordCodes = {
  /** `batch`, `state`: nobody can have it yet, or it is not known */
  'batch-not-sent': 'after-operator',
  /** `batch` */
  'word-in-future': 'never',
  /** `batch`, `leftAt` (RFC 3339) */
  'word-before-delivery': 'never',
  /** `file`: a folder, a link, a pipe */
  'evidence-not-a-file': 'after-operator',
  /** `file` */
  'evidence-empty': 'after-operator',
  /** `file`: a card number stands in it as text */
  'evidence-holds-card': 'after-operator',
} as const satisfies Record<string, Retry>;

export type WordCode = keyof typeof wordCodes;

/** What a person said, or the file that backs it, cannot be recorded as it is. */
export class PersonsWordFault extends Fault<WordCode> {
  constructor(code: WordCode, facts: Facts = {}, cause?: unknown) {
    super(code, wordCodes[code], facts, cause);
  }
}
