import { createHash } from 'node:crypto';

import type { BinTable } from '../domain/bins/bin-table.ts';
import { brandTableDigest } from '../domain/cards/brand-table-digest.ts';
import { KeyedHasher, KEYED_HASH_BYTES } from '../domain/cards/keyed-hash.ts';
import { CardTable } from '../domain/intake/card-table.ts';
import { reasons } from '../domain/intake/reasons.ts';
import { ReferenceArena } from '../domain/intake/reference-arena.ts';
import type { EarlierBatch, PrepareJob, PrepareResult } from '../exchange/card-process.ts';
import { arrangeBatches } from './arrange-batches.ts';
import type { Arrangement } from './arrange-batches.ts';
import { assertTally } from './assert-tally.ts';
import { EarlierCards } from './earlier-cards.ts';
import { emitPages } from './emit-pages.ts';
import { FindingBuffer } from './finding-buffer.ts';
import { frameKind } from './frames.ts';
import { copyHash } from './hash-index.ts';
import type { Outbound } from './outbound.ts';
import { IncidentRouter } from './route-cards.ts';
import { scanSources } from './scan-sources.ts';
import type { ScannedSources, SourceOpener } from './scan-sources.ts';
import { sealBatch } from './seal-batches.ts';
import type { WriteSealed } from './seal-batches.ts';
import type { Sealer } from '../exchange/sealer.ts';

/** What the process opened for this job with the secrets it was given. */
export interface JobTools {
  readonly bins: BinTable;
  readonly hashKey: Uint8Array;
  readonly openSource: SourceOpener;
  readonly sealer: Sealer;
  readonly write: WriteSealed;
  newBatchId(): string;
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
  const cards = new CardTable();
  const references = new ReferenceArena();
  try {
    const findings = new FindingBuffer(outbound);
    const router = new IncidentRouter(tools.bins, job.routes, job.recipients);
    const scanned = await scanSources(
      { job, router, cards, references, findings, open: tools.openSource },
      (done, total, records) =>
        outbound.sendDocument(frameKind.progress, { phase: 'reading', done, total, records }),
    );
    const hasher = new KeyedHasher(tools.hashKey);
    const hashes = hasher.hashAll(cards.packed, cards.count);
    hasher.destroy();
    const covered = await markCovered(job, earlier, cards, hashes, findings, outbound);
    await findings.flush(true);
    const isOut = (card: number): boolean => covered[card] === 0;
    const arrangement = arrangeBatches(cards, tools.bins, job.recipients, isOut);
    const tally = closeTally(scanned, covered, arrangement.order.length);
    const batches = await sealAll(job, tools, cards, references, hashes, arrangement, outbound);
    return {
      sources: scanned.sources,
      orders: scanned.orders,
      references: references.count,
      warnings: scanned.warnings,
      accepted: scanned.accepted,
      ...tally,
      batches,
      brandTable: brandTableDigest,
    };
  } finally {
    cards.wipe();
    references.wipe();
    tools.hashKey.fill(0);
  }
}

/** Marks cards that an earlier batch for the same recipient covers, and reports on which batches the plan relies. */
async function markCovered(
  job: PrepareJob,
  earlier: readonly EarlierBatch[],
  cards: CardTable,
  hashes: Uint8Array,
  findings: FindingBuffer,
  outbound: Outbound,
): Promise<Uint8Array> {
  const covered = new Uint8Array(cards.count);
  const alreadyHandedOff = reasons.findIndex((reason) => reason.id === 'already-handed-off');
  for (const [recipient, { id }] of job.recipients.entries()) {
    const batches = earlier.filter((batch) => batch.recipient === id);
    if (batches.length === 0) continue;
    const known = new EarlierCards(batches);
    const hits = batches.map((): number[] => []);
    for (let card = 0; card < cards.count; card += 1) {
      if (cards.recipient[card] !== recipient) continue;
      const owner = known.find(hashes, card * KEYED_HASH_BYTES);
      if (owner < 0) continue;
      covered[card] = 1;
      hits[owner]!.push(card);
      findings.finding(cards.firstSource[card]!, cards.firstLine[card]!, alreadyHandedOff);
    }
    for (const [owner, found] of hits.entries()) {
      if (found.length === 0) continue;
      const rows = new Uint8Array(found.length * KEYED_HASH_BYTES);
      for (const [index, card] of found.entries()) {
        copyHash(hashes, card, rows, index * KEYED_HASH_BYTES);
      }
      await outbound.sendRows(frameKind.reliedPage, { batch: batches[owner]!.batch }, rows);
    }
  }
  return covered;
}

function closeTally(
  scanned: ScannedSources,
  covered: Uint8Array,
  cardsOut: number,
): Pick<PrepareResult, 'read' | 'cards' | 'excluded' | 'held'> {
  const already = covered.reduce((sum, flag) => sum + flag, 0);
  const excluded = { ...scanned.excluded };
  if (already > 0) excluded['already-handed-off'] = already;
  const tally = { read: scanned.read, cards: cardsOut, excluded, held: scanned.held };
  assertTally(tally);
  return tally;
}

async function sealAll(
  job: PrepareJob,
  tools: JobTools,
  cards: CardTable,
  references: ReferenceArena,
  hashes: Uint8Array,
  arrangement: Arrangement,
  outbound: Outbound,
): Promise<PrepareResult['batches']> {
  const room = { job, cards, references, ...tools };
  const total = arrangement.order.length;
  const results: PrepareResult['batches'][number][] = [];
  let next = job.firstReference;
  for (const batch of arrangement.batches) {
    let reported: Promise<void> = Promise.resolve();
    const result = await sealBatch(room, arrangement, batch, next, (done) => {
      const progress = { phase: 'sealing', done: batch.start + done, total, records: total };
      reported = reported.then(() => outbound.sendDocument(frameKind.progress, progress));
    });
    await reported;
    next += result.cards;
    if (!job.dryRun) await emitPages(outbound, cards, hashes, arrangement, batch, result.batch);
    results.push(result);
  }
  return results;
}

/** The digest a bin table file must have: the same bytes the main process read when it wrote the plan. */
export function digestOfText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
