import type { BatchRow, FoundCard, HandoffRow } from '../handoff/handoff-register.ts';
import { oneCardThatLooks } from '../waivers/one-card-that-looks.ts';
import type { LookingPorts } from '../waivers/one-card-that-looks.ts';
import type { LookUpHit } from './look-up-answer.ts';

/** Something that an order was found as. */
export interface OrderEntry {
  readonly hit: LookUpHit;
  /** Brand and last four digits of its card; undefined for a reference that was handed over in place of one. */
  readonly looks: number | undefined;
  /** Where that reference was handed over: the handoff, and its place among all that it handed over. */
  readonly handed: readonly { readonly handoff: HandoffRow; readonly at: number }[];
}

/**
 * For each entry the lists that its card is on, oldest first; none without a card, and where its lists were declined or
 * cancelled. Undefined where it is not known which card it is, since a handoff keeps no more of it than brand and last four
 * digits, and two cards that were ever on a list of the incident have the same. Reads the pages of all lists once.
 */
export async function listingsOfEntries(
  ports: LookingPorts,
  incident: string,
  entries: readonly OrderEntry[],
): Promise<readonly (readonly FoundCard[] | undefined)[]> {
  const { handoffs } = ports;
  const wanted = new Set(
    entries.flatMap(({ hit, looks }) => (hit.reason === undefined ? (looks ?? []) : [])),
  );
  const cardOf = await oneCardThatLooks(ports, incident, wanted);
  const listings = entries.map(async ({ hit, looks, handed }) => {
    if (hit.reason !== undefined) return [];
    if (looks === undefined) return handedOver(handoffs, handed);
    return cardOf(looks)?.map(({ handoff, batch, record }) => foundOn(handoff, batch, record));
  });
  const found = await Promise.all(listings);
  return found.map((each) =>
    each
      ?.filter(({ outcome }) => outcome !== 'decline' && outcome !== 'cancel')
      .toSorted((one, other) => one.reference - other.reference),
  );
}

/** References stand in the lists of their handoff in the order in which it keeps them. */
async function handedOver(
  handoffs: LookingPorts['handoffs'],
  handed: OrderEntry['handed'],
): Promise<readonly FoundCard[]> {
  const found = await Promise.all(
    handed.map(async ({ handoff, at }) => {
      const batches = await handoffs.batchesOf(handoff.id);
      const record = Math.min(...batches.map(({ firstReference }) => firstReference)) + at;
      const batch = batches.find(
        ({ firstReference: first, cards }) => record >= first && record < first + cards,
      );
      return batch === undefined ? [] : [foundOn(handoff, batch, record)];
    }),
  );
  return found.flat();
}

function foundOn(handoff: HandoffRow, batch: BatchRow, record: number): FoundCard {
  return {
    ...{ handoff: handoff.id, handoffState: handoff.state, outcome: handoff.outcome },
    ...{ batch: batch.id, recipient: batch.recipient, batchState: batch.state },
    ...{ place: record - batch.firstReference, reference: record },
  };
}
