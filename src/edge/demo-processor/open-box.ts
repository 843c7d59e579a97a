import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { isFault } from '../../domain/fault.ts';
import type { DemoReceipt, DemoRecipient, OurSide } from '../../exchange/demo/demo-partners.ts';
import { openSource } from '../openpgp/open-source.ts';
import type { OurKey } from '../openpgp/our-key.ts';
import { CardCounter } from './card-counter.ts';

const CHUNK_BYTES = 256 * 1024;
/** A name that begins so is still being written, or was left behind. */
const HIDDEN = '.';

/** Opens every file of a recipient's box with its private key and counts; one that cannot be opened says why. */
export async function openBox(
  recipient: DemoRecipient,
  directory: string,
  key: OurKey,
  us: OurSide,
): Promise<DemoReceipt[]> {
  const names = (await readdir(directory)).filter((name) => !name.startsWith(HIDDEN)).sort();
  const receipts: DemoReceipt[] = [];
  for (const file of names) {
    receipts.push({ recipient, file, ...(await openFile(join(directory, file), key, us)) });
  }
  return receipts;
}

async function openFile(
  path: string,
  key: OurKey,
  us: OurSide,
): Promise<Omit<DemoReceipt, 'recipient' | 'file'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  async function* sealed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
      const part = chunk as Uint8Array;
      hash.update(part);
      bytes += part.length;
      yield part;
    }
  }
  const counter = new CardCounter();
  const { certificate, fingerprint } = us;
  const opened = openSource(sealed(), key, [{ certificate, fingerprint, allow: [] }]);
  try {
    for await (const chunk of opened.clear) {
      counter.feed(chunk);
    }
    // Only a source taken unsigned has none.
    const { signedBy = '' } = await opened.verdict;
    const { mode, announced } = counter.finish();
    const { cards } = counter;
    return { bytes, sha256: hash.digest('hex'), cards, announced, mode, signedBy };
  } catch (error) {
    const fault = isFault(error) ? error.code : 'unreadable';
    return { bytes, sha256: '', cards: 0, announced: 0, mode: '', fault };
  }
}
