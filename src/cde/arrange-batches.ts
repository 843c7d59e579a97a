import type { BinTable } from '../domain/bins/bin-table.ts';
import { brands } from '../domain/cards/brands.ts';
import { allocateMemory } from '../domain/intake/column-memory.ts';
import type { CardTable } from '../domain/intake/card-table.ts';
import type { RoutedRecipient } from '../exchange/handoff/card-process.ts';

/** Cards of one issuer, brand and country: how a batch is ordered and counted. `issuer` '' is an unknown issuer. */
export interface IssuerGroup {
  readonly issuer: string;
  readonly brand: string;
  readonly brandIndex: number;
  readonly country: string;
}

/** A run of `order`: cards [start, end) of one group. */
export interface GroupRun {
  readonly group: IssuerGroup;
  readonly start: number;
  readonly end: number;
}

/** One batch: a run of `order` for one recipient, made of group runs in order. */
export interface ArrangedBatch {
  readonly recipient: number;
  readonly start: number;
  readonly end: number;
  readonly groups: readonly GroupRun[];
}

/** `order` holds card indices: recipients in the job's order, in each by issuer, then in input order. */
export interface Arrangement {
  readonly order: Int32Array;
  readonly batches: readonly ArrangedBatch[];
}

/** A stored row names its group in 16 bits. */
const groupsMax = 65_535;
/** In place of a group: a card that does not go out. */
const STAYS = groupsMax;

/**
 * Sorts the cards that go out into batches: one counting sort over (recipient, group), stable, so that input order stays
 * inside a group. `isOut(card)` is false for cards that an earlier batch already covers. Throws nothing.
 */
export function arrangeBatches(
  cards: CardTable,
  bins: BinTable,
  recipients: readonly RoutedRecipient[],
  isOut: (card: number) => boolean,
): Arrangement {
  const { groups, groupOfCard } = groupCards(cards, bins, isOut);
  const ranks = rankGroups(groups);
  const counts = new Uint32Array(recipients.length * groups.length + 1);
  const { recipient, count } = cards;
  const { rankOf } = ranks;
  for (let card = 0; card < count; card += 1) {
    const group = groupOfCard[card]!;
    if (group !== STAYS) counts[recipient[card]! * groups.length + rankOf[group]! + 1]! += 1;
  }
  for (let key = 1; key < counts.length; key += 1) counts[key]! += counts[key - 1]!;
  const next = counts.slice();
  const order = new Int32Array(allocateMemory(counts[counts.length - 1]! * 4));
  for (let card = 0; card < count; card += 1) {
    const group = groupOfCard[card]!;
    if (group === STAYS) continue;
    const key = recipient[card]! * groups.length + rankOf[group]!;
    order[next[key]!] = card;
    next[key]! += 1;
  }
  const batches = recipients.flatMap((receiver, index) =>
    cutBatches(receiver, index, ranks.ordered, counts),
  );
  return { order, batches };
}

function groupCards(
  cards: CardTable,
  bins: BinTable,
  isOut: (card: number) => boolean,
): { groups: IssuerGroup[]; groupOfCard: Uint16Array } {
  const groups: IssuerGroup[] = [];
  const byName = new Map<string, number>();
  const byKey = new Map<number, number>();
  // Of each issuer range its latest brand and the group of both: nearly all have one brand only.
  const latest = new Int32Array(bins.size + 1).fill(-1);
  const { count, brand, bin } = cards;
  const groupOfCard = new Uint16Array(count).fill(STAYS);
  for (let card = 0; card < count; card += 1) {
    if (!isOut(card)) continue;
    const brandIndex = brand[card]!;
    const range = bin[card]! + 1;
    if (latest[range]! >>> 16 !== brandIndex) {
      const key = range * 256 + brandIndex;
      const group = byKey.get(key) ?? groupFor(bins, range - 1, brandIndex, groups, byName);
      byKey.set(key, group);
      latest[range] = (brandIndex << 16) | group;
    }
    groupOfCard[card] = latest[range]! & 0xffff;
  }
  return { groups, groupOfCard };
}

function groupFor(
  bins: BinTable,
  binIndex: number,
  brandIndex: number,
  groups: IssuerGroup[],
  byName: Map<string, number>,
): number {
  const entry = binIndex < 0 ? undefined : bins.entry(binIndex);
  const issuer = entry?.issuer ?? '';
  const country = entry?.country ?? '';
  const name = JSON.stringify([issuer, brandIndex, country]);
  const known = byName.get(name);
  if (known !== undefined) return known;
  if (groups.length >= groupsMax) throw new RangeError('more issuers than a batch can name');
  groups.push({ issuer, brand: brands[brandIndex]?.id ?? 'unknown', brandIndex, country });
  byName.set(name, groups.length - 1);
  return groups.length - 1;
}

function rankGroups(groups: readonly IssuerGroup[]): {
  ordered: readonly IssuerGroup[];
  rankOf: Uint16Array;
} {
  const numbered = groups.map((group, index) => ({ group, index }));
  numbered.sort((a, b) => compareGroups(a.group, b.group));
  const rankOf = new Uint16Array(groups.length);
  numbered.forEach((entry, rank) => {
    rankOf[entry.index] = rank;
  });
  return { ordered: numbered.map((entry) => entry.group), rankOf };
}

/** By name in code-unit order, which no locale changes; unknown issuers last. */
function compareGroups(a: IssuerGroup, b: IssuerGroup): number {
  if ((a.issuer === '') !== (b.issuer === '')) return a.issuer === '' ? 1 : -1;
  return compare(a.issuer, b.issuer) || compare(a.brand, b.brand) || compare(a.country, b.country);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function cutBatches(
  recipient: RoutedRecipient,
  index: number,
  ordered: readonly IssuerGroup[],
  bounds: Uint32Array,
): ArrangedBatch[] {
  const runs: GroupRun[] = [];
  ordered.forEach((group, rank) => {
    const key = index * ordered.length + rank;
    const start = bounds[key]!;
    const end = bounds[key + 1]!;
    if (end > start) runs.push({ group, start, end });
  });
  if (runs.length === 0) return [];
  const files = recipient.layout === 'per-recipient' ? [runs] : mergeByIssuer(runs);
  const cardsMax = recipient.profile.max_cards ?? Infinity;
  return files
    .flatMap((groups) => cutRuns(groups, cardsMax))
    .map((groups) => ({
      recipient: index,
      start: groups[0]!.start,
      end: groups.at(-1)!.end,
      groups,
    }));
}

/** Runs that follow each other, cut into files of at most `cardsMax` cards: all full but the last. */
function cutRuns(runs: readonly GroupRun[], cardsMax: number): GroupRun[][] {
  const files: GroupRun[][] = [];
  let room = 0;
  for (const { group, start: first, end } of runs) {
    for (let start = first; start < end;) {
      if (room === 0) {
        files.push([]);
        room = cardsMax;
      }
      const next = Math.min(end, start + room);
      files.at(-1)!.push({ group, start, end: next });
      room -= next - start;
      start = next;
    }
  }
  return files;
}

/** Groups of one issuer (several brands, say) stand next to each other and share a batch. */
function mergeByIssuer(runs: readonly GroupRun[]): GroupRun[][] {
  const merged: GroupRun[][] = [];
  for (const run of runs) {
    const current = merged.at(-1);
    if (current?.[0]?.group.issuer === run.group.issuer) current.push(run);
    else merged.push([run]);
  }
  return merged;
}
