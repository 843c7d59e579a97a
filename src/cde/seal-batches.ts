import { renderTruncated, truncatePan, TRUNCATED_BYTES } from '../domain/cards/truncation.ts';
import { unpackPan, PACKED_PAN_BYTES } from '../domain/cards/packed-pan.ts';
import { brands } from '../domain/cards/brands.ts';
import type { OutgoingCard } from '../domain/formats/outgoing-card.ts';
import { ProfileWriter } from '../domain/formats/profile-writer.ts';
import type { CardTable } from '../domain/intake/card-table.ts';
import type { ReferenceArena } from '../domain/intake/reference-arena.ts';
import type { BatchIssuer, BatchResult, PrepareJob } from '../exchange/card-process.ts';
import type { Sealer } from '../exchange/sealer.ts';
import type { ArrangedBatch, Arrangement } from './arrange-batches.ts';

/** Writes one sealed file under the outbox, whole or not at all. Implemented by edge/files. */
export type WriteSealed = (
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  encryptionSubkey: string,
) => Promise<{ bytes: number; sha256: string }>;

export interface SealRoom {
  readonly job: PrepareJob;
  readonly cards: CardTable;
  readonly references: ReferenceArena;
  readonly sealer: Sealer;
  readonly write: WriteSealed;
  newBatchId(): string;
}

/** At most this many truncated numbers of each issuer are shown in the review. */
const sampleMax = 5;

/**
 * Formats, seals and writes one batch; the clear file exists only as chunks on their way into the sealer. Throws what
 * the writer, the sealer and the file throw; then no file of that name exists.
 */
export async function sealBatch(
  room: SealRoom,
  arrangement: Arrangement,
  batch: ArrangedBatch,
  firstReference: number,
  onProgress: (cards: number) => void,
): Promise<BatchResult> {
  const { job, cards } = room;
  const recipient = job.recipients[batch.recipient]!;
  const id = room.newBatchId();
  const file = fileNameOf(job.mode, id);
  const issuers = batch.groups.map((run) => issuerOf(cards, arrangement.order, run));
  const count = batch.end - batch.start;
  let written = { bytes: 0, sha256: '' };
  if (!job.dryRun) {
    const writer = new ProfileWriter(recipient.profile, batchFacts(job, id, count));
    const load = loader(room, arrangement, batch, firstReference);
    const payload = writer.chunks(count, (index, card) => {
      if (index % progressEvery === 0) onProgress(index);
      load(index, card);
    });
    const sealed = room.sealer.seal({
      payload,
      certificate: new TextEncoder().encode(recipient.certificate),
      fingerprint: recipient.fingerprint,
      encryptionSubkey: recipient.encryptionSubkey,
      allow: recipient.allow,
      armor: recipient.profile.armor,
    });
    written = await room.write(file, sealed, recipient.encryptionSubkey);
  }
  return {
    batch: id,
    recipient: recipient.id,
    file,
    ...written,
    cards: count,
    firstReference,
    issuers,
  };
}

const progressEvery = 65_536;

/** Opaque outside; a drill says TEST wherever the file goes (design: mode). */
function fileNameOf(mode: 'drill' | 'live', batch: string): string {
  return mode === 'drill' ? `test-${batch}.pgp` : `${batch}.pgp`;
}

function loader(
  room: SealRoom,
  arrangement: Arrangement,
  batch: ArrangedBatch,
  firstReference: number,
): (index: number, card: OutgoingCard) => void {
  const { cards, references, job } = room;
  const { columns } = job.recipients[batch.recipient]!.profile;
  const hasReferences = columns.some(({ field }) => field === 'order_reference');
  let run = 0;
  return (index, card) => {
    const place = batch.start + index;
    while (place >= batch.groups[run]!.end) run += 1;
    const row = arrangement.order[place]!;
    card.length = unpackPan(cards.packed, row * PACKED_PAN_BYTES, card.digits);
    card.expiry = cards.expiry[row]!;
    card.reference = firstReference + index;
    if (hasReferences) {
      const reference = cards.firstReference[row]!;
      card.orderReference = reference < 0 ? undefined : references.bytesOf(reference);
    }
    card.brandName = brands[cards.brand[row]!]!.name;
    card.issuer = batch.groups[run]!.group.issuer;
    card.firstSeenMs = cards.firstSeen[row]!;
    card.lastSeenMs = cards.lastSeen[row]!;
  };
}

function batchFacts(
  job: PrepareJob,
  batch: string,
  count: number,
): ConstructorParameters<typeof ProfileWriter>[1] {
  const { incident } = job;
  return {
    mode: job.mode,
    batch,
    handoff: job.handoff,
    incident: incident.id,
    merchant: incident.merchant,
    caseNumber: incident.caseNumber,
    stage: incident.stage,
    windows: incident.windows.map(({ name, fromText, toText }) => ({
      name,
      from: fromText,
      to: toText,
    })),
    elements: incident.elements,
    cards: count,
    contact: job.contact,
    createdAt: new Date(job.createdAt),
    timeZone: incident.timeZone,
    sender: job.sender,
  };
}

function issuerOf(
  cards: CardTable,
  order: Int32Array,
  run: ArrangedBatch['groups'][number],
): BatchIssuer {
  const digits = new Uint8Array(19);
  const truncated = new Uint8Array(TRUNCATED_BYTES);
  const sample: string[] = [];
  for (let place = run.start; place < Math.min(run.end, run.start + sampleMax); place += 1) {
    const length = unpackPan(cards.packed, order[place]! * PACKED_PAN_BYTES, digits);
    truncatePan(digits, length, truncated, 0);
    sample.push(renderTruncated(truncated, 0));
  }
  digits.fill(0);
  const { issuer, brand, country } = run.group;
  return { issuer, brand, country, cards: run.end - run.start, sample };
}
