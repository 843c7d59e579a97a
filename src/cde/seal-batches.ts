import { brands } from '../domain/cards/brands.ts';
import { renderTruncated, truncatePan, TRUNCATED_BYTES } from '../domain/cards/truncation.ts';
import { unpackPan, PACKED_PAN_BYTES } from '../domain/cards/packed-pan.ts';
import type { BatchFacts } from '../domain/formats/batch-facts.ts';
import { saysOfBatch } from '../domain/formats/says-of-batch.ts';
import { nonceDigest } from '../domain/handoff/batch-nonce.ts';
import { isPackedReference } from '../domain/intake/packed-reference.ts';
import type { CardTable } from '../domain/intake/card-table.ts';
import type { MerchantBook } from '../domain/intake/merchant-book.ts';
import { MERCHANT_MARK_BYTES } from '../domain/intake/record-rows.ts';
import type { ReferenceArena } from '../domain/intake/reference-arena.ts';
import type {
  BatchIssuer,
  BatchResult,
  JobWindow,
  PrepareJob,
  RoutedRecipient,
} from '../exchange/handoff/card-process.ts';
import { merchantTexts } from './merchant-texts.ts';
import type { Sealer } from '../exchange/handoff/sealer.ts';
import type { ArrangedBatch, Arrangement } from './arrange-batches.ts';
import { type SealTask } from './write-sealed-batch.ts';
import type { Sign, writeSealedBatch } from './write-sealed-batch.ts';

/** Writes one file here or in another thread, like `writeSealedBatch`. */
export type WriteBatch = typeof writeSealedBatch;

export interface SealRoom {
  readonly job: PrepareJob;
  readonly cards: CardTable;
  readonly references: ReferenceArena;
  readonly merchants?: MerchantBook | undefined;
  readonly sealer: Sealer;
  readonly arrangement: Arrangement;
  readonly write: WriteBatch;
}

/** A batch with its place among the record references of the incident. */
export interface NumberedBatch extends ArrangedBatch {
  readonly id: string;
  readonly nonce: string;
  readonly firstReference: number;
}

/** Draws what nobody can guess. */
export interface BatchNames {
  readonly newBatchId: () => string;
  /** 24 letters, as `nonceOf` makes them. */
  readonly newNonce: () => string;
}

/** At most this many truncated numbers of each issuer are shown in the review. */
const sampleMax = 5;

/** Gives every batch its id, its nonce and its record references, in the order of the plan. */
export function numberBatches(
  batches: readonly ArrangedBatch[],
  firstReference: number,
  { newBatchId, newNonce }: BatchNames,
): NumberedBatch[] {
  let next = firstReference;
  return batches.map((batch) => {
    const numbered = { ...batch, id: newBatchId(), nonce: newNonce(), firstReference: next };
    next += batch.end - batch.start;
    return numbered;
  });
}

/**
 * Seals one batch, unless this is a dry run, and says what came of it. Throws what `writeSealedBatch` and `Sealer.open`
 * throw.
 */
export async function sealBatch(
  room: SealRoom,
  batch: NumberedBatch,
  onProgress: (cards: number) => void,
): Promise<BatchResult> {
  const { job, cards, arrangement } = room;
  const file = fileNameOf(job.mode, batch.id);
  const recipient = job.recipients[batch.recipient]!;
  const isSealed = !job.dryRun && job.isImport !== true;
  const written = isSealed
    ? await writeBatch(room, batch, file, onProgress)
    : { bytes: 0, sha256: '' };
  const hasNonce = isSealed && saysOfBatch(recipient.profile, 'nonce');
  return {
    batch: batch.id,
    recipient: recipient.id,
    file,
    ...written,
    ...(hasNonce ? { nonceSha256: nonceDigest(batch.nonce) } : {}),
    ...(asksForWaiver(job, recipient) ? { requestsWaiver: true } : {}),
    cards: batch.end - batch.start,
    firstReference: batch.firstReference,
    issuers: batch.groups.map((run) => issuerOf(cards, arrangement.order, run)),
  };
}

