// node bench/slow-recipient-bench.ts [--others 8 --mib 24 --runs 5 --slow-kib 64]
//
// What one troubled recipient costs the others: files go to several directories of a real OpenSSH server at once, with
// no further recipient, with one behind a slow line, and with one whose line goes dead in the middle of its file. The
// three take turns; the troubled delivery begins first and is still under way when the others have ended.

import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { systemClock } from '../src/edge/clock/system-clock.ts';
import { systemPause } from '../src/edge/clock/system-pause.ts';
import { SftpCourier } from '../src/edge/sftp/sftp-courier.ts';
import { generateSftpKey } from '../src/edge/sftp/sftp-key.ts';
import { deliverBatch } from '../src/exchange/delivery/deliver-batch.ts';
import type { DeliveryReport } from '../src/exchange/delivery/delivery-lease.ts';
import { DELIVERIES_MAX, DeliveryPlaces } from '../src/exchange/delivery/delivery-places.ts';
import { CutProxy } from '../tests/support/cut-proxy.ts';
import { MemoryJournal } from '../tests/support/memory-journal.ts';
import { startSshd } from '../tests/support/sshd.ts';
import type { Sshd } from '../tests/support/sshd.ts';
import { Scratch } from './scratch.ts';
import { writePayload } from './sealing-bench.ts';

const troubles = ['none', 'slow', 'dead'] as const;
type Trouble = (typeof troubles)[number];

/** Behind the login and some of the file. */
const deadAtByte = 500_000;
const troubled = 'troubled';

const { values } = parseArgs({
  options: {
    others: { type: 'string', default: '8' },
    mib: { type: 'string', default: '24' },
    runs: { type: 'string', default: '5' },
    'slow-kib': { type: 'string', default: '64' },
  },
});
const scratch = new Scratch();
process.once('SIGINT', () => void scratch.dispose().finally(() => process.exit(130)));
try {
  await compare(Number(values.others), Number(values.mib), Number(values.runs));
} finally {
  await scratch.dispose();
}

/** What all deliveries share. */
interface Scene {
  readonly server: Sshd;
  readonly file: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly privateKey: Buffer;
  readonly others: readonly string[];
}

async function compare(count: number, mebibytes: number, runs: number): Promise<void> {
  const scene = await setScene(count, mebibytes);
  await deliverAll(scene, 'none');
  const taken: Record<Trouble, Taken[]> = { none: [], slow: [], dead: [] };
  for (let run = 0; run < runs; run += 1) {
    // Whoever comes first differs, so that a machine growing busier favours nobody.
    for (let turn = 0; turn < troubles.length; turn += 1) {
      const trouble = troubles[(run + turn) % troubles.length]!;
      taken[trouble].push(await deliverAll(scene, trouble));
    }
    const said = troubles.map((trouble) => {
      const { seconds, cpuSeconds } = taken[trouble][run]!;
      return `${trouble} ${seconds.toFixed(2)} s (CPU ${cpuSeconds.toFixed(2)} s)`;
    });
    console.log(`${run + 1}/${runs}: ${said.join(', ')}`);
  }
  for (const trouble of ['slow', 'dead'] as const) {
    const change = (of: keyof Taken): string => {
      const pairs = taken[trouble].map((pair, run) => pair[of] / taken.none[run]![of]);
      return ((median(pairs) - 1) * 100).toFixed(1);
    };
    console.log(
      `others beside a ${trouble} recipient: ${change('seconds')} % of time, ${change('cpuSeconds')} % of our CPU`,
    );
  }
}

async function setScene(count: number, mebibytes: number): Promise<Scene> {
  const file = scratch.path('file');
  writePayload(file, mebibytes);
  const bytes = readFileSync(file);
  const pair = await generateSftpKey('ed25519', 'mimamori bench');
  const server = await startSshd({ authorizedKeys: [pair.publicLine] });
  scratch.onDispose(() => server.stop());
  return {
    ...{ server, file, sizeBytes: bytes.length, privateKey: Buffer.from(pair.privateKey) },
    sha256: createHash('sha256').update(bytes).digest('hex'),
    others: Array.from({ length: count }, (_, index) => `other-${index}`),
  };
}

/** From the start of all deliveries until the last of the others is stored; CPU of this process, proxy included. */
interface Taken {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

async function deliverAll(scene: Scene, trouble: Trouble): Promise<Taken> {
  const { server, others } = scene;
  for (const name of [...others, troubled]) mkdirSync(join(server.directory, name));
  const proxy = await CutProxy.start(server.port);
  if (trouble === 'slow') proxy.bytesPerSecond = Number(values['slow-kib']) * 1024;
  if (trouble === 'dead') {
    proxy.fault = { direction: 'to-server', atByte: deadAtByte, kind: 'hole' };
  }
  const places = new DeliveryPlaces(DELIVERIES_MAX);
  const end = new AbortController();
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  const held =
    trouble === 'none'
      ? undefined
      : places.run(troubled, () => deliver(scene, troubled, proxy.port, end.signal));
  const reports = await Promise.all(
    others.map((name) => places.run(name, () => deliver(scene, name, server.port))),
  );
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  end.abort();
  const left = await held;
  await proxy.stop();
  for (const name of [...others, troubled])
    rmSync(join(server.directory, name), { recursive: true });
  if (reports.some(({ state }) => state !== 'stored')) throw new Error('a delivery failed');
  if (left !== undefined && left.fault?.code !== 'delivery-interrupted') {
    throw new Error(`the troubled delivery ended before the others: ${left.state}`);
  }
  return { seconds, cpuSeconds: (user + system) / 1e6 };
}

function deliver(
  { server, file, sizeBytes, sha256, privateKey }: Scene,
  name: string,
  port: number,
  signal?: AbortSignal,
): Promise<DeliveryReport> {
  const { host, user, hostKeys } = server;
  const journal = new MemoryJournal();
  journal.nowMs = Date.now();
  journal.add({ batch: name, state: 'approved', name: 'file', sizeBytes, sha256 });
  return deliverBatch(
    { courier: new SftpCourier(), journal, clock: systemClock, pause: systemPause },
    {
      batch: name,
      endpoint: {
        ...{ host, port, user, hostKeys, directory: join(server.directory, name) },
        ...{ authentication: 'key', canReadBack: false, canList: true, rename: 'plain' },
      },
      credentials: { privateKey },
      openPayload: () => createReadStream(file, { highWaterMark: 256 * 1024 }),
      ...(signal && { signal }),
    },
  );
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;
}
