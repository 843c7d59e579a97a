import { Fault } from '../domain/fault.ts';
import type { Facts, Retry } from '../domain/fault.ts';

export const cardProcessCodes = {
  'source-missing': 'after-operator',
  'source-not-a-file': 'after-operator',
  'source-unreadable': 'after-operator',
  'bin-table-changed': 'later',
  'tally-wrong': 'never',
  'card-process-died': 'never',
  interrupted: 'later',
} as const satisfies Record<string, Retry>;

export type CardProcessCode = keyof typeof cardProcessCodes;

/** The CDE process could not do its work. Facts hold counts, positions and the source's place in the list. */
export class CardProcessFault extends Fault<CardProcessCode> {
  constructor(code: CardProcessCode, facts: Facts = {}, cause?: unknown) {
    super(code, cardProcessCodes[code], facts, cause);
  }
}
