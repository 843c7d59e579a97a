import { randomBytes } from 'node:crypto';

import { nonceDigest, nonceOf, NONCE_LETTERS } from '../domain/handoff/batch-nonce.ts';
import { recallFileChunks } from '../domain/recalls/recall-file.ts';
import { writeSealedFile } from '../edge/files/sealed-file.ts';
import type { Sealer } from '../exchange/handoff/sealer.ts';
import type { RecallJob, RecallOrder, SealedRecall } from '../exchange/recall/recall-sealer.ts';

/** Seals recall files one after the other. Throws what `Sealer.seal` and `writeSealedFile` throw. */
export async function sealRecalls(
  { orders, outbox }: RecallJob,
  sealer: Sealer,
): Promise<readonly SealedRecall[]> {
  const sealed: SealedRecall[] = [];
  for (const order of orders) sealed.push(await sealOne(order, outbox, sealer));
  return sealed;
}

async function sealOne(
  { recipient, recall }: RecallOrder,
  outbox: string,
  sealer: Sealer,
): Promise<SealedRecall> {
  const batch = randomBytes(5).toString('hex');
  const nonce = nonceOf(randomBytes(NONCE_LETTERS));
  // Opaque but for what it is: nobody's program is to take it for a list.
  const file = `${recall.mode === 'drill' ? 'test-' : ''}recall-${batch}.pgp`;
  const { certificate, fingerprint, encryptionSubkey, allow, profile } = recipient;
  const runs = new Uint8Array(Buffer.from(recall.runs, 'base64'));
  const chunks = sealer.seal({
    certificate: new TextEncoder().encode(certificate),
    ...{ fingerprint, encryptionSubkey, allow, armor: profile.armor },
    payload: recallFileChunks({ ...recall, batch, nonce, runs }),
  });
  const written = await writeSealedFile(outbox, file, chunks, encryptionSubkey);
  return { batch, file, ...written, nonceSha256: nonceDigest(nonce) };
}
