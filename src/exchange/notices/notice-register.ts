import type { NoticeStep } from '../../domain/notices/notice-steps.ts';
import type { ActRecord } from '../acts/act-record.ts';

/** A step towards telling the person behind an order reference. */
export interface NoticeEntry {
  readonly reference: string;
  /** Id; '' where the incident lists none. */
  readonly merchant: string;
  readonly step: NoticeStep;
  readonly at: Date;
}

/** Whose order a step was recorded of. */
export type NoticeOwner = Pick<NoticeEntry, 'merchant' | 'reference'>;

/**
 * The merchant under which the lists have now what was recorded of a reference; undefined where they do not have it. An
 * incident may list merchants only since some persons were told.
 */
export type ListedMerchant = (recorded: NoticeOwner) => string | undefined;

/** A reference of a merchant: shops number their orders alike. */
export function noticeKey({ merchant, reference }: NoticeOwner): string {
  return `${merchant}\n${reference}`;
}

/** What was done about each reference of an incident. Only ever added to. */
export interface NoticeRegister {
  /**
   * Adds what is not known yet, in one transaction with the leaf that `act` makes of how many were new. The same
   * reference, step and time is one entry, so that a file handed in twice changes nothing.
   */
  add(
    incident: string,
    entries: readonly NoticeEntry[],
    act: (added: number) => ActRecord,
  ): Promise<number>;
  /** How many of the references that the lists have carry each step; those of two merchants are two. */
  counts(incident: string, listed: ListedMerchant): Promise<Readonly<Record<NoticeStep, number>>>;
  /** The latest step of each reference that the lists have, by `noticeKey`. */
  latest(incident: string, listed: ListedMerchant): Promise<ReadonlyMap<string, NoticeEntry>>;
}