async function writeBatch(
  { job, sealer, arrangement, cards, references, merchants, write }: SealRoom,
  batch: NumberedBatch,
  file: string,
  onProgress: (cards: number) => void,
): ReturnType<WriteBatch> {
  const recipient = job.recipients[batch.recipient]!;
  const { profile, encryptionSubkey, fingerprint, allow } = recipient;
  const certificate = new TextEncoder().encode(recipient.certificate);
  const terms = { certificate, fingerprint, encryptionSubkey, allow, armor: profile.armor };
  const { opening, sign } = await sealer.open(terms);
  const { packed, expiry, brand, firstSeen, lastSeen, firstReference } = cards;
  const columns = { packed, expiry, brand, firstSeen, lastSeen, firstReference };
  const isReferences = job.subject === 'references';
  // A reference says no brand where a card is of an unknown one.
  const brandNames = brands.map(({ name }, place) => (isReferences && place === 0 ? '' : name));
  const order = arrangement.order.subarray(batch.start, batch.end);
  const named = merchantTexts(job, profile, merchants, order);
  const task: SealTask = {
    cards: {
      columns: {
        ...{ ...columns, ...references.texts },
        ...(isReferences ? { windows: cards.windows } : {}),
        ...(merchants && { referenceMarkBytes: MERCHANT_MARK_BYTES }),
        ...(merchants && named && { merchants: merchants.ofCard }),
      },
      order,
      ...(named && { merchants: named }),
      issuers: batch.groups.map(({ group, end }) => ({
        issuer: group.issuer,
        end: end - batch.start,
      })),
      brandNames,
      windowNames: job.incident.windows.map(({ name }) => name),
      firstReference: batch.firstReference,
    },
    profile,
    facts: batchFacts(job, recipient, batch),
    ...{ opening, file, encryptionSubkey, outbox: job.outbox },
  };
  return write(task, sign satisfies Sign, onProgress);
}

/** Opaque outside; a drill says TEST wherever the file goes (design: mode). */
function fileNameOf(mode: 'drill' | 'live', batch: string): string {
  return mode === 'drill' ? `test-${batch}.pgp` : `${batch}.pgp`;
}

/** Whether a recipient's files ask for it: only where their profile has a place for that. */
function asksForWaiver({ requestsWaiver }: PrepareJob, { profile }: RoutedRecipient): boolean {
  return requestsWaiver === true && saysOfBatch(profile, 'waiver_request');
}

function batchFacts(
  job: PrepareJob,
  recipient: RoutedRecipient,
  { id: batch, nonce, start, end }: NumberedBatch,
): BatchFacts {
  const { incident } = job;
  return {
    mode: job.mode,
    batch,
    handoff: job.handoff,
    incident: incident.id,
    merchant: incident.merchant,
    caseNumber: incident.caseNumber,
    stage: incident.stage,
    lists: recipient.lists ?? 'delta',
    windows: windowFacts(incident.windows),
    elements: incident.elements,
    cards: end - start,
    contact: job.contact,
    createdAt: new Date(job.createdAt),
    timeZone: incident.timeZone,
    sender: job.sender,
    requestsWaiver: asksForWaiver(job, recipient),
    nonce,
  };
}

/** One for each name: where merchants have their own times, from the first moment of any to the last. */
function windowFacts(windows: readonly JobWindow[]): BatchFacts['windows'] {
  const widest = new Map<string, { from: JobWindow; to: JobWindow }>();
  for (const window of windows) {
    const known = widest.get(window.name);
    widest.set(window.name, {
      from: known === undefined || window.fromMs < known.from.fromMs ? window : known.from,
      to: known === undefined || window.toMs > known.to.toMs ? window : known.to,
    });
  }
  return [...widest].map(([name, { from, to }]) => ({
    ...{ name, from: from.fromText, to: to.toText },
  }));
}

function issuerOf(
  cards: CardTable,
  order: Int32Array,
  run: ArrangedBatch['groups'][number],
): BatchIssuer {
  const digits = new Uint8Array(19);
  const truncated = new Uint8Array(TRUNCATED_BYTES);
  const { issuer, brand, country } = run.group;
  const cardsOfRun = run.end - run.start;
  const first = order[run.start]!;
  if (isPackedReference(cards.packed, first * PACKED_PAN_BYTES)) {
    return { issuer, brand, country, cards: cardsOfRun, sample: [] };
  }
  const sample: string[] = [];
  for (let place = run.start; place < Math.min(run.end, run.start + sampleMax); place += 1) {
    const length = unpackPan(cards.packed, order[place]! * PACKED_PAN_BYTES, digits);
    truncatePan(digits, length, truncated, 0);
    sample.push(renderTruncated(truncated, 0));
  }
  digits.fill(0);
  return { issuer, brand, country, cards: cardsOfRun, sample };
}
