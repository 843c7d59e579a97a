// node bench/audit-bench.ts [--entries 1000000]
//
// How long a long log takes to export, to verify in the store and as an export, and to prove one entry of, against
// sha256sum over the same bundles: the least that reading every entry can cost. Processor time, since others may be at
// work here, and the clock beside it. Each act is a process of its own, so that the most it held is its own too; proofs are
// made in one that has started. A checkpoint stands at every hundredth entry, in the store and in an anchor.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { encodeAnchor } from '../src/domain/audit/anchor.ts';
import { composeLeaf } from '../src/domain/audit/leaf.ts';
import { encodeCheckpoint } from '../src/domain/tlog/checkpoint.ts';
import { Frontier } from '../src/domain/tlog/frontier.ts';
import { leafHash } from '../src/domain/tlog/hashes.ts';
import type { TreeNode } from '../src/domain/tlog/tree.ts';
import { parseVerifierKey } from '../src/domain/tlog/verifier-key.ts';
import { systemClock } from '../src/edge/clock/system-clock.ts';
import { AnchorDirectory } from '../src/edge/files/anchor-directory.ts';
import { logFolders } from '../src/edge/files/log-folder.ts';
import { newFolders } from '../src/edge/files/new-folders.ts';
import { SqliteLogBook } from '../src/edge/sqlite/log-book.ts';
import { openDatabase } from '../src/edge/sqlite/open-database.ts';
import type { OpenDatabase } from '../src/edge/sqlite/open-database.ts';
import type { Tables } from '../src/edge/sqlite/tables.ts';
import { exportAudit } from '../src/exchange/audit/export-audit.ts';
import type { LogSigner } from '../src/exchange/audit/log-signer.ts';
import { proveAudit } from '../src/exchange/audit/prove-audit.ts';
import { verifyAudit } from '../src/exchange/audit/verify-audit.ts';
import { verifyExport } from '../src/exchange/audit/verify-export.ts';
import { testLogKey } from '../tests/support/audit-log.ts';
import { signerOf } from '../tests/support/test-log-signer.ts';
import { Scratch } from './scratch.ts';

const program = fileURLToPath(import.meta.url);
const entriesACheckpoint = 100;
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

/** An act in a process of its own. */
interface TakenAlone extends Taken {
  readonly peakMib: number;
}

type Act = 'export' | 'verify-store' | 'verify-export';

/** What a log of so many entries costs. `peer` is sha256sum over the bundles of the export. */
interface AuditFigures {
  readonly entries: number;
  readonly mebibytes: number;
  readonly export: TakenAlone;
  readonly verifyStore: TakenAlone;
  readonly verifyExport: TakenAlone;
  readonly peer: Taken;
  /** One proof, milliseconds of processor time. */
  readonly proveMs: number;
}

/** Builds a store of `entries` made-up acts in a folder that is removed afterwards, and measures. */
async function auditBench(scratch: Scratch, entries: number): Promise<AuditFigures> {
  const root = scratch.path('log');
  mkdirSync(anchorIn(root), { recursive: true });
  const key = testLogKey();
  const opened = openDatabase(databaseIn(root), { create: true });
  try {
    await fill(opened, entries, signerOf(key), anchorIn(root));
    const [exported, verifyStore, verifyExport] = (
      ['export', 'verify-store', 'verify-export'] as const
    ).map((act) => takenAlone(act, root, key.vkey)) as [TakenAlone, TakenAlone, TakenAlone];
    const { peer, bytes } = hashedByPeer(exportIn(root));
    const ports = { log: new SqliteLogBook(opened.db, systemClock), facts: { vkey: key.vkey } };
    return {
      ...{ entries, mebibytes: bytes / 2 ** 20, export: exported, verifyStore, verifyExport, peer },
      proveMs: await proveMs(ports, entries),
    };
  } finally {
    await opened.close();
  }
}

const databaseIn = (root: string): string => join(root, 'bench.db');
const anchorIn = (root: string): string => join(root, 'anchor');
const exportIn = (root: string): string => join(root, 'export');

function takenAlone(act: Act, root: string, vkey: string): TakenAlone {
  const said = execFileSync(process.execPath, [program, act, root, vkey], { encoding: 'utf8' });
  return JSON.parse(said) as TakenAlone;
}

