import { setImmediate } from 'node:timers/promises';

import type { BinTable } from '../domain/bins/bin-table.ts';
import { brandTableDigest } from '../domain/cards/brand-table-digest.ts';
import { KEYED_HASH_BYTES, KeyedHasher } from '../domain/cards/keyed-hash.ts';
import { PACKED_PAN_BYTES } from '../domain/cards/packed-pan.ts';
import { DecisionFault } from '../domain/handoff/decision-errors.ts';
import { FormatsFault } from '../domain/formats/errors.ts';
import { CardTable } from '../domain/intake/card-table.ts';
import { allocateMemory } from '../domain/intake/column-memory.ts';
import { MerchantBook } from '../domain/intake/merchant-book.ts';
import { PersonBook } from '../domain/intake/person-book.ts';
import { ReferenceArena } from '../domain/intake/reference-arena.ts';
import { readsPersons } from '../domain/intake/person-columns.ts';
import { WarnedRecords } from '../domain/intake/warned-records.ts';
import type {
  EarlierBatch,
  PrepareJob,
  PrepareResult,
  RepeatedCards,
} from '../exchange/handoff/card-process.ts';
import { arrangeBatches } from './arrange-batches.ts';
import type { Arrangement } from './arrange-batches.ts';
import { closeTally, totalsOf, warningsOfSent } from './close-tally.ts';
import { countNamedCards, emitPersons } from './emit-persons.ts';
import { FindingBuffer } from './finding-buffer.ts';
import { frameKind } from './frames.ts';
import { hashReferences } from './hash-references.ts';
import { markCovered } from './mark-covered.ts';
import type { Outbound } from './outbound.ts';
import { rerouteCards } from './reroute-cards.ts';
import { incidentRouter } from './route-cards.ts';
import { scanSources } from './scan-sources.ts';
import type { SourceOpener } from './scan-sources.ts';
import { inTurns, onlyOnce } from './in-turns.ts';
import { openLanes } from './open-lanes.ts';
import { numberBatches, sealBatch } from './seal-batches.ts';
import type { BatchNames } from './seal-batches.ts';
import type { WriteBatch } from './seal-batches.ts';
import { SealingProgress } from './sealing-progress.ts';
import { sendPages, sendReferencesAhead } from './send-pages.ts';
import type { PagesRoom } from './send-pages.ts';
import { writeSealedBatch } from './write-sealed-batch.ts';
import type { Sealer } from '../exchange/handoff/sealer.ts';

/**
 * What the process opened for this job with the secrets it was given. Stretching the passphrase takes longer than
 * reading a small source, so what comes of it is waited for where it is used; both reject with `passphrase-wrong`.
 */
export interface JobTools extends BatchNames {
  readonly bins: BinTable;
  /** 32 bytes, zeroed at the end of the job. */
  readonly hashKey: Promise<Uint8Array>;
  /** 32 bytes, zeroed likewise. */
  readonly personKey: Promise<Uint8Array>;
  readonly openSource: SourceOpener;
  readonly sealer: Promise<Sealer>;
}

/**
 * One prepare from sources to sealed files. Findings and progress stream out while it reads; pages follow when every
 * source has passed its checks, so that a refused source leaves nothing behind. Card columns are zeroed at the end,
 * whatever the end is.
 *
 * Throws the faults of intake, sealing and files, and `tally-wrong` should the counts not add up.
 */
