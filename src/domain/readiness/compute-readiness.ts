import { hasLeft } from '../handoff/delivery-states.ts';
import { reaches } from './card-watch.ts';
import type { IncidentFacts, IssuerFacts, ListSent, OpenItem, Readiness } from './readiness.ts';
import { isWaiverOpen } from './statements.ts';

/**
 * Whether a company may publish its notice and take calls. In the two notices this follows, the card companies had the
 * list and watched it before anything was published, and named the day; the desk then had to know what each of them
 * answered about the reissue fee. So every list has been received, every card company watches, has answered or been
 * given up on about the fee and has named a day, that day has come, and the desk was briefed after the last of it. A list that
 * left later makes what was said of watching, and the briefing, things of before.
 *
 * Only what was told or seen counts: an unknown is open.
 */
export function computeReadiness(
  incident: IncidentFacts,
  issuers: readonly IssuerFacts[],
): Readiness {
  const days = issuers.flatMap(({ publication }) => dayOf(publication) ?? []);
  const earliest = days.reduce<string | undefined>(
    (latest, day) => (latest === undefined || day > latest ? day : latest),
    undefined,
  );
  const isDeskCurrent = deskItem(incident, issuers).length === 0;
  const open: OpenItem[] = [
    ...incidentItems(incident, issuers),
    ...listItems(issuers),
    ...incident.unresolved.map((each) => ({ item: 'references-unresolved', ...each }) as const),
    ...incident.answers,
    ...recipientsOf(issuers).flatMap((rows) => toldItems(incident, rows)),
    ...deskItem(incident, issuers),
    ...(earliest !== undefined && earliest > incident.today
      ? [{ item: 'too-early', day: earliest } as const]
      : []),
  ];
  const count = (isDone: (row: IssuerFacts) => boolean): { done: number; of: number } => ({
    done: issuers.filter(isDone).length,
    of: issuers.length,
  });
  return {
    isReady: open.length === 0,
    earliest,
    isEarliestSettled: issuers.length > 0 && days.length === issuers.length,
    open,
    steps: [
      { step: 'list', ...count(isListed) },
      { step: 'monitoring', ...count((row) => unwatched(incident, row) === undefined) },
      { step: 'waiver', ...count((row) => waiverItem(row) === undefined) },
      { step: 'publication', ...count((row) => dayOf(row.publication) !== undefined) },
      { step: 'desk', done: isDeskCurrent ? 1 : 0, of: 1 },
    ],
  };
}

function incidentItems(incident: IncidentFacts, issuers: readonly IssuerFacts[]): OpenItem[] {
  const { undecided, held, uncovered, isToRead, recalls } = incident;
  return [
    ...(issuers.length === 0 ? [{ item: 'no-list' } as const] : []),
    ...undecided.map((handoff) => ({ item: 'handoff-undecided', handoff }) as const),
    ...held.map((each) => ({ item: 'records-held', ...each }) as const),
    ...uncovered.map((each) => ({ item: 'cards-uncovered', ...each }) as const),
    ...(isToRead ? [{ item: 'to-read' } as const] : []),
    ...recalls.map((batch) => ({ item: 'recall-proposed', batch }) as const),
  ];
}

/** A list is told of once, however many card companies it is for. */
function listItems(issuers: readonly IssuerFacts[]): OpenItem[] {
  const known = new Set<string>();
  return issuers.flatMap(({ recipient, lists }) =>
    lists.flatMap((list): OpenItem[] => {
      if (list.receipt !== undefined || known.has(list.batch)) return [];
      known.add(list.batch);
      return [
        { item: hasLeft(list.state) ? 'list-unconfirmed' : 'list-unsent', recipient, ...list },
      ];
    }),
  );
}

function isListed({ lists }: IssuerFacts): boolean {
  return lists.length > 0 && lists.every(({ receipt }) => receipt !== undefined);
}

/** Whether an issuer's own word stands there: what its recipient says would not take its place. */
function isOwn(item: ToldItem, { monitoring, waiver }: IssuerFacts): boolean {
  const standing = item === 'monitoring-stale' ? monitoring : waiver;
  const canOverride = item === 'monitoring-stale' || item.startsWith('waiver-');
  return canOverride && standing?.from === 'issuer';
}

type ToldItem = Extract<OpenItem, { issuers: unknown }>['item'];

