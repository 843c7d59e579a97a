import type { HandoffRegister } from '../handoff/handoff-register.ts';
import { cardsThatLook } from '../handoff/cards-that-look.ts';
import type { LookingCard } from '../handoff/cards-that-look.ts';
import type { ListedCard, WaiverExceptions } from './waiver-exceptions.ts';

export interface LookingPorts {
  readonly handoffs: Pick<HandoffRegister, 'list' | 'batchesOf' | 'cardPages'>;
  readonly exceptions: Pick<WaiverExceptions, 'listings'>;
}

/** More cards that look alike are not compared: whose the order is, nobody can tell from it. */
const LOOKALIKES_MAX = 32;

/** By how it looks: all listings of the one card that looks so, of whatever became of their lists; undefined: of several. */
export type OneCard = (looks: number) => readonly LookingCard[] | undefined;

/**
 * Which card is meant by brand and last four digits, compared by hash among all that were ever on a list of the incident,
 * recalled or withdrawn: a later list may have left the card that is meant out because of it, and the one that is left is
 * another person's. Reads the pages of all lists once; nothing where nothing is wanted.
 */
export async function oneCardThatLooks(
  { handoffs, exceptions }: LookingPorts,
  incident: string,
  wanted: ReadonlySet<number>,
): Promise<OneCard> {
  const rows = (await handoffs.list(incident)).filter(({ report }) => report?.isRecall !== true);
  const alike = new Map<number, LookingCard[]>();
  for await (const card of cardsThatLook(handoffs, rows, wanted)) {
    const found = alike.get(card.looks) ?? [];
    if (found.length <= LOOKALIKES_MAX) found.push(card);
    alike.set(card.looks, found);
  }
  const several = await looksOfSeveral(exceptions, incident, alike);
  return (looks) => (several.has(looks) ? undefined : (alike.get(looks) ?? []));
}

/** Of which looks there is more than one card. */
async function looksOfSeveral(
  exceptions: LookingPorts['exceptions'],
  incident: string,
  alike: ReadonlyMap<number, readonly LookingCard[]>,
): Promise<ReadonlySet<number>> {
  const several = new Set<number>();
  const compared: (readonly LookingCard[])[] = [];
  for (const [looks, found] of alike) {
    if (found.length > LOOKALIKES_MAX) several.add(looks);
    else if (found.length > 1) compared.push(found);
  }
  const firsts = compared.map(([first]) => listedAs(first!));
  const listings = firsts.length === 0 ? [] : await exceptions.listings(incident, firsts);
  for (const [at, found] of compared.entries()) {
    const own = new Set(listings[at]!.map(({ record }) => record));
    if (!found.every(({ record }) => own.has(record))) several.add(found[0]!.looks);
  }
  return several;
}

function listedAs({ batch, record }: LookingCard): ListedCard {
  return { batch: batch.id, record };
}
