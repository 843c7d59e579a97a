import { looksOf } from '../../domain/handoff/card-page.ts';
import { ReferenceCursor } from '../../domain/handoff/reference-page.ts';
import { reasons } from '../../domain/intake/reasons.ts';
import { detailToAsk } from '../../domain/lookup/detail-to-ask.ts';
import type { AskedDetail } from '../../domain/lookup/detail-to-ask.ts';
import type { HandoffRow } from '../handoff/handoff-register.ts';
import { assertMerchantOf } from '../incident/assert-merchant-of.ts';
import type { IncidentRow } from '../incident/incident-register.ts';
import { notifiedHandoffs } from '../notices/listed-notices.ts';
import { resolvedKey, resolvedReferences } from '../responses/resolved-references.ts';
import type { ResolvedReferences } from '../responses/resolved-references.ts';
import type { LookingPorts } from '../waivers/one-card-that-looks.ts';
import { askDesk, isOfDocument } from './ask-desk.ts';
import type { AskRequest } from './ask-desk.ts';
import { cardHit } from './card-hit.ts';
import type { HitPorts } from './card-hit.ts';
import type { LookUpAnswer, LookUpHit } from './look-up-answer.ts';
import { listingsOfEntries } from './order-listings.ts';
import type { OrderEntry } from './order-listings.ts';

type Ports = HitPorts & LookingPorts;

export interface OrderQuestion extends AskRequest {
  readonly reference: string;
  /** What the caller said besides, to tell their order from others. */
  readonly lastFour: string | undefined;
  /** Id of the merchant. */
  readonly merchant: string | undefined;
}

/** What fits in one incident. */
interface Fitting {
  readonly row: IncidentRow;
  readonly entries: readonly OrderEntry[];
}

/**
 * What is known of an order or of another reference: its card with everything that a look-up by number would say, where
 * it is known which card it is, and records of it without a usable number. The reference has to be the same, letter by
 * letter. Where several fit, nothing of any is said until the caller has said more. Throws what `askDesk` throws,
 * and `merchants-absent` and `merchant-unknown` where none of the incidents that are looked through lists the merchant.
 */
export async function lookUpOrder(ports: Ports, request: OrderQuestion): Promise<LookUpAnswer> {
  let asksFor: AskedDetail | undefined;
  const answer = await askDesk(ports, 'order', request, async (rows) => {
    assertMerchantIn(rows, request.merchant);
    const fitting: Fitting[] = [];
    for (const row of rows) {
      const found = await entriesIn(ports, row, new TextEncoder().encode(request.reference));
      fitting.push({ row, entries: entriesOf(request.merchant, found) });
    }
    const hits = fitting.flatMap(({ entries }) => entries.map(({ hit }) => hit));
    asksFor = detailToAsk(hits, request.lastFour);
    if (asksFor !== undefined) return hits;
    const told = fitting.map(({ row, entries }) => ({
      ...{ row, entries: entries.filter(({ hit }) => mayBe(hit, request.lastFour)) },
    }));
    return (await Promise.all(told.map((each) => withCards(ports, each)))).flat();
  });
  return asksFor === undefined ? answer : { ...answer, hits: [], asksFor };
}

/** A shop that no incident has would leave an order of a shop that nobody knows, and seem to have told it from others. */
function assertMerchantIn(rows: readonly IncidentRow[], merchant: string | undefined): void {
  const [row, ...others] = rows;
  if (row === undefined || merchant === undefined) return;
  const known = rows.flatMap(({ incident: { merchants = [] } }) => merchants.map(({ id }) => id));
  const listed = known.length === 0 ? undefined : [...new Set(known)];
  assertMerchantOf(others.length === 0 ? row.incident.id : undefined, listed, merchant);
}

/**
 * What the shop has that the caller named. A handoff of before the incident listed its merchants knows no shop: what it
 * has may be anybody's, and counts only where no other handoff has the order for that shop.
 */
