/** An exposure window as it is named to recipients; dates or instants as the incident file has them. */
interface WindowFacts {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** What header and trailer records may say about the batch. It travels inside the encryption. */
export interface BatchFacts {
  /** Written as `TEST` or `LIVE`, so that a drill cannot be taken for the real thing. */
  readonly mode: 'drill' | 'live';
  readonly batch: string;
  readonly handoff: string;
  readonly incident: string;
  readonly merchant: string;
  readonly caseNumber?: string | undefined;
  /** `interim`, `final`, `extension` or `correction`. */
  readonly stage: string;
  /** `cumulative`: the whole list, earlier cards included; `delta`: what was not told yet. */
  readonly lists: string;
  readonly windows: readonly WindowFacts[];
  readonly elements: readonly string[];
  /** Cards in this file; must equal the count given to the writer. */
  readonly cards: number;
  readonly contact: string;
  readonly createdAt: Date;
  readonly sender: string;
  /** IANA name of the incident's time zone: every day in the file is a day there. */
  readonly timeZone: string;
  /** Whether the file asks its recipient to waive the reissue fee. */
  readonly requestsWaiver: boolean;
  /** What stands in this file alone, and an answer repeats (domain/handoff/batch-nonce.ts). */
  readonly nonce: string;
}
