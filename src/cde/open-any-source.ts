import { fileKindOf } from '../domain/intake/file-kinds.ts';
import { openSource } from '../edge/openpgp/open-source.ts';
import type { OurKey } from '../edge/openpgp/our-key.ts';
import type { PinnedSender } from '../exchange/handoff/card-process.ts';
import { receiveSource } from './read-source.ts';
import type { SourceOpener } from './scan-sources.ts';

/** Enough of a file to tell an OpenPGP message from text. */
const headBytes = 1024;

/**
 * Opens a source in whichever form it came: clear text as it is, an OpenPGP message decrypted with our key and signed
 * by a pinned sender, or by nobody known where `acceptUnsigned` says so. Which of the two it is, its first bytes say, not
 * its name. Signatures older than `signedFrom` are refused.
 */
export function openAnySource(
  ourKey: OurKey | Promise<OurKey>,
  senders: readonly PinnedSender[],
  acceptUnsigned = false,
  signedFrom?: Date,
): SourceOpener {
  return async (path, number) => {
    const received = await receiveSource(path, number);
    const chunks = received.chunks[Symbol.asyncIterator]();
    const head = await readHead(chunks);
    const all = resume(head, chunks);
    const kind = fileKindOf(head);
    const facts = {
      totalBytes: received.totalBytes,
      receivedBytes: received.receivedBytes,
      sha256: received.sha256,
    };
    if (kind !== 'openpgp' && kind !== 'openpgp-armored') {
      return {
        ...facts,
        isEncrypted: false,
        clear: all,
        verdict: () => Promise.resolve(undefined),
      };
    }
    const opened = openSource(copies(all), await ourKey, senders, {
      acceptUnsigned,
      ...(signedFrom === undefined ? {} : { signedFrom }),
    });
    return {
      ...facts,
      isEncrypted: true,
      clear: opened.clear,
      verdict: async () => {
        const { signedBy } = await opened.verdict;
        return senders.find(({ fingerprint }) => fingerprint === signedBy)?.id;
      },
      signedAt: async () => (await opened.verdict).signedAt,
    };
  };
}

/** Reads until the head is full or the source ends; a pipe may deliver a few bytes at a time. */
async function readHead(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let head = new Uint8Array(0);
  while (head.length < headBytes) {
    const next = await chunks.next();
    if (next.done === true) break;
    const longer = new Uint8Array(head.length + next.value.length);
    longer.set(head);
    longer.set(next.value, head.length);
    head.fill(0);
    head = longer;
  }
  return head;
}

async function* resume(
  head: Uint8Array,
  chunks: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  head.fill(0);
  for (;;) {
    const next = await chunks.next();
    if (next.done === true) return;
    yield next.value;
  }
}

/** The library keeps chunks while it works on later ones; the reader overwrites its buffer. */
async function* copies(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield chunk.slice();
}
