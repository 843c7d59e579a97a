import type { ClockBrand } from './incident.ts';
import type { StartEvent } from './start-events.ts';
import type { WorkCalendar } from './working-days.ts';

/** Every clock: a duty with its own time limit, or of which it is known that none is published. */
export const clockIds = [
  'ppc-preliminary',
  'ppc-final',
  'ppc-final-wrongful',
  'ppc-persons-notice',
  'ppc-principal-notice',
  'meti-report',
  'acquirer-notice',
  'visa-notice',
  'visa-incident-report',
  'visa-accounts',
  'mastercard-report',
  'amex-notice',
  'amex-accounts',
  'jcb-report',
  'diners-discover-report',
  'unionpay-report',
  'pfi-preliminary',
] as const;

export type ClockId = (typeof clockIds)[number];

/** Whether a word names a clock. */
export function isClockId(word: string): word is ClockId {
  return (clockIds as readonly string[]).includes(word);
}

/**
 * How a time limit is counted.
 *
 * - `hours`: from the moment of the start event.
 * - `calendar-days`: the limit is the end of the last day. `firstDay` says whether the day of the start event is day 1
 *   or the day after it is. `isRolled`: a last day on which offices are closed moves to the next open day.
 * - `working-days`: open days after the day of the start event.
 * - `promptly`: a duty to act without delay that names no number.
 * - `unpublished`: no public text gives a number.
 *
 * `aim` is an earlier number that also stands in the rule, or what a stricter reading of an unstated count gives.
 */
export type ClockLength =
  | { readonly unit: 'hours'; readonly due: number }
  | {
      readonly unit: 'calendar-days';
      readonly due: number;
      readonly aim?: number;
      readonly firstDay: 'counts' | 'next';
      readonly isRolled: boolean;
    }
  | {
      readonly unit: 'working-days';
      readonly due: number;
      readonly aim?: number;
      readonly calendar: WorkCalendar;
    }
  | { readonly unit: 'promptly' }
  | { readonly unit: 'unpublished' };

/**
 * How far a rule can be relied on.
 *
 * - `rule-owner`: read in a publication of whoever made the rule
 * - `quoted`: read where others quote it
 * - `not-found`: looked for and not found in any public text
 */
export type Confidence = 'rule-owner' | 'quoted' | 'not-found';

/** Whom a duty binds. */
export type DutyHolder = 'operator' | 'entrusted' | 'acquirer' | 'pfi';

/** One edition of one rule. Several editions may be in force for a clock: the shortest decides. */
export interface ClockRule {
  readonly clock: ClockId;
  readonly authority: 'ppc' | 'meti' | 'acquirer' | 'brand' | 'pci-ssc';
  /** For clocks of a card brand. */
  readonly brand?: ClockBrand;
  readonly holder: DutyHolder;
  readonly edition: string;
  readonly editionJa: string;
  /** First and last day of force, included, as far as known. */
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly source: string;
  /** Where the source is told in words: the same in Japanese. */
  readonly sourceJa?: string;
  /** Day on which the source was read. */
  readonly readOn: string;
  readonly confidence: Confidence;
  /** Whether the rule says itself how days are counted; where not, `aim` is the stricter reading. */
  readonly isCountStated: boolean;
  /** The earliest of these that happened sets it running. */
  readonly starts: readonly StartEvent[];
  readonly length: ClockLength;
  /** Where this zone's days count whatever the incident's zone is. */
  readonly timeZone?: string;
  /** Where an incident lists merchants: each owes it for itself, from when it knew itself. */
  readonly isPerMerchant?: true;
  /** When that clock is met, this one is no longer owed. */
  readonly dischargedBy?: ClockId;
}

/** Whether a rule was in force on a day, `YYYY-MM-DD`. */
export function isInForce({ validFrom, validTo }: ClockRule, day: string): boolean {
  return (validFrom === undefined || validFrom <= day) && (validTo === undefined || day <= validTo);
}