export async function runPrepare(
  job: PrepareJob,
  tools: JobTools,
  earlier: readonly EarlierBatch[],
  outbound: Outbound,
): Promise<Omit<PrepareResult, 'wrappedKey'>> {
  const tables = newTables(job, earlier.length > 0);
  const { cards, references, merchants, persons } = tables;
  const lanes = await openLanes(job, tools.bins);
  try {
    const findings = new FindingBuffer(outbound, merchants !== undefined);
    const router = incidentRouter(job, tools.bins);
    const scanned = await scanSources(
      { ...tables, job, router, findings, open: tools.openSource, ...(lanes && { lanes }) },
      (done, total, records) =>
        outbound.sendDocument(frameKind.progress, { phase: 'reading', done, total, records }),
    );
    if (merchants !== undefined) rerouteCards(cards, merchants, router);
    references.listed.match(cards);
    cards.settle();
    references.settle();
    const room = { ...tables, job, lanes, outbound };
    const referring = sendReferencesAhead(room);
    const hashes = onlyOnce(() => hashAll(job, tools, tables));
    const told = { ...tables, job, earlier, hashes, findings, outbound };
    const { covered, count, repeats } = await markCovered(told);
    await findings.flush(true);
    assertWhole(job, repeats);
    const isOut = (card: number) => covered[card] === 0;
    const arrangement = arrangeBatches(cards, tools.bins, job.recipients, isOut);
    assertProfilesFit(job, arrangement);
    const tally = closeTally(scanned, count, arrangement.order.length, merchants);
    const batches = await sealAll({ ...room, arrangement, referring }, tools, hashes);
    return {
      ...(job.subject && { subject: job.subject }),
      ...{ ...totalsOf(scanned), references: references.count },
      warnings: warningsOfSent(scanned, cards, covered),
      ...(await sendPersons(job, tools, tables, hashes, outbound)),
      ...withoutOrder(job, cards, references, covered),
      ...{ ...tally, batches, brandTable: brandTableDigest },
      ...merchantSets(batches, arrangement, merchants),
      ...(repeats.length > 0 && { repeats }),
    };
  } finally {
    await lanes?.close();
    for (const table of [cards, references, persons]) table?.wipe();
    await wipeKeys(tools);
  }
}

async function wipeKeys({ hashKey, personKey }: JobTools): Promise<void> {
  for (const key of [hashKey, personKey]) (await key.catch(() => undefined))?.fill(0);
}

/** Where what the sources say is gathered. */
function newTables(job: PrepareJob, mayBeCovered: boolean) {
  const merchants = merchantBook(job);
  const persons = personBook(job);
  const cards = new CardTable(mayBeCovered ? new WarnedRecords() : undefined);
  return { cards, references: new ReferenceArena(), merchants, persons };
}

function merchantBook({ incident }: PrepareJob): MerchantBook | undefined {
  return incident.merchants && new MerchantBook(incident.merchants.map(({ id }) => id));
}

function personBook({ sources }: PrepareJob): PersonBook | undefined {
  return sources.some(({ spec }) => readsPersons(spec)) ? new PersonBook() : undefined;
}

/** Sends the index of persons, unless nothing is to be stored; says how many cards it leads to. */
async function sendPersons(
  { dryRun }: PrepareJob,
  { personKey }: JobTools,
  { persons: book, references }: Pick<Outgoing, 'references'> & { persons: PersonBook | undefined },
  hashes: () => Promise<Uint8Array>,
  outbound: Outbound,
): Promise<Pick<PrepareResult, 'foundByName'>> {
  if (book === undefined) return {};
  const { listed } = references;
  if (!dryRun) {
    await emitPersons(outbound, { book, listed, key: await personKey, hashes: await hashes() });
  }
  return { foundByName: countNamedCards({ book, listed }) };
}

/** Cards hashed in one go: some milliseconds. */
const hashedAtOnce = 2 ** 18;

async function hashAll(
  { subject }: PrepareJob,
  tools: JobTools,
  { cards, references, merchants }: Pick<PagesRoom, 'cards' | 'references' | 'merchants'>,
): Promise<Uint8Array> {
  const hasher = new KeyedHasher(await tools.hashKey);
  try {
    if (subject === 'references') return hashReferences(hasher, cards, references, merchants);
    const hashes = new Uint8Array(allocateMemory(cards.count * KEYED_HASH_BYTES));
    for (let from = 0; from < cards.count; from += hashedAtOnce) {
      const count = Math.min(hashedAtOnce, cards.count - from);
      const packed = cards.packed.subarray(from * PACKED_PAN_BYTES);
      hasher.hashAll(packed, count, hashes.subarray(from * KEYED_HASH_BYTES));
      // Files are opened for sealing meanwhile, in this thread as well, and other threads wait for that.
      await setImmediate();
    }
    return hashes;
  } finally {
    hasher.destroy();
  }
}

