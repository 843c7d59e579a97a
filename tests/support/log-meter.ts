// A program of its own, because what a test runner allocates would be counted: makes logs of so many entries, with a text
// beside each, a checkpoint at every fourth and all of these in an anchor, goes through each log with the acts that read all
// of it, and prints as JSON the most that each act held at once.
//
//   node --expose-gc tests/support/log-meter.ts ENTRIES [ENTRIES …]

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { encodeAnchor } from '../../src/domain/audit/anchor.ts';
import { leafHash } from '../../src/domain/tlog/hashes.ts';
import { rootAt } from '../../src/domain/tlog/tree.ts';
import { AnchorDirectory } from '../../src/edge/files/anchor-directory.ts';
import { logFolders } from '../../src/edge/files/log-folder.ts';
import { newFolders } from '../../src/edge/files/new-folders.ts';
import { SqliteLogBook } from '../../src/edge/sqlite/log-book.ts';
import { exportAudit } from '../../src/exchange/audit/export-audit.ts';
import type { LogFolders } from '../../src/exchange/audit/log-folders.ts';
import type { LogBook } from '../../src/exchange/audit/log-book.ts';
import { verifyAudit } from '../../src/exchange/audit/verify-audit.ts';
import { verifyExport } from '../../src/exchange/audit/verify-export.ts';
import { signedCheckpoint, testLeaf, testLogKey } from './audit-log.ts';
import { growTree } from './merkle-tree.ts';
import { memoryInUse } from './memory-in-use.ts';
import { StoreBench } from './store-bench.ts';

/** The most that was in use at one moment, on the JavaScript heap and beside it, in bytes more than before. */
export interface LogReading {
  readonly entries: number;
  readonly checkpoints: number;
  readonly verifyStore: number;
  readonly verifyExport: number;
  readonly export: number;
}

const rowsAtOnce = 2_000;
const entriesACheckpoint = 4;
const samples = 6;
const key = testLogKey();

/** What stands outside the leaf: longer than what is held for another reason. */
const nameOf = (index: number): string => `officer ${index} `.padEnd(200, 'x');

async function fill(store: StoreBench, entries: number): Promise<number> {
  const leaves = Array.from({ length: entries }, (_, number) => {
    const bytes = testLeaf(number, nameOf(number));
    return { number, bytes, hash: leafHash(bytes) };
  });
  const { nodes, readNode } = growTree(leaves.map(({ hash }) => hash));
  const places = [...nodes].map(([place, hash]) => {
    const [level, number] = place.split('/').map(Number) as [number, number];
    return { level, number, hash };
  });
  const texts = leaves.map(({ number }) => ({ leaf: number, field: 'name', text: nameOf(number) }));
  const sizes = leaves.map(({ number }) => number + 1).filter((n) => n % entriesACheckpoint === 0);
  const signed = sizes.map((size) => signedCheckpoint(key, size, rootAt(size, readNode)));
  const checkpoints = signed.map(({ size, root, note }) => ({
    ...{ size, root, note: new TextDecoder().decode(note), signed_at: 0 },
  }));
  for (let from = 0; from < places.length; from += rowsAtOnce) {
    const some = <T>(rows: readonly T[]): T[] => rows.slice(from, from + rowsAtOnce);
    const { db } = store;
    await db.insertInto('node').values(some(places)).execute();
    if (from < entries) await db.insertInto('leaf').values(some(leaves)).execute();
    if (from < entries) await db.insertInto('leaf_text').values(some(texts)).execute();
    if (from < signed.length) await db.insertInto('checkpoint').values(some(checkpoints)).execute();
  }
  mkdirSync(join(store.directory, 'anchor'));
  for (const { note } of signed) {
    const { name, bytes } = encodeAnchor(note, key.key);
    writeFileSync(join(store.directory, 'anchor', name), bytes);
  }
  return signed.length;
}

type Step = () => Promise<void>;

/** The most in use at some moments of an act, which calls `step` at each of `steps`. */
async function mostHeld(steps: number, act: (step: Step) => Promise<void>): Promise<number> {
  const before = await memoryInUse();
  const every = Math.ceil(steps / samples);
  let [step, most] = [0, -Infinity];
  await act(async () => {
    step += 1;
    if (step % every === 0) most = Math.max(most, (await memoryInUse()) - before);
  });
  if (step < steps) throw new Error(`${step} steps of ${steps}`);
  return most;
}

/** The same log; every leaf that is read of it is a step. */
function stepping(log: LogBook, step: Step): LogBook {
  async function* passing(from: number, to: number): ReturnType<LogBook['leaves']> {
    for await (const leaf of log.passingLeaves(from, to)) {
      await step();
      yield leaf;
    }
  }
  return new Proxy(log, {
    get: (target, name) => {
      if (name === 'passingLeaves') return passing;
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

/** Every file that is read is a step. */
const steppingFolders = (step: Step): LogFolders => ({
  open: (directory) => {
    const folder = logFolders.open(directory);
    return {
      paths: () => folder.paths(),
      read: async (path, bytesMax) => {
        await step();
        return folder.read(path, bytesMax);
      },
    };
  },
});

async function measure(entries: number): Promise<LogReading> {
  const store = new StoreBench();
  try {
    const checkpoints = await fill(store, entries);
    const anchor = new AnchorDirectory(join(store.directory, 'anchor'));
    const directory = join(store.directory, 'export');
    const log = new SqliteLogBook(store.db, store.clock);
    const { vkey } = key;
    const verifyStore = await mostHeld(entries, async (step) => {
      assertHolds(await verifyAudit({ log: stepping(log, step), anchor }, vkey, []));
    });
    const exported = await mostHeld(entries, async (step) => {
      const openSecrets = (): never => {
        throw new Error('nothing is signed here');
      };
      const ports = { log: stepping(log, step), facts: { vkey }, newFolders, openSecrets };
      await exportAudit(ports, { directory, isSignedFirst: false, guides: () => [] });
    });
    const bundlesAndTiles = 2 * Math.ceil(entries / 256);
    const readBack = await mostHeld(bundlesAndTiles, async (step) => {
      const asked = { directory, vkey, against: [] };
      assertHolds((await verifyExport({ logFolders: steppingFolders(step) }, asked)).verdict);
    });
    return { entries, checkpoints, verifyStore, verifyExport: readBack, export: exported };
  } finally {
    await store.dispose();
  }
}

function assertHolds(verdict: { readonly holds: boolean }): void {
  if (!verdict.holds) throw new Error(`the made-up log does not hold: ${JSON.stringify(verdict)}`);
}

const readings: LogReading[] = [];
for (const entries of process.argv.slice(2).map(Number)) readings.push(await measure(entries));
console.log(JSON.stringify(readings));