function entriesOf(
  merchant: string | undefined,
  entries: readonly OrderEntry[],
): readonly OrderEntry[] {
  if (merchant === undefined) return entries;
  const own = entries.filter(({ hit }) => hit.merchant === merchant);
  return own.length > 0 ? own : entries.filter(({ hit }) => hit.merchant === '');
}

/** Where nobody knows the digits, what the caller said rules nothing out. */
function mayBe({ lastFour }: LookUpHit, said: string | undefined): boolean {
  return said === undefined || lastFour === '' || lastFour === said;
}

/** What the newest handoff says of a card counts; older ones repeat it. Memory: one page. */
async function entriesIn(
  ports: Ports,
  row: IncidentRow,
  wanted: Uint8Array,
): Promise<readonly OrderEntry[]> {
  const { incident, documentSha256 } = row;
  const handoffs = await notifiedHandoffs(ports.handoffs, incident.id);
  const entries = new Map<string, OrderEntry>();
  let resolved: ResolvedReferences | undefined;
  for (const handoff of handoffs) {
    const { id, report } = handoff;
    const toldOf = new Set([...entries.values()].map(({ hit }) => hit.merchant));
    let at = -1;
    for await (const page of ports.handoffs.referencePages(id)) {
      const cursor = new ReferenceCursor(page, report?.merchants !== undefined);
      while (cursor.next()) {
        at += 1;
        if (!isSame(cursor, wanted)) continue;
        resolved ??= await resolvedReferences(ports.handoffs, ports.responses, handoffs);
        const hit: LookUpHit = {
          ...{ incident, ...described(cursor, handoff, resolved), card: undefined },
          isUnamended: isOfDocument(handoff, documentSha256),
        };
        const { merchant, brandIndex, lastFour, reason } = hit;
        // What could not be used then may be on a list by now: a newer handoff that has the order has the last word.
        if (reason !== undefined && toldOf.has(merchant)) continue;
        const key = JSON.stringify([merchant, brandIndex, lastFour, reason]);
        const known = entries.get(key);
        const handed = cursor.kind === undefined ? [] : [{ handoff, at }];
        const looks = looksOf(cursor.brandIndex, Number.parseInt(cursor.lastFour, 16));
        const entry = { hit, looks: cursor.kind === undefined ? looks : undefined, handed };
        entries.set(
          key,
          known === undefined ? entry : { ...known, handed: [...known.handed, ...handed] },
        );
      }
    }
  }
  return [...entries.values()];
}

/** Each hit with what is known of its card, where it is known which one that is. */
async function withCards(ports: Ports, { row, entries }: Fitting): Promise<readonly LookUpHit[]> {
  const listings = await listingsOfEntries(ports, row.incident.id, entries);
  return Promise.all(
    entries.map(async ({ hit }, at) => {
      const found = listings[at];
      if (found === undefined || hit.reason !== undefined) return hit;
      if (found.length === 0) return { ...hit, isUnlisted: true };
      return { ...hit, card: (await cardHit(ports, row, found)).card };
    }),
  );
}

function isSame({ text, length }: ReferenceCursor, wanted: Uint8Array): boolean {
  if (length !== wanted.length) return false;
  for (let at = 0; at < length; at += 1) if (text[at] !== wanted[at]) return false;
  return true;
}

function described(
  cursor: ReferenceCursor,
  { report }: HandoffRow,
  resolved: ResolvedReferences,
): Omit<LookUpHit, 'incident' | 'card' | 'isUnamended'> {
  const { kind, text, length, windows, reason } = cursor;
  const merchant = report?.merchants?.[cursor.merchant]?.merchant ?? '';
  const reference = new TextDecoder().decode(text.subarray(0, length));
  const card =
    kind === undefined ? undefined : resolved.get(resolvedKey(kind, merchant, reference));
  const { brandIndex, lastFour } = card ?? cursor;
  return {
    merchant,
    windows: (report?.windows ?? []).filter((_, place) => ((windows >>> place) & 1) === 1),
    ...{ brandIndex, lastFour },
    reason: reason < 0 ? undefined : reasons[reason]?.id,
  };
}
