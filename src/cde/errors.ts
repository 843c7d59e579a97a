import { Fault, isFault } from '../domain/fault.ts';
import type { Facts, Retry } from '../domain/fault.ts';

export const cardProcessCodes = {
  'source-missing': 'after-operator',
  'source-not-a-file': 'after-operator',
  /** `what`: `folder` where the source can be read, and the folder of one that is to be removed cannot be listed */
  'source-unreadable': 'after-operator',
  /** `count`: names (hard links) that lead to a source that is to be removed */
  'source-linked': 'after-operator',
  'source-changed': 'later',
  'bin-table-changed': 'later',
  'tally-wrong': 'never',
  'card-process-died': 'never',
  interrupted: 'later',
} as const satisfies Record<string, Retry>;

export type CardProcessCode = keyof typeof cardProcessCodes;

/** A fault as it crosses a pipe or a thread: its cause stays behind, it may quote its input. */
export interface FaultDocument {
  readonly code: string;
  readonly retry: Retry;
  readonly facts: Facts;
}

/** Anything that is no fault of ours is the death of the process, without its message. */
export function faultDocument(error: unknown): FaultDocument {
  if (isFault(error)) return { code: error.code, retry: error.retry, facts: error.facts };
  return { code: 'card-process-died', retry: cardProcessCodes['card-process-died'], facts: {} };
}

/** The CDE process could not do its work. Facts hold counts, positions and the source's place in the list. */
export class CardProcessFault extends Fault<CardProcessCode> {
  constructor(code: CardProcessCode, facts: Facts = {}, cause?: unknown) {
    super(code, cardProcessCodes[code], facts, cause);
  }
}
