import type { DeliveryState } from '../handoff/delivery-states.ts';
import type { SaidOfIssuer } from '../responses/said-by-issuer.ts';
import type { Told } from './statements.ts';

/** One list that went, or is to go, to a recipient. */
export interface ListSent {
  readonly batch: string;
  readonly handoff: string;
  readonly state: DeliveryState;
  /** What shows that the recipient has it: they signed an answer about it, or a person said so. */
  readonly receipt: Receipt | undefined;
  /** When it was there, by the machine or by the first word about it; undefined while it has not left. */
  readonly leftAtMs?: number;
  /** Cards of the issuer on it. */
  readonly cards: number;
  /** What was answered about these cards; undefined where nothing was about the list. */
  readonly said?: SaidOfList | undefined;
}

export type Receipt = 'answer' | 'word';

export interface SaidOfList extends Omit<SaidOfIssuer, 'cards'> {
  /** Whether every answer about the list was signed. */
  readonly isSigned: boolean;
  /** When the first answer about the list was given, and when the last one was taken in. */
  readonly firstAtMs: number;
  readonly takenInAtMs: number;
}

/** What counts of what was told about one subject, with what the caller knows besides. */
export interface Standing<S extends Told = Told> {
  readonly told: S;
  /** `recipient`: told for everyone behind the recipient, not for this issuer alone. */
  readonly from: 'issuer' | 'recipient' | 'desk';
  /** When it was said. */
  readonly saidAtMs: number;
  readonly recordedAtMs: number;
}

/** One card company as one recipient reaches it. */
export interface IssuerFacts {
  readonly recipient: string;
  /** '' when the issuer table does not know it. */
  readonly issuer: string;
  /** Added up over its lists: a card on two of them counts twice. */
  readonly cards: number;
  readonly lists: readonly ListSent[];
  readonly monitoring?: Standing;
  readonly waiver?: Standing;
  readonly publication?: Standing;
  /** When what was told of watching was withdrawn, of the issuer or of all of the recipient, and stands so. */
  readonly withdrawnAtMs?: number | undefined;
}

/** References of one batch behind which the recipient has found no card, and that nobody settled. */
export interface UnresolvedList {
  readonly batch: string;
  readonly recipient: string;
  readonly unanswered: number;
  readonly notFound: number;
}

/** Of a list: cards that came back and that nobody settled, or an answer that takes back what stands. */
export type OpenAnswer =
  | { readonly item: 'cards-returned'; readonly cards: number }
  | { readonly item: 'answer-disputed' };

/** What is open in the incident as a whole. */
export interface IncidentFacts {
  readonly nowMs: number;
  /** The day it is in the incident's zone. */
  readonly today: string;
  readonly undecided: readonly string[];
  /** Handoffs with held records, and how many. */
  readonly held: readonly { readonly handoff: string; readonly records: number }[];
  readonly uncovered: readonly { readonly handoff: string; readonly cards: number }[];
  readonly isToRead: boolean;
  readonly recalls: readonly string[];
  /** Batches of references that have left, with what their answers leave open. */
  readonly unresolved: readonly UnresolvedList[];
  /** What answers about cards leave open besides. */
  readonly answers: readonly (OpenAnswer & {
    readonly batch: string;
    readonly recipient: string;
  })[];
  readonly desk?: Standing;
}

/**
 * Something that keeps from publishing. `issuers`: of which; all of the recipient's when `isWhole`. `partly`: of how many
 * cards of theirs, where it is not all.
 */
export type OpenItem =
  | { readonly item: 'no-list' | 'to-read' | 'desk-unbriefed' | 'desk-stale' }
  | { readonly item: 'handoff-undecided'; readonly handoff: string }
  | { readonly item: 'records-held'; readonly handoff: string; readonly records: number }
  | { readonly item: 'cards-uncovered'; readonly handoff: string; readonly cards: number }
  | { readonly item: 'recall-proposed'; readonly batch: string }
  | ({ readonly item: 'references-unresolved' } & UnresolvedList)
  | IncidentFacts['answers'][number]
  | ({ readonly item: 'list-unsent' | 'list-unconfirmed'; readonly recipient: string } & ListSent)
  | {
      readonly item:
        | 'monitoring-untold'
        | 'monitoring-ahead'
        | 'monitoring-stale'
        | 'waiver-unrequested'
        | 'waiver-unanswered'
        | 'waiver-disputed'
        | 'publication-untold';
      readonly recipient: string;
      readonly issuers: readonly string[];
      readonly isWhole: boolean;
      readonly partly?: { readonly cards: number; readonly of: number };
    }
  | { readonly item: 'too-early'; readonly day: string };

/** Whether the notice may go out, and what keeps it back. */
export interface Readiness {
  readonly isReady: boolean;
  /** The latest of the days that were named; undefined while none was. */
  readonly earliest: string | undefined;
  /** Whether everyone has named a day. */
  readonly isEarliestSettled: boolean;
  readonly open: readonly OpenItem[];
  /** Steps in the order in which one waits for the other: how many of how many are done. */
  readonly steps: readonly {
    readonly step: 'list' | 'monitoring' | 'waiver' | 'publication' | 'desk';
    readonly done: number;
    readonly of: number;
  }[];
}
