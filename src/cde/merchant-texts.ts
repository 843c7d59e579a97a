import type { MerchantTexts } from '../domain/formats/outgoing-cards.ts';
import type { Profile } from '../domain/formats/profile.ts';
import type { MerchantBook } from '../domain/intake/merchant-book.ts';
import type { PrepareJob } from '../exchange/handoff/card-process.ts';

/**
 * How each set of merchants is written at which cards of one file were seen, the merchants in the incident's order:
 * a text for each set and none for a card. Undefined for a profile without such a column. An incident that lists none
 * has its one merchant, by name, in set 0.
 */
export function merchantTexts(
  { incident }: PrepareJob,
  profile: Profile,
  book: MerchantBook | undefined,
  order: Int32Array,
): ReadonlyMap<number, MerchantTexts> | undefined {
  if (!profile.columns.some(({ field }) => field === 'merchant')) return undefined;
  const { merchant, merchants } = incident;
  if (book === undefined || merchants === undefined) {
    return new Map([[0, { ids: merchant, numbers: merchant }]]);
  }
  const { ofCard, sets } = book;
  const texts = new Map<number, MerchantTexts>();
  for (const card of order) {
    const set = ofCard[card]!;
    if (texts.has(set)) continue;
    const seenAt = sets
      .listOf(set)
      .sort((a, b) => a - b)
      .map((place) => merchants[place]!);
    texts.set(set, {
      ids: seenAt.map(({ id }) => id).join(' '),
      numbers: seenAt.map(({ id, number }) => number ?? id).join(' '),
    });
  }
  return texts;
}
