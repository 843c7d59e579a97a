// node bench/audit-bench.ts [--entries 1000000]
//
// How long a long log takes to export, to verify in the store and as an export, and to prove one entry of, against
// sha256sum over the same bundles: the least that reading every entry can cost. Processor time, since others may be at
// work here, and the clock beside it.

import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';

import { composeLeaf } from '../src/domain/audit/leaf.ts';
import { encodeCheckpoint } from '../src/domain/tlog/checkpoint.ts';
import { Frontier } from '../src/domain/tlog/frontier.ts';
import { leafHash } from '../src/domain/tlog/hashes.ts';
import type { TreeNode } from '../src/domain/tlog/tree.ts';
import { AnchorDirectory } from '../src/edge/files/anchor-directory.ts';
import { logFolders } from '../src/edge/files/log-folder.ts';
import { newFolders } from '../src/edge/files/new-folders.ts';
import { SqliteLogBook } from '../src/edge/sqlite/log-book.ts';
import { openDatabase } from '../src/edge/sqlite/open-database.ts';
import type { OpenDatabase } from '../src/edge/sqlite/open-database.ts';
import { exportAudit } from '../src/exchange/audit/export-audit.ts';
import { proveAudit } from '../src/exchange/audit/prove-audit.ts';
import { verifyAudit } from '../src/exchange/audit/verify-audit.ts';
import { verifyExport } from '../src/exchange/audit/verify-export.ts';
import { testLogKey } from '../tests/support/audit-log.ts';
import { signerOf } from '../tests/support/test-log-signer.ts';
import { Scratch } from './scratch.ts';

/** Rows of one statement; SQLite takes 32,766 values. */
const rowsPerInsert = 5_000;
const proofs = 200;
const verifySecondsMax = 30;
const proveMsMax = 10;
const entriesJudged = 1_000_000;

interface Taken {
  readonly cpuSeconds: number;
  readonly seconds: number;
}

/** What a log of so many entries costs. `peer` is sha256sum over the bundles of the export. */
interface AuditFigures {
  readonly entries: number;
  readonly mebibytes: number;
  readonly export: Taken;
  readonly verifyStore: Taken;
  readonly verifyExport: Taken;
  readonly peer: Taken;
  /** One proof, milliseconds of processor time. */
  readonly proveMs: number;
  /** Of this process, filling the store included. */
  readonly peakMib: number;
}

/** Builds a store of `entries` made-up acts in a folder that is removed afterwards, and measures. */
async function auditBench(scratch: Scratch, entries: number): Promise<AuditFigures> {
  const opened = openDatabase(scratch.path('bench.db'), { create: true });
  try {
    const key = testLogKey();
    const log = new SqliteLogBook(opened.db, { now: () => new Date() });
    const root = await fill(opened, entries);
    const body = encodeCheckpoint({ origin: key.key.name, size: entries, root });
    await log.addCheckpoint(entries, root, signerOf(key).sign(body), new Date());
    const ports = { log, facts: { vkey: key.vkey }, newFolders, openSecrets: noSecret };
    const directory = scratch.path('export');
    const request = { directory, isSignedFirst: false, guides: () => [] };
    const exported = await taken(() => exportAudit(ports, request));
    const anchor = new AnchorDirectory(undefined);
    const verifyStore = await taken(async () => {
      assertHolds(await verifyAudit({ log, anchor }, key.vkey, []));
    });
    const verified = await taken(async () => {
      const asked = { directory, vkey: key.vkey, against: [] };
      assertHolds((await verifyExport({ logFolders }, asked)).verdict);
    });
    const { peer, bytes } = hashedByPeer(directory);
    return {
      ...{ entries, mebibytes: bytes / 2 ** 20, export: exported, verifyStore },
      ...{ verifyExport: verified, peer, proveMs: await proveMs(ports, entries) },
      peakMib: process.resourceUsage().maxRSS / 1024,
    };
  } finally {
    await opened.close();
  }
}

