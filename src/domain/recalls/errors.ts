import { Fault } from '../fault.ts';
import type { Facts, Retry } from '../fault.ts';

export const recallCodes = {
  /** `incident`: no card of it is proposed for recall, or all of them are recalled already */
  'recall-nothing': 'never',
  /** `batch`, `cards`: which ones are out only a new prepare can tell */
  'recall-untold': 'after-operator',
  /** `batch`, `state` */
  'recall-not-delivered': 'after-operator',
  /** `batch`, `cards`: so many of them are recalled already */
  'recall-twice': 'never',
  /** `batch`, `incident`: it is of another one */
  'recall-other-incident': 'never',
  /** `batch`, `why`: `references`, `recall` or `sent-elsewhere` */
  'recall-not-possible': 'never',
  /** `batch`, `recipient`, `profile`: their files have no record references by which cards could be named */
  'recall-unreadable': 'after-operator',
  /** `recipient`: files have names there by which a recall could not be told from a list */
  'recall-unmarked': 'after-operator',
  /** `line` */
  'recall-records-malformed': 'never',
  /** `line`: no batch of the incident has this record reference, `references` of them in all */
  'recall-record-unknown': 'never',
  /** `handoff`: a recall is never sent by one person alone */
  'recall-alone': 'never',
} as const satisfies Record<string, Retry>;

export type RecallCode = keyof typeof recallCodes;

/** Cards that were handed off cannot be recalled as asked. */
export class RecallFault extends Fault<RecallCode> {
  constructor(code: RecallCode, facts: Facts = {}, cause?: unknown) {
    super(code, recallCodes[code], facts, cause);
  }
}
