import { Fault } from '../fault.ts';
import type { Facts, Retry } from '../fault.ts';

export const responsesCodes = {
  /** `line`, `column` (from 1; 0 for the line as a whole) */
  'response-malformed': 'after-operator',
  /** `max`: bytes of the answer, or of the `line` */
  'response-too-large': 'never',
  /** `line`: a whole card number stands in it */
  'response-holds-card': 'after-operator',
  /** `line`, `column` from 1: more digits than a cell or a line may have, or digits in other forms (①, ²) */
  'response-digits': 'after-operator',
  /** `what`: handoff | batch | file | mode; `batch`: the one it was imported for */
  'response-of-other': 'after-operator',
  /** `announced`, `found`: rows; with `what`: cards, those that they received and those that were sent */
  'response-count-differs': 'after-operator',
  /** `duplicates`, `unknown`, `differing`: rows; `line`: the first of them */
  'response-contradicts': 'after-operator',
  /** `line`: says of a card what no code of the recipient's format says */
  'response-code-unknown': 'after-operator',
  /** `batch`, `contradicted`: cards of which it takes back what was said before */
  'response-takes-back': 'after-operator',
  /** `batch`: signed before the answer that stands was signed, `standing` */
  'response-stale': 'after-operator',
  /** `batch`, `what`: absent | other; does not name the nonce that stands in the file */
  'response-nonce-differs': 'after-operator',
  /** `batch`, `differing`: cards that came back by one of two files, and not, or for another reason, by the other */
  'response-pair-differs': 'after-operator',
  /** `batch`, `number`: an answer of this recipient had it before; `last`: the newest one */
  'response-number-repeated': 'after-operator',
  /** `batch`: where this answer was imported before */
  'response-known': 'never',
  /** `batch`: neither encrypted to us nor signed, in a live workspace */
  'response-unsigned': 'after-operator',
  /** `batch`: unsigned, and it says something else than was said where a signed answer stands; `differing`: references */
  'response-over-signed': 'never',
  /** `batch`: another answer about it was imported, refused or settled while this one was judged */
  'response-overtaken': 'later',
  /** `batch`: holds cards, and there is nothing to resolve */
  'response-of-cards': 'never',
  /** `batch`: a recall, and the answer says that cards are watched */
  'response-of-recall': 'after-operator',
  /** `batch`: everything was answered or settled before; `what`: refused, where it was asked of refused answers alone */
  'response-complete': 'never',
} as const satisfies Record<string, Retry>;

export type ResponsesCode = keyof typeof responsesCodes;

/** An answer cannot be taken: nothing of it is kept. Facts are positions and counts, never text of the answer. */
export class ResponsesFault extends Fault<ResponsesCode> {
  constructor(code: ResponsesCode, facts: Facts = {}, cause?: unknown) {
    super(code, responsesCodes[code], facts, cause);
  }
}
