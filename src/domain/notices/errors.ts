import { Fault } from '../fault.ts';
import type { Facts, Retry } from '../fault.ts';

export const noticesCodes = {
  /** `incident`, `handoffs` (how many count): none of them has an order reference */
  'notices-empty': 'after-operator',
  /** `charset`, `rows`: references or names of windows with characters it lacks; `first`: the first such row */
  'charset-lacks': 'after-operator',
  /** `line`, `column`: a line of the record of notices cannot be read */
  'notice-record-malformed': 'after-operator',
} as const satisfies Record<string, Retry>;

export type NoticesCode = keyof typeof noticesCodes;

/** A list of persons to be told, or a record of who was, is not as it has to be. */
export class NoticesFault extends Fault<NoticesCode> {
  constructor(code: NoticesCode, facts: Facts = {}, cause?: unknown) {
    super(code, noticesCodes[code], facts, cause);
  }
}
