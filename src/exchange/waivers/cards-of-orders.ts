import { looksOf } from '../../domain/handoff/card-page.ts';
import { ReferenceCursor } from '../../domain/handoff/reference-page.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';
import { notifiedHandoffs } from '../notices/listed-notices.ts';
import { oneCardThatLooks } from './one-card-that-looks.ts';
import type { LookingPorts, OneCard } from './one-card-that-looks.ts';
import type { ListedCard } from './waiver-exceptions.ts';

/** An order as a person names it; `merchant` '' where they name none. */
interface NamedOrder {
  readonly order: string;
  readonly merchant: string;
}

/** What a page of references says of an order's card: where it stands, or how it looks. */
type Trace = { readonly card: ListedCard } | { readonly looks: number };

/** One of the listings of its card, whatever became of the list. */
type CardOfOrder = (order: NamedOrder) => ListedCard | 'unknown' | 'ambiguous';

/**
 * The cards of orders, by what the handoffs of an incident say that were not declined or cancelled. Of an order's card a
 * handoff keeps its brand and last four digits, and never which card it is: a card is told only where it is the one of the
 * incident that looks so (`oneCardThatLooks`). Memory: the orders asked for, and one page.
 */
export async function cardsOfOrders(
  ports: LookingPorts & { readonly handoffs: HandoffRegister },
  incident: string,
  orders: readonly NamedOrder[],
): Promise<CardOfOrder> {
  const asked = new Set(orders.map(({ order }) => order));
  const traces = await tracesOf(ports.handoffs, incident, asked);
  const wanted = new Set(
    [...traces.values()].flat().flatMap(({ trace }) => ('looks' in trace ? [trace.looks] : [])),
  );
  const cardThatLooks = await oneCardThatLooks(ports, incident, wanted);
  return ({ order, merchant }) => {
    const found = new Map<number, ListedCard>();
    for (const each of traces.get(order) ?? []) {
      if (merchant !== '' && each.merchant !== '' && each.merchant !== merchant) continue;
      const listings = listingsOf(each.trace, cardThatLooks);
      if (listings === undefined) return 'ambiguous';
      const [card] = listings;
      if (card !== undefined) found.set(card.record, card);
    }
    if (found.size > 1) return 'ambiguous';
    return [...found.values()][0] ?? 'unknown';
  };
}

function listingsOf(trace: Trace, cardThatLooks: OneCard): readonly ListedCard[] | undefined {
  if ('card' in trace) return [trace.card];
  return cardThatLooks(trace.looks)?.map(({ batch, record }) => ({ batch: batch.id, record }));
}

/** The card of one of these lists with this record reference. */
export function listedIn(lists: readonly BatchRow[], record: number): ListedCard | undefined {
  const list = lists.find(
    ({ firstReference: first, cards }) => record >= first && record < first + cards,
  );
  return list && { batch: list.id, record };
}

interface MerchantTrace {
  readonly merchant: string;
  readonly trace: Trace;
}

/** What the newest handoff with a card of an order says of it, by order. */
async function tracesOf(
  handoffs: HandoffRegister,
  incident: string,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly MerchantTrace[]>> {
  const traces = new Map<string, readonly MerchantTrace[]>();
  if (wanted.size === 0) return traces;
  for (const { id, report } of await notifiedHandoffs(handoffs, incident)) {
    const own = new Map<string, MerchantTrace[]>();
    const merchants = report?.merchants?.map(({ merchant }) => merchant);
    const batches = await handoffs.batchesOf(id);
    let record = Math.min(...batches.map(({ firstReference }) => firstReference));
    for await (const page of handoffs.referencePages(id)) {
      const cursor = new ReferenceCursor(page, merchants !== undefined);
      for (; cursor.next(); record += 1) {
        const order = decoder.decode(cursor.text.subarray(0, cursor.length));
        const trace = wanted.has(order) ? traceAt(cursor, batches, record) : undefined;
        if (trace === undefined) continue;
        const merchant = merchants?.[cursor.merchant] ?? '';
        own.set(order, [...(own.get(order) ?? []), { merchant, trace }]);
      }
    }
    for (const [order, found] of own) if (!traces.has(order)) traces.set(order, found);
  }
  return traces;
}

function traceAt(
  cursor: ReferenceCursor,
  batches: readonly BatchRow[],
  record: number,
): Trace | undefined {
  const { kind, reason, brandIndex, lastFour } = cursor;
  if (kind === undefined) {
    return reason < 0 ? { looks: looksOf(brandIndex, Number.parseInt(lastFour, 16)) } : undefined;
  }
  const card = kind === 'order' ? listedIn(batches, record) : undefined;
  return card && { card };
}

const decoder = new TextDecoder();
