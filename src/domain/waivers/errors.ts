import { Fault } from '../fault.ts';
import type { Facts, Retry } from '../fault.ts';

export const waiversCodes = {
  /** `line`, `column`: a line of a table of exceptions cannot be read; without `line`: the table, or it names none */
  'exceptions-malformed': 'after-operator',
  /**
   * `incident`, `issuer`, `lines` (the first few) and how many of them name no card of a list (`unknown`), may mean
   * several (`ambiguous`), name a card of another issuer (`elsewhere`) or a card twice with two exceptions (`twice`)
   */
  'exceptions-unplaced': 'after-operator',
  /** `file`, `problem`, also `line`, `found`: a template of a letter cannot be used */
  'letter-template': 'after-operator',
  /** `incident`, `issuer`: no approved list holds cards of this issuer */
  'letter-without-cards': 'after-operator',
} as const satisfies Record<string, Retry>;

export type WaiversCode = keyof typeof waiversCodes;

/** What is to be noted or written about waivers is not as it has to be. */
export class WaiversFault extends Fault<WaiversCode> {
  constructor(code: WaiversCode, facts: Facts = {}, cause?: unknown) {
    super(code, waiversCodes[code], facts, cause);
  }
}