/** The rows that as many acts would have left, without a transaction for each. Returns the root. */
async function fill({ db }: OpenDatabase, entries: number): Promise<Uint8Array> {
  const frontier = new Frontier();
  for (let from = 0; from < entries; from += rowsPerInsert) {
    const nodes: TreeNode[] = [];
    const leaves = Array.from({ length: Math.min(rowsPerInsert, entries - from) }, (_, at) => {
      const bytes = madeLeaf(from + at);
      const hash = leafHash(bytes);
      nodes.push(...frontier.add(hash));
      return { number: from + at, bytes, hash };
    });
    const rows = nodes.map(({ level, index: number, hash }) => ({ level, number, hash }));
    await db.transaction().execute(async (trx) => {
      await trx.insertInto('leaf').values(leaves).execute();
      for (let at = 0; at < rows.length; at += rowsPerInsert) {
        await trx
          .insertInto('node')
          .values(rows.slice(at, at + rowsPerInsert))
          .execute();
      }
    });
  }
  return frontier.root();
}

function madeLeaf(number: number): Uint8Array {
  const salt = new Uint8Array(16);
  new DataView(salt.buffer).setUint32(0, number);
  const [batch, handoff] = [`b-${number}`, `h-${number >> 3}`];
  const data = { batch, handoff, recipient: 'psp', attempt: 1, sha256: '0'.repeat(64) };
  const act = { actor: 'tanaka', act: 'delivery-stored', result: 'done' } as const;
  const draft = { ...act, origin: 'cli:bench', object: `batch:${batch}`, data };
  return composeLeaf(draft, salt, new Date(1_700_000_000_000 + number));
}

function hashedByPeer(directory: string): { readonly peer: Taken; readonly bytes: number } {
  const bundles = `${directory}/tile/entries`;
  const options = { encoding: 'utf8', maxBuffer: 2 ** 28, shell: '/bin/bash' } as const;
  const line = `TIMEFORMAT='%R %U %S'; time find "$BUNDLES" -type f -exec sha256sum {} + > /dev/null`;
  const env = { ...process.env, BUNDLES: bundles };
  const said = execFileSync('bash', ['-c', `{ ${line}; } 2>&1`], { ...options, shell: false, env });
  const [seconds = 0, user = 0, system = 0] = said.trim().split(' ').map(Number);
  const size = execFileSync('du', ['-sb', bundles], { encoding: 'utf8' }).split('\t')[0];
  return { peer: { seconds, cpuSeconds: user + system }, bytes: Number(size) };
}

async function proveMs(ports: Parameters<typeof proveAudit>[0], entries: number): Promise<number> {
  const step = Math.max(1, Math.floor(entries / proofs));
  let count = 0;
  const { cpuSeconds } = await taken(async () => {
    for (let index = 0; index < entries; index += step, count += 1) await proveAudit(ports, index);
  });
  return (cpuSeconds / count) * 1000;
}

async function taken(act: () => Promise<unknown>): Promise<Taken> {
  const began = performance.now();
  const cpu = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(cpu);
  return { cpuSeconds: (user + system) / 1e6, seconds: (performance.now() - began) / 1000 };
}

function assertHolds(verdict: { readonly holds: boolean }): void {
  if (!verdict.holds) throw new Error(`the made-up log does not hold: ${JSON.stringify(verdict)}`);
}

function noSecret(): never {
  throw new Error('nothing is signed here');
}

function goalLine(name: string, limit: number, measured: number): string {
  return `${measured < limit ? 'holds' : 'MISSED'}  ${name}: ${measured.toFixed(1)} of ${limit}`;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { entries: { type: 'string', default: '1000000' } } });
  const scratch = new Scratch();
  try {
    const figures = await auditBench(scratch, Number(values.entries));
    const { entries, mebibytes, peakMib } = figures;
    const show = ({ cpuSeconds, seconds }: Taken): string =>
      `${cpuSeconds.toFixed(2)} CPU s (${seconds.toFixed(2)} s)`;
    console.log(`entries ${entries} · ${mebibytes.toFixed(0)} MiB of bundles`);
    console.log(`export        ${show(figures.export)}`);
    console.log(`verify store  ${show(figures.verifyStore)}`);
    console.log(`verify export ${show(figures.verifyExport)}`);
    console.log(`sha256sum     ${show(figures.peer)}`);
    console.log(
      `one proof     ${figures.proveMs.toFixed(2)} CPU ms · peak ${peakMib.toFixed(0)} MiB`,
    );
    if (entries === entriesJudged) {
      console.log(goalLine('CPU s to verify', verifySecondsMax, figures.verifyStore.cpuSeconds));
      console.log(goalLine('CPU ms for one proof', proveMsMax, figures.proveMs));
    }
  } finally {
    await scratch.dispose();
  }
}
