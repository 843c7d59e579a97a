import { standingOfSource } from '../../domain/handoff/source-use.ts';
import type { SourceRemovals } from '../purge/source-removals.ts';
import type { Arrival, ArrivalBook } from './arrival-book.ts';

/** A source that somebody brought and that lies here. */
export interface ListedSource {
  readonly arrival: Arrival;
  /** Made of it, oldest first. */
  readonly handoffs: readonly string[];
  /** Whether it is still needed; `unknown` where no handoff was made of it. */
  readonly standing: ReturnType<typeof standingOfSource>;
}

/** Sources that were brought into boxes and wait, to be used or to be removed, oldest first. */
export async function listSources(ports: {
  readonly arrivals: Pick<ArrivalBook, 'sources'>;
  readonly removals: Pick<SourceRemovals, 'usesOf'>;
}): Promise<readonly ListedSource[]> {
  const listed: ListedSource[] = [];
  for (const arrival of await ports.arrivals.sources()) {
    const uses = await ports.removals.usesOf(arrival.sha256);
    const handoffs = uses.map(({ handoff }) => handoff);
    listed.push({ arrival, handoffs, standing: standingOfSource(uses) });
  }
  return listed;
}
