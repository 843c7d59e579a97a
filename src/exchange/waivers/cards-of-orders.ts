import { ReferenceCursor } from '../../domain/handoff/reference-page.ts';
import type { BatchRow, HandoffRegister, HandoffRow } from '../handoff/handoff-register.ts';
import { isRecalledBy } from '../recall/incident-recalls.ts';
import type { RecallBatch } from '../recall/incident-recalls.ts';
import { cardsThatLook, looksOf } from './cards-that-look.ts';
import type { ListedCard } from './waiver-exceptions.ts';

/** An order as a person names it; `merchant` '' where they name none. */
interface NamedOrder {
  readonly order: string;
  readonly merchant: string;
}

/** What a page of references says of an order's card: where it stands, or how it looks. */
type Trace = { readonly record: number } | { readonly looks: number };

type CardOfOrder = (
  order: NamedOrder,
  lists: readonly BatchRow[],
) => ListedCard | 'unknown' | 'ambiguous';

/**
 * The cards of orders, by the handoffs of an incident, given newest first. A handoff keeps of an order's card its brand and
 * last four digits, and never which card it is: a card is told only where it is the one of all lists that looks so. What was
 * recalled is on no list: its twin that was sent anew is told. Memory: the orders asked for, and one page.
 */
export async function cardsOfOrders(
  handoffs: HandoffRegister,
  notified: readonly HandoffRow[],
  recalls: readonly RecallBatch[],
  orders: readonly NamedOrder[],
): Promise<CardOfOrder> {
  const asked = new Set(orders.map(({ order }) => order));
  const traces = await tracesOf(handoffs, notified, asked);
  const wanted = new Set(
    [...traces.values()].flat().flatMap(({ trace }) => ('looks' in trace ? [trace.looks] : [])),
  );
  const alike = await cardsAlike(handoffs, notified, recalls, wanted);
  return ({ order, merchant }, lists) => {
    const own = (traces.get(order) ?? []).filter(
      (each) => merchant === '' || each.merchant === '' || each.merchant === merchant,
    );
    const found = own.flatMap(({ trace }) =>
      'record' in trace ? [trace.record] : (alike.get(trace.looks) ?? []),
    );
    const [record, ...others] = new Set(found);
    if (record === undefined) return 'unknown';
    if (others.length > 0) return 'ambiguous';
    return listedIn(lists, record) ?? 'unknown';
  };
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
  notified: readonly HandoffRow[],
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly MerchantTrace[]>> {
  const traces = new Map<string, readonly MerchantTrace[]>();
  if (wanted.size === 0) return traces;
  for (const { id, report } of notified) {
    const own = new Map<string, MerchantTrace[]>();
    const merchants = report?.merchants?.map(({ merchant }) => merchant);
    const batches = await handoffs.batchesOf(id);
    let record = Math.min(...batches.map(({ firstReference }) => firstReference));
    for await (const page of handoffs.referencePages(id)) {
      const cursor = new ReferenceCursor(page, merchants !== undefined);
      for (; cursor.next(); record += 1) {
        const order = decoder.decode(cursor.text.subarray(0, cursor.length));
        const trace = wanted.has(order) ? traceAt(cursor, record) : undefined;
        if (trace === undefined) continue;
        const merchant = merchants?.[cursor.merchant] ?? '';
        own.set(order, [...(own.get(order) ?? []), { merchant, trace }]);
      }
    }
    for (const [order, found] of own) if (!traces.has(order)) traces.set(order, found);
  }
  return traces;
}

function traceAt(cursor: ReferenceCursor, record: number): Trace | undefined {
  const { kind, reason, brandIndex, lastFour } = cursor;
  if (kind !== undefined) return kind === 'order' ? { record } : undefined;
  return reason < 0 ? { looks: looksOf(brandIndex, Number.parseInt(lastFour, 16)) } : undefined;
}

/** Records that look as one that is wanted, on all lists of these handoffs; two of each at most. */
async function cardsAlike(
  handoffs: HandoffRegister,
  notified: readonly HandoffRow[],
  recalls: readonly RecallBatch[],
  wanted: ReadonlySet<number>,
): Promise<ReadonlyMap<number, readonly number[]>> {
  const alike = new Map<number, number[]>();
  for await (const { looks, batch, record } of cardsThatLook(handoffs, notified, wanted)) {
    if (isRecalledBy(recalls, { batch: batch.id, record })) continue;
    const found = alike.get(looks) ?? [];
    if (found.length < 2) alike.set(looks, [...found, record]);
  }
  return alike;
}

const decoder = new TextDecoder();
