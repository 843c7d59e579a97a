import { createHash, timingSafeEqual } from 'node:crypto';

import { RecipientsFault } from '../domain/recipients/errors.ts';
import { fileDigestIn } from '../domain/recipients/read-back.ts';
import { openSource } from '../edge/openpgp/open-source.ts';
import type { OurKey } from '../edge/openpgp/our-key.ts';
import { OpenpgpFault } from '../edge/openpgp/errors.ts';
import type { KeyRing } from '../exchange/keys/key-ring.ts';
import type { AnswerFileJob, OpenedAnswer } from '../exchange/recipients/test-answers.ts';
import { receiveSource } from './read-source.ts';

/** A test file is a few kilobytes; what comes back is that, signed and encrypted. */
const SEALED_BYTES_MAX = 1024 * 1024;
const CLEAR_BYTES_MAX = 256 * 1024;

/**
 * Opens a file that answers a test: encrypted to us, signed by the recipient's pinned certificate, and holding exactly
 * what the test file held. Of its content nothing leaves this process but whether it is the same.
 *
 * Throws `recipient-test-missing` for a test that was made before answers by file, `source-*` as `openSource` does,
 * `source-too-large` for what is larger than any answer, clear or sealed.
 */
export async function openAnswer(
  { path, recipient, signer, test, wrappedAnswer, signedFrom }: AnswerFileJob,
  ring: KeyRing,
  ourKey: OurKey,
): Promise<OpenedAnswer> {
  const received = await receiveSource(path, 0);
  if (received.totalBytes > SEALED_BYTES_MAX) {
    throw new OpenpgpFault('source-too-large', { bytesMax: SEALED_BYTES_MAX });
  }
  const opened = openSource(limited(received.chunks), ourKey, [signer], {
    clearBytesMax: CLEAR_BYTES_MAX,
    signedFrom: new Date(signedFrom),
  });
  const hash = createHash('sha256');
  for await (const chunk of opened.clear) hash.update(chunk);
  await opened.verdict;
  const answer = ring.unwrap(`recipient-test/${test}`, bytesOf(wrappedAnswer));
  try {
    const expected = fileDigestIn(answer);
    if (expected === undefined) {
      throw new RecipientsFault('recipient-test-missing', { recipient, why: 'by-phone-only' });
    }
    const isSame = timingSafeEqual(expected, hash.digest());
    return { isSame, sha256: received.sha256(), bytes: received.receivedBytes() };
  } finally {
    answer.fill(0);
  }
}

/** A file may grow while it is read. The reader overwrites its buffer; the library keeps chunks. */
async function* limited(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let count = 0;
  for await (const chunk of chunks) {
    count += chunk.length;
    if (count > SEALED_BYTES_MAX) {
      throw new OpenpgpFault('source-too-large', { bytesMax: SEALED_BYTES_MAX });
    }
    yield chunk.slice();
  }
}

function bytesOf(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}
