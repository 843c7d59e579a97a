import { createHash } from 'node:crypto';

import { DeliveryFault } from '../../exchange/delivery/delivery-errors.ts';
import type { ProbeFindings } from '../../exchange/recipients/remote-prober.ts';
import type { ProbeFiles } from './probe-files.ts';
import { RefusedRequest } from './request-deadline.ts';

type Measured = Omit<ProbeFindings, 'hostKey' | 'left'>;

const SMALL_BYTES = 4_096;
/** From what version 3 asks of every server up to what OpenSSH's packets hold. */
const writeSizes = [32, 64, 128, 255].map((kib) => kib * 1024);

/**
 * Asks one thing after the other, so that each answer is about one thing. What a server may end the connection over,
 * large writes, comes last.
 *
 * Throws DeliveryFault when no file can be made at all, and when the connection breaks before the large writes.
 */
export async function measureServer(files: ProbeFiles): Promise<Measured> {
  const { requests } = files;
  const first = files.name('a');
  const content = pattern(SMALL_BYTES);
  try {
    await files.write(first, content);
  } catch (error) {
    throw await files.explained(error, SMALL_BYTES);
  }
  const isCreateExclusive = !(await isDone(() => files.write(first, content)));
  const canSync =
    requests.features.canSync && (await isDone(() => files.write(files.name('s'), content, true)));
  const readBack = await readBackOf(files, first, content);
  const canLook = await isDone(() => requests.lstat(first));
  const canList = (await answer(() => files.isListed(first))) ?? false;
  const second = files.name('b');
  const canRename = await isDone(() => requests.rename(first, second));
  const renameOntoExisting = canRename ? await ontoExisting(files, second, content) : 'not-tried';
  const takesDotNames = await isDone(() => files.write(files.dotName('d'), content));
  const space = await answer(() => requests.space());
  const seen = { isCreateExclusive, canSync, readBack, canLook, canList, canRename };
  return {
    ...seen,
    takesDotNames,
    renameOntoExisting,
    freeBytes: space?.freeBytes,
    limits: files.limits,
    writeBytesMax: await largestWrite(files, readBack !== 'refused'),
  };
}

async function readBackOf(
  files: ProbeFiles,
  name: string,
  content: Buffer,
): Promise<Measured['readBack']> {
  const found = await answer(() => files.read(name, content.length));
  if (found === undefined) return 'refused';
  return found.sha256 === digestOf(content) ? 'same' : 'different';
}

async function ontoExisting(
  files: ProbeFiles,
  existing: string,
  content: Buffer,
): Promise<Measured['renameOntoExisting']> {
  const third = files.name('c');
  if (!(await isDone(() => files.write(third, content)))) return 'not-tried';
  return (await isDone(() => files.requests.rename(third, existing))) ? 'overwrites' : 'refused';
}

/** A write counts when the file is as long as it, and holds the same where we may read. */
async function largestWrite(files: ProbeFiles, mayRead: boolean): Promise<number> {
  const most = files.limits?.writeBytes ?? Number.POSITIVE_INFINITY;
  let largest = 0;
  for (const bytes of writeSizes) {
    if (most > 0 && bytes > most) break;
    if (!(await arrivesWhole(files, bytes, mayRead))) break;
    largest = bytes;
  }
  return largest;
}

async function arrivesWhole(files: ProbeFiles, bytes: number, mayRead: boolean): Promise<boolean> {
  const name = files.name(`w${bytes}`);
  const content = pattern(bytes);
  try {
    await files.write(name, content);
    if (mayRead) return (await files.read(name, bytes)).sha256 === digestOf(content);
    return (await files.requests.lstat(name)).sizeBytes === bytes;
  } catch (error) {
    // Also a server that ends the connection has told what it does not take.
    if (error instanceof RefusedRequest || error instanceof DeliveryFault) return false;
    throw error;
  }
}

/** Bytes of which no two neighbours of a block are alike, so that what is shifted or cut shows. */
function pattern(bytes: number): Buffer {
  return Buffer.from(Uint8Array.from({ length: bytes }, (_, at) => (at * 7 + (at >> 8)) & 0xff));
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Undefined when the server says no. A connection that breaks is another matter, and throws. */
async function answer<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof RefusedRequest) return undefined;
    throw error;
  }
}

async function isDone(act: () => Promise<unknown>): Promise<boolean> {
  return (await answer(() => act().then(() => true))) ?? false;
}
