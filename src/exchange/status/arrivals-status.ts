import type { ArrivalBook } from '../arrivals/arrival-book.ts';

/** Files that were brought, and that somebody has to see to. */
export interface ArrivalsStatus {
  /** Not read yet. */
  readonly waiting: number;
  /** Sources that lie here, by whose box they came through. */
  readonly sources: readonly { readonly box: string; readonly files: number }[];
  /** In quarantine or not taken, by recipient. */
  readonly aside: readonly {
    readonly recipient: string;
    readonly files: number;
    /** Why, each code once. */
    readonly codes: readonly string[];
  }[];
}

/** Throws nothing of its own. */
export async function arrivalsStatus(arrivals: ArrivalBook): Promise<ArrivalsStatus> {
  const waiting = await arrivals.inState('arrived');
  const all = [...(await arrivals.inState('quarantined')), ...(await arrivals.refusals())];
  const recipients = [...new Set(all.map(({ recipient }) => recipient))].sort();
  const aside = recipients.map((recipient) => {
    const theirs = all.filter((each) => each.recipient === recipient);
    const codes = [...new Set(theirs.flatMap(({ code }) => code ?? []))];
    return { recipient, files: theirs.length, codes };
  });
  const brought = (await arrivals.sources()).map(({ recipient }) => recipient);
  const sources = [...new Set(brought)].sort().map((box) => ({
    ...{ box, files: brought.filter((each) => each === box).length },
  }));
  return { waiting: waiting.length, sources, aside };
}