/** What is still to be told by the card companies behind one recipient. */
function toldItems(incident: IncidentFacts, rows: readonly IssuerFacts[]): OpenItem[] {
  const byItem = new Map<ToldItem, string[]>();
  const unwatchedOf = rows.map((row) => ({ of: row.cards, ...unwatched(incident, row) }));
  rows.forEach((row, at) => {
    const publication = dayOf(row.publication) === undefined ? 'publication-untold' : undefined;
    for (const item of [unwatchedOf[at]!.item, waiverItem(row), publication] as const) {
      if (item !== undefined) byItem.set(item, [...(byItem.get(item) ?? []), row.issuer]);
    }
  });
  return [...byItem].map(([item, issuers]) => ({
    ...{ item, issuers, recipient: rows[0]!.recipient },
    isWhole: issuers.length === rows.length && !rows.some((row) => isOwn(item, row)),
    ...partlyOf(unwatchedOf.filter((each) => each.item === item)),
  }));
}

/** How many cards an item about watching is about, where it is not about all of them. */
function partlyOf(
  items: readonly { readonly cards?: number; readonly of: number }[],
): Pick<Extract<OpenItem, { issuers: unknown }>, 'partly'> {
  const cards = items.reduce((sum, each) => sum + (each.cards ?? 0), 0);
  const of = items.reduce((sum, each) => sum + each.of, 0);
  return cards < of ? { partly: { cards, of } } : {};
}

interface Unwatched {
  readonly item: 'monitoring-untold' | 'monitoring-ahead' | 'monitoring-stale';
  readonly cards: number;
}

/**
 * Cards that nobody is known to watch: those that were not returned, and of which no answer says that they are watched, as
 * far as nothing that was told of all of them holds for them. What was said before a list was there cannot be about it.
 */
function unwatched({ nowMs }: IncidentFacts, row: IssuerFacts): Unwatched | undefined {
  const { told, saidAtMs = 0 } = row.monitoring ?? {};
  const left = row.lists.map((list) => ({ list, cards: leftToWord(list, row) }));
  const cards = left.reduce((sum, each) => sum + each.cards, 0);
  if (cards === 0) return undefined;
  if (told?.outcome !== 'on') return { item: 'monitoring-untold', cards };
  const stale = left.reduce((sum, each) => sum + notReached(each.list, each.cards, saidAtMs), 0);
  if (stale > 0) return { item: 'monitoring-stale', cards: stale };
  return told.sinceMs > nowMs ? { item: 'monitoring-ahead', cards } : undefined;
}

/** Cards of a list of which only a word about all can say that they are watched. */
function leftToWord({ cards, said }: ListSent, { withdrawnAtMs }: IssuerFacts): number {
  if (said === undefined) return cards;
  const isWithdrawn = (withdrawnAtMs ?? -Infinity) > said.firstAtMs;
  return cards - said.returned - (isWithdrawn ? 0 : said.monitoring);
}

function notReached({ leftAtMs, said }: ListSent, cards: number, saidAtMs: number): number {
  if (!reaches(saidAtMs, leftAtMs ?? -Infinity)) return cards;
  const since = (said?.takenBack ?? []).filter(({ atMs }) => !reaches(saidAtMs, atMs));
  return Math.min(
    cards,
    since.reduce((sum, each) => sum + each.cards, 0),
  );
}

function newestOf(lists: IssuerFacts['lists']): number {
  return Math.max(
    -Infinity,
    ...lists.flatMap(({ leftAtMs, said }) =>
      [leftAtMs, said?.takenInAtMs].map((ms) => ms ?? -Infinity),
    ),
  );
}

function waiverItem({ waiver }: IssuerFacts): ToldItem | undefined {
  const state = waiver?.told.subject === 'waiver' ? waiver.told.outcome : 'not-requested';
  if (!isWaiverOpen(state)) return undefined;
  if (state === 'disputed') return 'waiver-disputed';
  return state === 'requested' ? 'waiver-unanswered' : 'waiver-unrequested';
}

function dayOf(publication: IssuerFacts['publication']): string | undefined {
  return publication?.told.outcome === 'not-before' ? publication.told.day : undefined;
}

/** Whoever was briefed before the last list left or the last answer came tells callers something else than what holds. */
function deskItem({ desk }: IncidentFacts, issuers: readonly IssuerFacts[]): OpenItem[] {
  if (desk?.told.outcome !== 'briefed') return [{ item: 'desk-unbriefed' }];
  const latest = Math.max(
    ...issuers.flatMap(({ monitoring, waiver, publication, lists }) => [
      ...[monitoring, waiver, publication].map((standing) => standing?.recordedAtMs ?? -Infinity),
      newestOf(lists),
    ]),
  );
  return latest > desk.recordedAtMs ? [{ item: 'desk-stale' }] : [];
}

function recipientsOf(issuers: readonly IssuerFacts[]): IssuerFacts[][] {
  return [...Map.groupBy(issuers, ({ recipient }) => recipient).values()];
}
