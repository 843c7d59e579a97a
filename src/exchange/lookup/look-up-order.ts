import { ReferenceCursor } from '../../domain/handoff/reference-page.ts';
import { reasons } from '../../domain/intake/reasons.ts';
import { askDesk, isOfDocument } from './ask-desk.ts';
import type { AskPorts, AskRequest } from './ask-desk.ts';
import type { HandoffRegister, HandoffRow } from '../handoff/handoff-register.ts';
import type { IncidentRow } from '../incident/incident-register.ts';
import { notifiedHandoffs } from '../notices/listed-notices.ts';
import type { LookUpAnswer, LookUpHit } from './look-up-answer.ts';
import { resolvedKey, resolvedReferences } from '../responses/resolved-references.ts';
import type { ResolvedReferences } from '../responses/resolved-references.ts';
import type { AnswersRead } from '../responses/response-register.ts';

type Ports = AskPorts & { readonly handoffs: HandoffRegister; readonly responses: AnswersRead };

/**
 * What is known of an order or of another reference: its cards by brand and last four digits, and records of it without a
 * usable number. The reference has to be the same, letter by letter. Throws what `askDesk` throws.
 */
export function lookUpOrder(
  ports: Ports,
  request: AskRequest & { readonly reference: string },
): Promise<LookUpAnswer> {
  const wanted = new TextEncoder().encode(request.reference);
  return askDesk(ports, 'order', request, async (rows) => {
    const hits: LookUpHit[] = [];
    for (const row of rows) hits.push(...(await hitsIn(ports, row, wanted)));
    return hits;
  });
}

/** What the newest handoff says of a card counts; older ones repeat it. Memory: one page. */
async function hitsIn(
  ports: Ports,
  { incident, documentSha256 }: IncidentRow,
  wanted: Uint8Array,
): Promise<readonly LookUpHit[]> {
  const rows = await notifiedHandoffs(ports.handoffs, incident.id);
  const hits = new Map<string, LookUpHit>();
  let resolved: ResolvedReferences | undefined;
  for (const row of rows) {
    const toldOf = new Set([...hits.values()].map(({ merchant }) => merchant));
    for await (const page of ports.handoffs.referencePages(row.id)) {
      const cursor = new ReferenceCursor(page, row.report?.merchants !== undefined);
      while (cursor.next()) {
        if (!isSame(cursor, wanted)) continue;
        resolved ??= await resolvedReferences(ports.handoffs, ports.responses, rows);
        const hit: LookUpHit = {
          ...{ incident, ...described(cursor, row, resolved), card: undefined },
          isUnamended: isOfDocument(row, documentSha256),
        };
        const { merchant, brandIndex, lastFour, reason } = hit;
        // What could not be used then may be on a list by now: a newer handoff that has the order has the last word.
        if (reason !== undefined && toldOf.has(merchant)) continue;
        const key = JSON.stringify([merchant, brandIndex, lastFour, reason]);
        if (!hits.has(key)) hits.set(key, hit);
      }
    }
  }
  return [...hits.values()];
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
