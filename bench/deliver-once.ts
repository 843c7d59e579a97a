// Delivers one file as `handoff deliver` does, without reading it back, and tells how long that took. Started by
// delivery-bench.ts:
//
//   node deliver-once.ts FILE NAME HOST PORT USER DIRECTORY HOST_KEY PRIVATE_KEY

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';

import { systemClock } from '../src/edge/clock/system-clock.ts';
import { systemPause } from '../src/edge/clock/system-pause.ts';
import { SftpCourier } from '../src/edge/sftp/sftp-courier.ts';
import { deliverBatch } from '../src/exchange/delivery/deliver-batch.ts';
import { MemoryJournal } from '../tests/support/memory-journal.ts';

const [file, name, host, port, user, directory, hostKey, keyFile] = process.argv.slice(2) as [
  ...[string, string, string, string, string, string, string, string],
];

/** As a workspace's outbox is read. */
const chunkBytes = 256 * 1024;
const privateKey = await readFile(keyFile);
const hash = createHash('sha256');
let sizeBytes = 0;
for await (const chunk of createReadStream(file, { highWaterMark: chunkBytes })) {
  hash.update(chunk as Uint8Array);
  sizeBytes += (chunk as Uint8Array).length;
}
const journal = new MemoryJournal();
journal.nowMs = Date.now();
journal.add({ batch: 'bench', state: 'approved', name, sizeBytes, sha256: hash.digest('hex') });

const began = performance.now();
const cpuBefore = process.cpuUsage();
const { state, fault } = await deliverBatch(
  { courier: new SftpCourier(), journal, clock: systemClock, pause: systemPause },
  {
    batch: 'bench',
    endpoint: {
      ...{ host, port: Number(port), user, directory, hostKeys: [hostKey] },
      ...{ authentication: 'key', canReadBack: false, canList: true, rename: 'plain' },
    },
    credentials: { privateKey },
    openPayload: () => createReadStream(file, { highWaterMark: chunkBytes }),
  },
);
const cpu = process.cpuUsage(cpuBefore);
const seconds = (performance.now() - began) / 1000;
if (state !== 'stored') throw new Error(`delivery ended as ${state}`, { cause: fault });
console.log(JSON.stringify({ seconds, cpuSeconds: (cpu.user + cpu.system) / 1e6 }));
