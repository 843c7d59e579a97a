import type { BatchFacts } from '../domain/formats/batch-facts.ts';
import type { OutgoingCards } from '../domain/formats/outgoing-cards.ts';
import type { Profile } from '../domain/formats/profile.ts';
import { ProfileWriter } from '../domain/formats/profile-writer.ts';
import { writeSealedFile, type SealedFile } from '../edge/files/sealed-file.ts';
import { BulkSealer } from '../edge/openpgp/bulk-sealer.ts';
import type { SealOpening } from '../exchange/handoff/sealer.ts';

/** One batch to be written: plain data over shared columns, so that any thread can do it. */
export interface SealTask {
  readonly cards: OutgoingCards;
  readonly profile: Profile;
  readonly facts: BatchFacts;
  readonly opening: SealOpening;
  readonly outbox: string;
  readonly file: string;
  readonly encryptionSubkey: string;
}

/** Asks whoever holds our key for the signature packet over a digest. */
export type Sign = (digest: Uint8Array) => Promise<Uint8Array>;

/** Cards from one progress message to the next. */
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
  { profile, facts, cards }: SealTask,
  bulk: BulkSealer,
  sign: Sign,
  onProgress: (cards: number) => void,
): AsyncGenerator<Uint8Array> {
  yield bulk.start();
  const writer = new ProfileWriter(profile, facts);
  let next = 0;
  for (const chunk of writer.chunks(cards)) {
    if (writer.written >= next) {
      onProgress(next);
      next += progressEvery;
    }
    const sealed = bulk.update(chunk);
    yield sealed;
    letGo(sealed);
  }
  onProgress(writer.written);
  yield bulk.finish(await sign(bulk.digest()));
}

/**
 * Frees memory that nobody reads again, at once: a collector that counts objects lets a hundred megabytes of buffers
 * gather.
 */
function letGo(bytes: Uint8Array): void {
  if (bytes.buffer instanceof ArrayBuffer) bytes.buffer.transfer(0);
}
