import { KEYED_HASH_BYTES } from '../domain/cards/keyed-hash.ts';
import type { CardTable } from '../domain/intake/card-table.ts';
import type { MerchantBook } from '../domain/intake/merchant-book.ts';
import { reasonIndex } from '../domain/intake/reasons.ts';
import type {
  EarlierBatch,
  PrepareJob,
  RepeatedCards,
  RoutedRecipient,
} from '../exchange/handoff/card-process.ts';
import { EarlierCards } from './earlier-cards.ts';
import type { FindingBuffer } from './finding-buffer.ts';
import { frameKind } from './frames.ts';
import { copyHash } from './hash-words.ts';
import type { Outbound } from './outbound.ts';

const ALREADY_HANDED_OFF = reasonIndex('already-handed-off');

interface CoverRoom {
  readonly job: PrepareJob;
  readonly earlier: readonly EarlierBatch[];
  readonly cards: CardTable;
  readonly merchants: MerchantBook | undefined;
  readonly hashes: () => Promise<Uint8Array>;
  readonly findings: FindingBuffer;
  readonly outbound: Outbound;
}

/** `covered` has a 1 for each card that stays out because an earlier batch for its recipient holds it: `count` of them. */
interface Covered {
  readonly covered: Uint8Array;
  readonly count: number;
  readonly repeats: readonly RepeatedCards[];
}

/**
 * Finds the cards that an earlier batch for the same recipient holds. They are left out, and reported as what the plan
 * relies on; a recipient of cumulative lists gets them again, and so does everyone in a correction: the earlier list is
 * what was wrong. A batch that was recalled in part keeps nothing out. Earlier hashes are compared only when there are any.
 */
export async function markCovered(room: CoverRoom): Promise<Covered> {
  const { job, earlier, cards, merchants, findings } = room;
  const covered = new Uint8Array(cards.count);
  const repeats: RepeatedCards[] = [];
  let count = 0;
  if (earlier.length === 0) return { covered, count, repeats };
  for (const [place, recipient] of job.recipients.entries()) {
    const batches = coveringFirst(earlier, recipient);
    if (batches.length === 0) continue;
    const known = new EarlierCards(batches);
    const isAgain = isRepeated(job, recipient);
    const { hits, all } = await findHolders(room, known, place, batches.length, (card, owner) => {
      if (isAgain || batches[owner]!.isRecalled) return;
      covered[card] = 1;
      count += 1;
      merchants?.cover(card);
      const merchant = merchants === undefined ? 0 : merchants.firstOf(card);
      const [source, line] = [cards.firstSource[card]!, cards.firstLine[card]!];
      findings.finding(source, line, ALREADY_HANDED_OFF, merchant);
    });
    const found = hits.reduce((sum, held) => sum + held.length, 0);
    if (isAgain && all > 0) repeats.push(repeatOf(recipient, all, found, known));
    for (const [owner, held] of hits.entries()) {
      const { batch, isRecalled } = batches[owner]!;
      const kind = isAgain || isRecalled ? frameKind.repeatedPage : frameKind.reliedPage;
      await sendHashes(room, kind, batch, held);
    }
  }
  return { covered, count, repeats };
}

/** A card in several batches belongs to the first of these, which is one that keeps it out if any does. */
function coveringFirst(
  earlier: readonly EarlierBatch[],
  { id }: RoutedRecipient,
): readonly EarlierBatch[] {
  const own = earlier.filter(({ recipient }) => recipient === id);
  const recalled = own.filter(({ isRecalled }) => isRecalled);
  return [...own.filter(({ isRecalled }) => !isRecalled), ...recalled];
}

function isRepeated(job: PrepareJob, { lists }: RoutedRecipient): boolean {
  return lists === 'cumulative' || job.incident.stage === 'correction';
}

/** By batch the cards it holds, in input order; a card in several of them belongs to the oldest. */
async function findHolders(
  { cards, hashes }: CoverRoom,
  known: EarlierCards,
  recipient: number,
  batches: number,
  onFound: (card: number, owner: number) => void,
): Promise<{ hits: number[][]; all: number }> {
  const rows = await hashes();
  const hits = Array.from({ length: batches }, (): number[] => []);
  let all = 0;
  for (let card = 0; card < cards.count; card += 1) {
    if (cards.recipient[card] !== recipient) continue;
    all += 1;
    const owner = known.find(rows, card * KEYED_HASH_BYTES);
    if (owner < 0) continue;
    hits[owner]!.push(card);
    onFound(card, owner);
  }
  return { hits, all };
}

function repeatOf(
  { id, lists = 'delta' }: RoutedRecipient,
  cards: number,
  repeated: number,
  known: EarlierCards,
): RepeatedCards {
  const told = { recipient: id, lists, cards, repeated };
  return lists === 'delta' ? told : { ...told, absent: known.distinct - repeated };
}

async function sendHashes(
  { hashes, outbound }: CoverRoom,
  kind: typeof frameKind.reliedPage | typeof frameKind.repeatedPage,
  batch: string,
  held: readonly number[],
): Promise<void> {
  if (held.length === 0) return;
  const from = await hashes();
  const rows = new Uint8Array(held.length * KEYED_HASH_BYTES);
  for (const [index, card] of held.entries()) copyHash(from, card, rows, index * KEYED_HASH_BYTES);
  await outbound.sendRows(kind, { batch }, rows);
}
