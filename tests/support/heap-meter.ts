// A program of its own, because what a test runner allocates would be counted: prepares lists of records in this thread,
// one after the other, and prints as JSON what each prepare allocated on the JavaScript heap and what was left of it.
//
//   node --expose-gc tests/support/heap-meter.ts RECORDS [RECORDS …]

import { Session, type HeapProfiler } from 'node:inspector/promises';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';

import { Outbound } from '../../src/cde/outbound.ts';
import { runPrepare } from '../../src/cde/prepare-job.ts';
import type { OpenedSource } from '../../src/cde/scan-sources.ts';
import { BinTable } from '../../src/domain/bins/bin-table.ts';
import { nonceOf, NONCE_LETTERS } from '../../src/domain/handoff/batch-nonce.ts';
import { sourceSpecSchema } from '../../src/domain/intake/source-spec.ts';
import { OpenpgpSealer } from '../../src/edge/openpgp/seal.ts';
import type { PrepareJob } from '../../src/exchange/handoff/card-process.ts';
import { cardJob } from './card-job.ts';
import { ourTestKey } from './our-test-key.ts';
import { asciiOf, between, cardDigits, seededRandom } from './seeded-cards.ts';

/** What one prepare cost, in bytes of the JavaScript heap: buffers lie outside of it. */
export interface HeapReading {
  readonly records: number;
  readonly cards: number;
  /** All objects and strings, those that were garbage at once included; an estimate from samples. */
  readonly allocated: number;
  /** The functions that allocated most, with their bytes. */
  readonly mostBy: readonly string[];
  /** More in use afterwards than before. */
  readonly kept: number;
}

const sampleEvery = 1_024;
const chunkBytes = 256 * 1024;

/** Orders of the shop, a fifth of them dirty, as one piece of memory. */
function orders(records: number): Uint8Array {
  const rng = seededRandom(records);
  const text = ['order no,ordered_at,channel,card_number,expiry,memo\n'];
  const recent: string[] = [];
  for (let row = 0; row < records; row++) {
    const digits = asciiOf(cardDigits(rng, { prefix: `49${String(row).padStart(7, '0')}` }));
    recent[row % 1_000] = digits.toString('latin1');
    text.push(orderRow(rng, row, recent));
  }
  return new TextEncoder().encode(text.join(''));
}

function orderRow(rng: () => number, row: number, recent: readonly string[]): string {
  const own = recent[row % 1_000]!;
  const day = `2020-01-${String(between(rng, 1, 28)).padStart(2, '0')} 10:20:30`;
  const kind = between(rng, 0, 49);
  if (kind === 0) return `A${row},${day},rakuten,${own},1228,\n`;
  if (kind === 1) return `A${row},2019-01-01,web,${own},1228,\n`;
  if (kind === 2) return `A${row},${day},web,${own.slice(0, 15)},1228,\n`;
  if (kind === 3) return `A${row},${day},web,${own.slice(0, 6)}******${own.slice(-4)},1228,\n`;
  if (kind < 8) return `A${row},${day},web,${recent[row % 7]!},0129,"a ""b"",\nc"\n`;
  if (kind === 8) return `A${row},${day},web,${own.replace(/(.{4})(?=.)/gu, '$1-')},12/28,\n`;
  if (kind === 9) return `A${row},,web,${own},,\n`;
  return `A${row},${day},web,${own},1228,\n`;
}

/** A source that lies in memory, in pieces as a file is read in. */
function inMemory(bytes: Uint8Array): () => Promise<OpenedSource> {
  let read = 0;
  async function* pieces(): AsyncGenerator<Uint8Array> {
    await Promise.resolve();
    for (; read < bytes.length; read += chunkBytes) yield bytes.subarray(read, read + chunkBytes);
  }
  return () =>
    Promise.resolve({
      ...{ clear: pieces(), totalBytes: bytes.length, sha256: () => '' },
      isEncrypted: false,
      ...{ receivedBytes: () => read, verdict: () => Promise.resolve(undefined) },
    });
}

async function prepare(job: PrepareJob, source: Uint8Array): Promise<number> {
  const { ourKey } = await ourTestKey();
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => void setImmediate(done) });
  const tools = {
    bins: BinTable.from([], '2026-01-01'),
    hashKey: Promise.resolve(new Uint8Array(32)),
    personKey: Promise.resolve(new Uint8Array(32)),
    openSource: inMemory(source),
    sealer: Promise.resolve(new OpenpgpSealer(ourKey)),
    newBatchId: () => randomBytes(5).toString('hex'),
    newNonce: () => nonceOf(randomBytes(NONCE_LETTERS)),
  };
  return (await runPrepare(job, tools, [], new Outbound(nowhere))).cards;
}

async function measure(job: PrepareJob, records: number): Promise<HeapReading> {
  const source = orders(records);
  const session = new Session();
  session.connect();
  await settled();
  const before = process.memoryUsage().heapUsed;
  await session.post('HeapProfiler.startSampling', {
    samplingInterval: sampleEvery,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  const cards = await prepare(job, source);
  const { profile } = await session.post('HeapProfiler.stopSampling');
  session.disconnect();
  const { allocated, mostBy } = sumOf(profile);
  await settled();
  const kept = process.memoryUsage().heapUsed - before;
  return { records, cards, allocated, mostBy, kept };
}

/** What is still on its way out of a prepare, or of the profile, is kept by nobody: it goes once the loop has turned. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await setTimeout(30);
    global.gc!();
  }
}

function sumOf(
  profile: HeapProfiler.SamplingHeapProfile,
): Pick<HeapReading, 'allocated' | 'mostBy'> {
  const byFunction = new Map<string, number>();
  const walk = ({ callFrame, selfSize, children }: HeapProfiler.SamplingHeapProfileNode): void => {
    const file = callFrame.url.replace(/^.*\/(?=src|node_modules)/u, '');
    const name = `${callFrame.functionName} ${file}:${callFrame.lineNumber + 1}`;
    byFunction.set(name, (byFunction.get(name) ?? 0) + selfSize);
    for (const child of children) walk(child);
  };
  walk(profile.head);
  const sorted = [...byFunction].sort(([, a], [, b]) => b - a);
  return {
    allocated: sorted.reduce((sum, [, bytes]) => sum + bytes, 0),
    mostBy: sorted.slice(0, 8).map(([name, bytes]) => `${bytes} ${name}`),
  };
}

const folder = mkdtempSync(join(tmpdir(), 'mimamori-heap-'));
try {
  const spec = sourceSpecSchema.parse({ order_key: 'order no', one_row_per_item: true });
  const made = await cardJob(folder, 0);
  const job = { ...made, jobs: 1, acceptHeld: ['date-missing'], sources: [{ path: 'list', spec }] };
  const incident = { ...job.incident, excludedChannels: ['rakuten'] };
  const windows = incident.windows.map((window) => ({
    ...window,
    fromMs: Date.UTC(2020, 0, 1) - 9 * 3_600_000,
  }));
  const readings: HeapReading[] = [];
  for (const records of process.argv.slice(2).map(Number)) {
    readings.push(await measure({ ...job, incident: { ...incident, windows } }, records));
  }
  console.log(JSON.stringify(readings));
} finally {
  rmSync(folder, { recursive: true });
}