/** Where the cards of each batch were seen: a merchant may turn out not to be one of the incident. */
function merchantSets(
  batches: PrepareResult['batches'],
  arrangement: Arrangement,
  merchants: MerchantBook | undefined,
): Pick<PrepareResult, 'merchantSets'> {
  if (merchants === undefined) return {};
  const counted = arrangement.batches.map(({ start, end }, place) => {
    const sets = merchants.setsOf(arrangement.order.subarray(start, end));
    return sets === undefined ? [] : [[batches[place]!.batch, sets] as const];
  });
  return { merchantSets: Object.fromEntries(counted.flat()) };
}

/** Who stands behind these cards cannot be told from the sources. */
function withoutOrder(
  { subject, isImport }: PrepareJob,
  cards: CardTable,
  { listed }: ReferenceArena,
  covered: Uint8Array,
): Pick<PrepareResult, 'withoutOrder'> {
  if (subject !== undefined || isImport === true) return {};
  const inOrder = new Uint8Array(cards.count);
  for (let order = 0; order < listed.count; order += 1) {
    if (listed.cardOf(order) >= 0) inOrder[listed.cardOf(order)] = 1;
  }
  let count = 0;
  for (let card = 0; card < cards.count; card += 1) {
    if (covered[card] === 0 && cards.references[card] === 0 && inOrder[card] === 0) count += 1;
  }
  return { withoutOrder: count };
}

/** Whoever takes each list for the whole stops to watch what it lacks. Throws `list-not-whole`, before anything is sealed. */
function assertWhole(
  { dryRun, acceptAbsent }: PrepareJob,
  repeats: readonly RepeatedCards[],
): void {
  const lacking = repeats.find(({ absent = 0 }) => absent > 0);
  if (lacking === undefined || dryRun || acceptAbsent === true) return;
  const { recipient, cards, absent = 0 } = lacking;
  throw new DecisionFault('list-not-whole', { recipient, cards, absent });
}

/**
 * A profile is written for cards or for references, and shops number their orders alike: whoever finds payments by them has
 * to be told whose each is. Throws `profile-subject`, `references-by-merchant`: better now than a file nobody can read.
 */
function assertProfilesFit(job: PrepareJob, { batches }: Arrangement): void {
  const subject = job.subject ?? 'cards';
  for (const { recipient } of batches) {
    const { id, profile } = job.recipients[recipient]!;
    const facts = { recipient: id, profile: profile.id };
    if ((profile.subject ?? 'cards') !== subject) {
      throw new FormatsFault('profile-subject', { ...facts, subject });
    }
    if (subject === 'cards' || job.incident.merchants === undefined) continue;
    if (profile.columns.some(({ field }) => field === 'merchant')) continue;
    throw new FormatsFault('references-by-merchant', facts);
  }
}

interface Outgoing extends PagesRoom {
  readonly arrangement: Arrangement;
  /** Pages of references that are made already; it was seen to that its rejection is no one's surprise. */
  readonly referring: Promise<void> | undefined;
}

/**
 * Seals all batches, as many at once as there are threads, and sends their pages meanwhile: both read the same columns.
 * The first failure is the one that is told, when none of them works any more.
 */
async function sealAll(
  outgoing: Outgoing,
  tools: JobTools,
  hashes: () => Promise<Uint8Array>,
): Promise<PrepareResult['batches']> {
  const { job, arrangement, lanes, outbound, referring } = outgoing;
  const sealer = await tools.sealer;
  const write: WriteBatch = lanes ? (...args) => lanes.write(...args) : writeSealedBatch;
  const room = { ...outgoing, sealer, write };
  const batches = numberBatches(arrangement.batches, job.firstReference, tools);
  const progress = new SealingProgress(outbound, arrangement.order.length);
  const sealing = inTurns(batches, lanes?.count ?? 1, (batch) =>
    sealBatch(room, batch, progress.of(batch.id)),
  );
  const paging = job.dryRun
    ? Promise.resolve()
    : hashes().then((rows) => sendPages(outgoing, arrangement, batches, rows, referring));
  const [sealed, paged] = await Promise.allSettled([sealing, paging]);
  if (sealed.status === 'rejected') throw sealed.reason;
  if (paged.status === 'rejected') throw paged.reason;
  await progress.sent();
  return sealed.value;
}
