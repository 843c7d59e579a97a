import type { NoticeStep } from '../domain/notices/notice-steps.ts';
import type { ActRecord } from './act-record.ts';

/** A step towards telling the person behind an order reference. */
export interface NoticeEntry {
  readonly reference: string;
  /** Id; '' where the incident lists none. */
  readonly merchant: string;
  readonly step: NoticeStep;
  readonly at: Date;
}

/** A reference of a merchant: shops number their orders alike. */
export function noticeKey({
  merchant,
  reference,
}: Pick<NoticeEntry, 'merchant' | 'reference'>): string {
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
  /** How many of the references that `isListed` names have each step; those of two merchants are two. */
  counts(
    incident: string,
    isListed: (whose: Pick<NoticeEntry, 'merchant' | 'reference'>) => boolean,
  ): Promise<Readonly<Record<NoticeStep, number>>>;
  /** The latest step of each reference that has one, by `noticeKey`. */
  latest(incident: string): Promise<ReadonlyMap<string, NoticeEntry>>;
}
