import { isFault } from '../../domain/fault.ts';
import type { Fault } from '../../domain/fault.ts';
import { openFrom } from '../../domain/recipients/open-hours.ts';
import type { Recipient } from '../../domain/recipients/recipient.ts';
import { withFolder } from './fetch-answers.ts';

/** When `serve` may look into the directory of a recipient. */
export interface FetchTime {
  readonly recipient: Recipient;
  /** The first moment from the given one on; undefined with a problem. */
  readonly opensAt: Date | undefined;
  /** `holiday-year-missing`: whether that day is one off is not known, and so nothing is fetched by itself. */
  readonly problem?: Fault;
}

/** Of each who puts answers into a directory of their own, in their order. Throws what is no fault. */
export function fetchTimes(recipients: readonly Recipient[], from: Date): readonly FetchTime[] {
  return withFolder(recipients).map((recipient) => {
    try {
      return { recipient, opensAt: openFrom(recipient.answers?.hours, from) };
    } catch (error) {
      if (!isFault(error)) throw error;
      return { recipient, opensAt: undefined, problem: error };
    }
  });
}

/** Those outside whose hours a moment lies, or may. */
export function closedAt(recipients: readonly Recipient[], at: Date): readonly FetchTime[] {
  return fetchTimes(recipients, at).filter(({ opensAt }) => opensAt?.getTime() !== at.getTime());
}
