import { Fault } from '../fault.ts';
import type { Facts, Retry } from '../fault.ts';

/** What of an incident may not be over yet: words of `incident-unfinished`. */
export const unfinishedThings = [
  ...(['incident-open', 'handoffs', 'batches', 'recalls', 'responses', 'waivers'] as const),
  'second-signature',
] as const;
export type UnfinishedThing = (typeof unfinishedThings)[number];

export const purgeCodes = {
  /** `file`: no handoff was made of this source */
  'purge-source-unknown': 'after-operator',
  /**
   * `file`, `handoffs`: what was made of it has not been handed over yet; or, with `held`, it was, and so many records are
   * held back by the newest of them
   */
  'purge-undelivered': 'after-operator',
  /**
   * `incident`, `open`: what of it is not over yet; under each word of that what it is about, `handoff` of the first batch, and
   * `issuer` or `recipient` who owes an answer about a waiver first
   */
  'incident-unfinished': 'after-operator',
  /** `incident`, and `until` where the settings set a retention */
  'incident-retained': 'after-operator',
  /**
   * `incident`, and `path` of the statement to sign where the officer was named: in live mode an early purge takes
   * another officer's signature
   */
  'purge-second-required': 'after-operator',
  /** `incident`, and `path` of a statement to sign anew: what was signed is not what stands now, or too old */
  'purge-statement-old': 'after-operator',
  /** `incident` */
  'incident-purged': 'never',
} as const satisfies Record<string, Retry>;

export type PurgeCode = keyof typeof purgeCodes;

/** A source or an incident that is not to be removed yet. */
export class PurgeFault extends Fault<PurgeCode> {
  constructor(code: PurgeCode, facts: Facts = {}, cause?: unknown) {
    super(code, purgeCodes[code], facts, cause);
  }
}
