import type {
  BatchRow,
  FoundCard,
  HandoffRegister,
  HandoffRow,
} from '../handoff/handoff-register.ts';
import { cardsThatLook } from '../waivers/cards-that-look.ts';
import type { WaiverExceptions } from '../waivers/waiver-exceptions.ts';
import type { LookUpHit } from './look-up-answer.ts';

type Register = Pick<HandoffRegister, 'list' | 'batchesOf' | 'cardPages'>;

export interface ListingPorts {
  readonly handoffs: Register;
  readonly exceptions: Pick<WaiverExceptions, 'listings'>;
}

/** Something that an order was found as. */
export interface OrderEntry {
  readonly hit: LookUpHit;
  /** Brand and last four digits of its card; undefined for a reference that was handed over in place of one. */
  readonly looks: number | undefined;
  /** Where that reference was handed over: the handoff, and its place among all that it handed over. */
  readonly handed: readonly { readonly handoff: HandoffRow; readonly at: number }[];
}

/** More cards that look alike are not compared: whose the order is, nobody can tell from it. */
const LOOKALIKES_MAX = 32;

/**
 * For each entry the lists that its card is on, oldest first; none without a card, and where its lists were declined or
 * cancelled. Undefined where it is not known which card it is, since a handoff keeps no more of it than brand and last four
 * digits, and two cards that were ever on a list of the incident have the same. Reads the pages of all lists once.
 */
export async function listingsOfEntries(
  ports: ListingPorts,
  incident: string,
  entries: readonly OrderEntry[],
): Promise<readonly (readonly FoundCard[] | undefined)[]> {
  const { handoffs } = ports;
  // Also of what was declined or cancelled: a later handoff may have left the order's card out because of it.
  const rows = (await handoffs.list(incident)).filter(({ report }) => report?.isRecall !== true);
  const wanted = new Set(
    entries.flatMap(({ hit, looks }) => (hit.reason === undefined ? (looks ?? []) : [])),
  );
  const alike = new Map<number, FoundCard[]>();
  for await (const { looks, handoff, batch, record } of cardsThatLook(handoffs, rows, wanted)) {
    const found = alike.get(looks) ?? [];
    if (found.length <= LOOKALIKES_MAX) found.push(foundOn(handoff, batch, record));
    alike.set(looks, found);
  }
  const listings = entries.map(async ({ hit, looks, handed }) => {
    if (hit.reason !== undefined) return [];
    if (looks === undefined) return handedOver(handoffs, handed);
    const found = alike.get(looks) ?? [];
    return (await isOneCard(ports, incident, found)) ? found : undefined;
  });
  const found = await Promise.all(listings);
  return found.map((each) =>
    each
      ?.filter(({ outcome }) => outcome !== 'decline' && outcome !== 'cancel')
      .toSorted((one, other) => one.reference - other.reference),
  );
}

/** Whether these are listings of one card, or none. */
async function isOneCard(
  { exceptions }: ListingPorts,
  incident: string,
  found: readonly FoundCard[],
): Promise<boolean> {
  const [first, ...others] = found;
  if (first === undefined || others.length === 0) return true;
  if (found.length > LOOKALIKES_MAX) return false;
  const asked = { batch: first.batch, record: first.reference };
  const [same] = await exceptions.listings(incident, [asked]);
  const records = new Set(same!.map(({ record }) => record));
  return found.every(({ reference }) => records.has(reference));
}

/** References stand in the lists of their handoff in the order in which it keeps them. */
async function handedOver(
  handoffs: Register,
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
