import { ReferenceCursor } from '../../domain/handoff/reference-page.ts';
import { reasons } from '../../domain/intake/reasons.ts';
import type { Reason } from '../../domain/intake/reasons.ts';
import { NoticeEntries } from '../../domain/notices/notice-entries.ts';
import type { HandoffRegister, HandoffRow } from '../handoff/handoff-register.ts';
import type { ListedMerchant } from './notice-register.ts';
import { resolvedKey } from '../responses/resolved-references.ts';
import type { ResolvedCard, ResolvedReferences } from '../responses/resolved-references.ts';

/** One entry of the list: an order reference with one of its cards, or with the reason why there is none. */
export interface NoticeRow {
  readonly reference: string;
  /** Id; '' where the incident lists none. */
  readonly merchant: string;
  /** Names of the windows that its records matched. */
  readonly windows: readonly string[];
  /** 0 without a card. */
  readonly brandIndex: number;
  /** '' without a card. */
  readonly lastFour: string;
  readonly reason: Reason | undefined;
}

/** What a list came to. */
export interface NoticeCounts {
  readonly rows: number;
  readonly references: number;
  /** Entries without a card, by reason. */
  readonly withoutCard: Readonly<Record<string, number>>;
  /** Entries of references whose last four digits nobody has told: the processor has not answered, or not about these. */
  readonly unnamed: number;
}

/**
 * Handoffs whose references are told: those of the incident that were not declined or cancelled, newest first. Whether
 * their files have left, or were recalled, plays no part: a person is affected either way.
 */
export async function notifiedHandoffs(
  handoffs: HandoffRegister,
  incident: string,
): Promise<readonly HandoffRow[]> {
  const rows = await handoffs.list(incident);
  return rows
    .filter(({ outcome, report }) => {
      return outcome !== 'decline' && outcome !== 'cancel' && report?.isRecall !== true;
    })
    .reverse();
}

/**
 * Reads the references of handoffs, given newest first, as one list without repetitions. `seen` holds them afterwards;
 * `only`: those of this merchant. Of references that were handed over in place of cards, `resolved` says brand and last
 * four digits. Memory: one page, the distinct references as bytes, and those that were resolved.
 */
export async function* listNotices(
  handoffs: HandoffRegister,
  rows: readonly HandoffRow[],
  seen: NoticeEntries = new NoticeEntries(),
  only?: string,
  resolved: ResolvedReferences = new Map(),
): AsyncGenerator<NoticeRow> {
  for (const { id, report } of rows) {
    seen.beginHandoff();
    const merchants = report?.merchants?.map(({ merchant }) => merchant);
    for await (const page of handoffs.referencePages(id)) {
      const cursor = new ReferenceCursor(page, merchants !== undefined);
      while (cursor.next()) {
        const merchant = merchants?.[cursor.merchant] ?? '';
        if (only !== undefined && merchant !== only) continue;
        // By the card that the line shows: two handoffs may know of it differently.
        const { brandIndex, lastFour } = cardOf(cursor, merchant, resolved);
        const { text, length, reason } = cursor;
        if (!seen.take({ text, length, reason, brandIndex, lastFour }, merchant)) continue;
        yield rowOf(cursor, merchant, report?.windows ?? [], { brandIndex, lastFour });
      }
    }
  }
}

/** Reads a list for what its entries leave behind. */
export async function drain(list: AsyncGenerator): Promise<void> {
  while ((await list.next()).done !== true);
}

/**
 * Under which merchant lists that were read to their end have what was recorded of a reference. What was recorded before
 * the incident listed merchants is that of the one merchant which has the reference now. Where several have it, nobody
 * can tell whose it was, and it counts for none: to be told twice is better than never.
 */
export function listedIn(seen: NoticeEntries): ListedMerchant {
  return ({ merchant, reference }) => {
    const having = seen.merchantsOf(encoder.encode(reference));
    if (having.includes(merchant)) return merchant;
    return merchant === '' && having.length === 1 ? having[0] : undefined;
  };
}

function cardOf(
  cursor: ReferenceCursor,
  merchant: string,
  resolved: ResolvedReferences,
): ResolvedCard {
  const { kind, text, length } = cursor;
  if (kind === undefined || resolved.size === 0) return cursor;
  const reference = decoder.decode(text.subarray(0, length));
  return resolved.get(resolvedKey(kind, merchant, reference)) ?? cursor;
}

function rowOf(
  cursor: ReferenceCursor,
  merchant: string,
  names: readonly string[],
  { brandIndex, lastFour }: ResolvedCard,
): NoticeRow {
  const { text, length, windows, reason } = cursor;
  const reference = decoder.decode(text.subarray(0, length));
  return {
    reference,
    merchant,
    windows: names.filter((_, place) => ((windows >>> place) & 1) === 1),
    brandIndex,
    lastFour,
    reason: reason < 0 ? undefined : reasons[reason]?.id,
  };
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