/** One act over the whole log, as this process. */
async function actAlone(act: Act, root: string, vkey: string): Promise<TakenAlone> {
  const began = performance.now();
  const opened = openDatabase(databaseIn(root), { create: false });
  try {
    const log = new SqliteLogBook(opened.db, systemClock);
    if (act === 'export') {
      const ports = { log, facts: { vkey }, newFolders, openSecrets: noSecret };
      const request = { directory: exportIn(root), isSignedFirst: false, guides: () => [] };
      await exportAudit(ports, request);
    } else if (act === 'verify-store') {
      assertHolds(
        await verifyAudit({ log, anchor: new AnchorDirectory(anchorIn(root)) }, vkey, []),
      );
    } else {
      const asked = { directory: exportIn(root), vkey, against: [] };
      assertHolds((await verifyExport({ logFolders }, asked)).verdict);
    }
  } finally {
    await opened.close();
  }
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  const [cpuSeconds, seconds] = [(userCPUTime + systemCPUTime) / 1e6, secondsSince(began)];
  return { cpuSeconds, seconds, peakMib: peakMib() };
}

/** The rows and files that as many acts would have left, without a transaction for each. */
async function fill(
  { db }: OpenDatabase,
  entries: number,
  signer: LogSigner,
  anchor: string,
): Promise<void> {
  const frontier = new Frontier();
  const key = parseVerifierKey(signer.vkey);
  for (let from = 0; from < entries; from += rowsPerInsert) {
    const nodes: TreeNode[] = [];
    const checkpoints: Tables['checkpoint'][] = [];
    const leaves = Array.from({ length: Math.min(rowsPerInsert, entries - from) }, (_, at) => {
      const bytes = madeLeaf(from + at);
      const hash = leafHash(bytes);
      nodes.push(...frontier.add(hash));
      if (frontier.size % entriesACheckpoint === 0 || frontier.size === entries) {
        const [size, root] = [frontier.size, frontier.root()];
        const note = signer.sign(encodeCheckpoint({ origin: key.name, size, root }));
        writeFileSync(join(anchor, encodeAnchor(note, key).name), note);
        checkpoints.push({ size, root, note: new TextDecoder().decode(note), signed_at: 0 });
      }
      return { number: from + at, bytes, hash };
    });
    const rows = nodes.map(({ level, index: number, hash }) => ({ level, number, hash }));
    await db.transaction().execute(async (trx) => {
      await trx.insertInto('leaf').values(leaves).execute();
      await trx.insertInto('checkpoint').values(checkpoints).execute();
      for (let at = 0; at < rows.length; at += rowsPerInsert) {
        await trx
          .insertInto('node')
          .values(rows.slice(at, at + rowsPerInsert))
          .execute();
      }
    });
  }
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
  const cpu = process.cpuUsage();
  for (let index = 0; index < entries; index += step, count += 1) await proveAudit(ports, index);
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / count / 1000;
}

/** By the kernel's count of this program: `maxRSS` counts what the process held that started it. */
function peakMib(): number {
  const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kib) / 1024;
}

function secondsSince(began: number): number {
  return (performance.now() - began) / 1000;
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

async function bench(entries: number): Promise<void> {
  const scratch = new Scratch();
  try {
    const figures = await auditBench(scratch, entries);
    const show = ({ cpuSeconds, seconds }: Taken): string =>
      `${cpuSeconds.toFixed(2)} CPU s (${seconds.toFixed(2)} s)`;
    const showAlone = (one: TakenAlone): string =>
      `${show(one)} · peak ${one.peakMib.toFixed(0)} MiB`;
    console.log(`entries ${entries} · ${figures.mebibytes.toFixed(0)} MiB of bundles`);
    console.log(`export        ${showAlone(figures.export)}`);
    console.log(`verify store  ${showAlone(figures.verifyStore)}`);
    console.log(`verify export ${showAlone(figures.verifyExport)}`);
    console.log(`sha256sum     ${show(figures.peer)}`);
    console.log(`one proof     ${figures.proveMs.toFixed(2)} CPU ms`);
    if (entries !== entriesJudged) return;
    console.log(goalLine('CPU s to verify', verifySecondsMax, figures.verifyStore.cpuSeconds));
    console.log(goalLine('CPU ms for one proof', proveMsMax, figures.proveMs));
  } finally {
    await scratch.dispose();
  }
}

if (import.meta.main) {
  const options = { entries: { type: 'string', default: '1000000' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [act, root, vkey] = positionals;
  if (root === undefined || vkey === undefined) await bench(Number(values.entries));
  else console.log(JSON.stringify(await actAlone(act as Act, root, vkey)));
}
