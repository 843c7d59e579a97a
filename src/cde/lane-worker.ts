import { parentPort, workerData } from 'node:worker_threads';

import { faultDocument } from './errors.ts';
import { pagesOf } from './lane-memory.ts';
import type { FromLane, LaneStart, PagesMessage, SealMessage, ToLane } from './lane-messages.ts';
import { LanePages } from './lane-pages.ts';
import { makePages } from './make-pages.ts';
import { SegmentReader } from './segment-reader.ts';
import { writeSealedBatch } from './write-sealed-batch.ts';

// Entry point of a thread of the card process: reads segments, writes sealed files, makes pages. It holds no private key
// and no keyed-hash key; a session key it gets for the one file that it is for.

const port = parentPort!;
const start = workerData as LaneStart;
const reader = new SegmentReader(start, post);
const pages = new LanePages(pagesOf(start.memory, start.places), post);
/** Done when all pages that were asked for so far are made. */
let making: Promise<void> = Promise.resolve();
/** Files that wait for their signature. */
const signatures = new Map<string, (packet: Uint8Array | undefined) => void>();

port.on('message', (message: ToLane) => {
  switch (message.kind) {
    case 'source':
      reader.begin(message);
      break;
    case 'segment':
      reader.read(message);
      break;
    case 'seal':
      void seal(message);
      break;
    case 'signature':
      signatures.get(message.file)?.(message.packet);
      signatures.delete(message.file);
      break;
    case 'pages':
      making = making.then(() => makeTask(message));
      break;
    case 'page-sent':
      pages.sent(message.page);
      break;
  }
});

async function seal({ task }: SealMessage): Promise<void> {
  const { file } = task;
  const signed = (digest: Uint8Array): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      signatures.set(file, (packet) => {
        if (packet !== undefined) resolve(packet);
        else reject(new Error('not signed'));
      });
      post({ kind: 'digest', file, digest });
    });
  try {
    const sealed = await writeSealedBatch(task, signed, (cards) => {
      post({ kind: 'progress', file, cards });
    });
    post({ kind: 'sealed', file, sealed });
  } catch (error) {
    post({ kind: 'seal-fault', file, fault: faultDocument(error) });
  }
}

async function makeTask({ task }: PagesMessage): Promise<void> {
  try {
    await makePages(pages, task);
    post({ kind: 'pages-made' });
  } catch (error) {
    post({ kind: 'pages-made', fault: faultDocument(error) });
  }
}

function post(message: FromLane): void {
  port.postMessage(message);
}
