import { brands } from '../domain/cards/brands.ts';
import { PACKED_PAN_BYTES, unpackPan } from '../domain/cards/packed-pan.ts';
import type { BatchFacts } from '../domain/formats/batch-facts.ts';
import type { OutgoingCard } from '../domain/formats/outgoing-card.ts';
import type { Profile } from '../domain/formats/profile.ts';
import { ProfileWriter } from '../domain/formats/profile-writer.ts';
import { writeSealedFile, type SealedFile } from '../edge/files/sealed-file.ts';
import { BulkSealer } from '../edge/openpgp/bulk-sealer.ts';
import type { SealOpening } from '../exchange/sealer.ts';

/** The columns of cards that a file is written from. */
export interface SealedColumns {
  readonly packed: Uint8Array;
  readonly expiry: Uint16Array;
  readonly brand: Uint8Array;
  readonly firstSeen: Float64Array;
  readonly lastSeen: Float64Array;
  readonly firstReference: Int32Array;
  /** Texts of all references, and where each ends. */
  readonly referenceBytes: Uint8Array;
  readonly referenceEnds: Uint32Array;
}

/** One batch to be written: plain data over shared columns, so that any thread can do it. */
export interface SealTask {
  readonly columns: SealedColumns;
  /** The batch's cards, in the order of the file. */
  readonly order: Int32Array;
  /** Issuers of runs of `order`, and where each run ends in it. */
  readonly issuers: readonly { readonly issuer: string; readonly end: number }[];
  readonly profile: Profile;
  readonly facts: BatchFacts;
  /** Record reference of the first card. */
  readonly firstReference: number;
  readonly opening: SealOpening;
  readonly outbox: string;
  readonly file: string;
  readonly encryptionSubkey: string;
}

/** Asks whoever holds our key for the signature packet over a digest. */
export type Sign = (digest: Uint8Array) => Promise<Uint8Array>;

const progressEvery = 65_536;

/**
 * Formats, seals and writes one batch; the clear file exists only as chunks on their way into the sealer. Throws what
 * the writer, the sealer and the file throw; then no file of that name exists.
 */
export async function writeSealedBatch(
  task: SealTask,
  sign: Sign,
  onProgress: (cards: number) => void,
): Promise<SealedFile> {
  const bulk = new BulkSealer(task.opening);
  try {
    const chunks = sealedChunks(task, bulk, sign, onProgress);
    return await writeSealedFile(task.outbox, task.file, chunks, task.encryptionSubkey);
  } finally {
    bulk.wipe();
  }
}

async function* sealedChunks(
  { profile, facts, order, ...task }: SealTask,
  bulk: BulkSealer,
  sign: Sign,
  onProgress: (cards: number) => void,
): AsyncGenerator<Uint8Array> {
  yield bulk.start();
  const writer = new ProfileWriter(profile, facts);
  const load = loader({ profile, facts, order, ...task });
  const clear = writer.chunks(order.length, (index, card) => {
    if (index % progressEvery === 0) onProgress(index);
    load(index, card);
  });
  for (const chunk of clear) {
    const sealed = bulk.update(chunk);
    chunk.fill(0);
    letGo(chunk);
    yield sealed;
    letGo(sealed);
  }
  yield bulk.finish(await sign(bulk.digest()));
}

/**
 * Frees memory that nobody reads again, at once: a collector that counts objects lets a hundred megabytes of buffers
 * gather. Both kinds of chunk are memory of their own.
 */
function letGo(bytes: Uint8Array): void {
  if (bytes.buffer instanceof ArrayBuffer) bytes.buffer.transfer(0);
}

function loader(task: SealTask): (index: number, card: OutgoingCard) => void {
  const { columns, order, issuers, firstReference } = task;
  const { referenceBytes, referenceEnds } = columns;
  const hasReferences = task.profile.columns.some(({ field }) => field === 'order_reference');
  let run = 0;
  return (index, card) => {
    while (index >= issuers[run]!.end) run += 1;
    const row = order[index]!;
    card.length = unpackPan(columns.packed, row * PACKED_PAN_BYTES, card.digits);
    card.expiry = columns.expiry[row]!;
    card.reference = firstReference + index;
    if (hasReferences) {
      const reference = columns.firstReference[row]!;
      const start = reference > 0 ? referenceEnds[reference - 1]! : 0;
      card.orderReference =
        reference < 0 ? undefined : referenceBytes.subarray(start, referenceEnds[reference]);
    }
    card.brandName = brands[columns.brand[row]!]!.name;
    card.issuer = issuers[run]!.issuer;
    card.firstSeenMs = columns.firstSeen[row]!;
    card.lastSeenMs = columns.lastSeen[row]!;
  };
}
