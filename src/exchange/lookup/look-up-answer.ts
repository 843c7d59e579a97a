import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import type { CardWatch } from '../../domain/readiness/card-watch.ts';
import type { AskedDetail } from '../../domain/lookup/detail-to-ask.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Reason } from '../../domain/intake/reasons.ts';
import type { Statement } from '../incident/told-register.ts';
import type { FoundException } from '../waivers/waiver-exceptions.ts';

/** What a caller is asked for. */
export type AskedBy = 'card-number' | 'order' | 'person';

/** One card of one incident that fits the question. */
export interface LookUpHit {
  readonly incident: Incident;
  /** Id of the merchant of the order; '' where the incident lists none, and for a card number. */
  readonly merchant: string;
  /** Names of the exposure windows that its records matched. */
  readonly windows: readonly string[];
  /** Whether the incident still is what it was then: after an amendment a window of the same name may have other times. */
  readonly isUnamended: boolean;
  /** 0 without a card. */
  readonly brandIndex: number;
  /** '' without a card. */
  readonly lastFour: string;
  /** Why there is no card, for an order whose record could not be used. */
  readonly reason: Reason | undefined;
  /** What is known of the card's lists and its company; undefined where an order does not tell which card it is. */
  readonly card: FoundCompany | undefined;
  /** Of an order whose card is on no list, but for those of handoffs that were declined or cancelled. */
  readonly isUnlisted?: boolean;
}

export interface FoundCompany {
  /** '' when the issuer table did not know it. */
  readonly issuer: string;
  /** The lists that the card is on, oldest first. */
  readonly lists: readonly {
    readonly batch: string;
    readonly recipient: string;
    readonly state: DeliveryState;
    /** Cards of it are proposed for recall; which ones, only a prepare can tell. */
    readonly isRecallProposed: boolean;
    /**
     * Whether its recipient was asked to set this card aside, or says that they did, or may have been asked: nobody knows
     * whether the recall is there; undefined: none of it.
     */
    readonly recall?: 'asked' | 'set-aside' | 'perhaps' | undefined;
  }[];
  /** Whether anybody watches it, and how we know. */
  readonly watch: CardWatch;
  /**
   * What counts of what the card company, or whoever stands before it, has said of the fee. Neither this nor the exception
   * holds for a card that is `recalled` from every list: who gave it back has nothing to waive.
   */
  readonly waiver: Statement | undefined;
  /** Whether that was said once a list with this card had left for them: what was said before cannot be about it. */
  readonly isWaiverAboutThis: boolean;
  /** What holds for this card in place of it. */
  readonly exception: FoundException | undefined;
}

export interface LookUpAnswer {
  readonly by: AskedBy;
  readonly at: Date;
  /** Incidents that were looked through. */
  readonly incidents: readonly Incident[];
  /** Incidents that were purged: nothing of them can be looked up any more. */
  readonly purged: readonly string[];
  /** Incidents that keep no index of persons; only where somebody was looked up by name. */
  readonly skipped: readonly string[];
  readonly hits: readonly LookUpHit[];
  /** Several cards fit: nothing of them is told before the caller has said this. Missing where nothing is asked. */
  readonly asksFor?: AskedDetail;
}
