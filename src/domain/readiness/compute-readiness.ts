import { hasLeft } from '../handoff/delivery-states.ts';
import type { IncidentFacts, IssuerFacts, OpenItem, Readiness } from './readiness.ts';
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
      { step: 'monitoring', ...count((row) => monitoringItem(incident, row) === undefined) },
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
      if (list.isReceived || known.has(list.batch)) return [];
      known.add(list.batch);
      return [
        { item: hasLeft(list.state) ? 'list-unconfirmed' : 'list-unsent', recipient, ...list },
      ];
    }),
  );
}

function isListed({ lists }: IssuerFacts): boolean {
  return lists.length > 0 && lists.every(({ isReceived }) => isReceived);
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
  for (const row of rows) {
    const publication = dayOf(row.publication) === undefined ? 'publication-untold' : undefined;
    for (const item of [monitoringItem(incident, row), waiverItem(row), publication] as const) {
      if (item !== undefined) byItem.set(item, [...(byItem.get(item) ?? []), row.issuer]);
    }
  }
  return [...byItem].map(([item, issuers]) => ({
    ...{ item, issuers, recipient: rows[0]!.recipient },
    isWhole: issuers.length === rows.length && !rows.some((row) => isOwn(item, row)),
  }));
}

function monitoringItem(
  { nowMs }: IncidentFacts,
  { monitoring, lists }: IssuerFacts,
): 'monitoring-untold' | 'monitoring-ahead' | 'monitoring-stale' | undefined {
  if (monitoring?.told.outcome !== 'on') return 'monitoring-untold';
  // People round to the minute. What was said before a list was there cannot be about its cards.
  const newest = Math.floor(newestOf(lists) / minuteMs) * minuteMs;
  if (newest > monitoring.saidAtMs) return 'monitoring-stale';
  return monitoring.told.sinceMs > nowMs ? 'monitoring-ahead' : undefined;
}

function newestOf(lists: IssuerFacts['lists']): number {
  return Math.max(-Infinity, ...lists.map(({ leftAtMs }) => leftAtMs ?? -Infinity));
}

const minuteMs = 60_000;

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
