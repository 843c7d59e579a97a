// Where the time of one prepare goes. The process that sees card numbers refuses to be profiled, so its work is done
// here, in a process that is not it: the same functions, on made-up numbers, with the pipe to the main process leading
// nowhere.

import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import type { Profiler } from 'node:inspector';
import { Writable } from 'node:stream';

import { openAnySource } from '../src/cde/open-any-source.ts';
import { Outbound } from '../src/cde/outbound.ts';
import { runPrepare } from '../src/cde/prepare-job.ts';
import { passphrasesFor } from '../src/compose-passphrases.ts';
import { openWorkspace } from '../src/compose.ts';
import { BinTable } from '../src/domain/bins/bin-table.ts';
import { readBinCsv } from '../src/domain/bins/parse-bin-csv.ts';
import { nonceOf, NONCE_LETTERS } from '../src/domain/handoff/batch-nonce.ts';
import { sourceSpecSchema } from '../src/domain/intake/source-spec.ts';
import { unlockOurKey } from '../src/edge/openpgp/our-key.ts';
import { OpenpgpSealer } from '../src/edge/openpgp/seal.ts';
import type { CardProcess } from '../src/exchange/handoff/card-process.ts';
import { prepareHandoff } from '../src/exchange/handoff/prepare-handoff.ts';
import { writeOrders } from './generate.ts';
import type { Scratch } from './scratch.ts';
import type { FileKind } from './shop.ts';
import { dirtySpec, officer } from './workspace.ts';
import type { Workspace } from './workspace.ts';

const intervalUs = 500;
const rowsShown = 25;

/** Prepares an export under the profiler and prints the files and functions that took longest. */
export async function profilePrepare(
  scratch: Scratch,
  workspace: Workspace,
  kind: FileKind,
  records: number,
): Promise<void> {
  const incident = await workspace.openIncident();
  const path = scratch.path('orders.csv');
  writeOrders({ kind, records, path });
  await prepare(scratch, workspace, incident, path, kind);
}

async function prepare(
  scratch: Scratch,
  { passphraseFile }: Workspace,
  incident: string,
  path: string,
  kind: FileKind,
): Promise<void> {
  const prompts = { workspace: '', officer: '', repeat: '' };
  const workspace = await openWorkspace(scratch.path('workspace'), {
    door: 'cli',
    passphrases: passphrasesFor({ workspace: passphraseFile }, prompts),
    callSheets: () => [],
  });
  const spec =
    kind === 'dirty'
      ? await workspace.tables.read(dirtySpec(scratch), sourceSpecSchema)
      : sourceSpecSchema.parse({});
  try {
    await prepareHandoff(
      { ...workspace, cardProcess: inThisProcess },
      {
        ...{ incident, officer, sources: [{ path, name: 'orders.csv', spec }] },
        ...{ acceptHeld: [], reason: undefined, dryRun: false },
      },
    );
  } finally {
    await workspace.close();
  }
}

/** What src/cde/main.ts does, under the profiler. */
const inThisProcess: CardProcess = {
  prepare: async (job, passphrase, earlier) => {
    const ourKey = await unlockOurKey(await readFile(job.openpgpKeys[0]!.path), passphrase);
    const table = job.binTablePath === undefined ? '' : await readFile(job.binTablePath, 'utf8');
    const tools = {
      bins: BinTable.from(readBinCsv(table), job.createdAt.slice(0, 10)),
      hashKey: Promise.resolve(new Uint8Array(randomBytes(32))),
      personKey: Promise.resolve(new Uint8Array(randomBytes(32))),
      openSource: openAnySource(ourKey, job.senders),
      sealer: Promise.resolve(new OpenpgpSealer(ourKey)),
      newBatchId: () => randomBytes(5).toString('hex'),
      newNonce: () => nonceOf(randomBytes(NONCE_LETTERS)),
    };
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => void setImmediate(done) });
    return profiled(() => runPrepare(job, tools, earlier, new Outbound(nowhere)));
  },
};

async function profiled<T>(act: () => Promise<T>): Promise<T> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: intervalUs });
  await session.post('Profiler.start');
  const began = performance.now();
  const result = await act();
  const elapsedMs = performance.now() - began;
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  show(profile, elapsedMs);
  return result;
}

/** Parts of the work by the files that do them; the first that fits. */
const stages: readonly (readonly [stage: string, files: RegExp])[] = [
  ['reading the file', /cde\/(read-source|open-any-source|scan-sources)/],
  ['scanning', /intake\/(scanner|source-screener|code-points|utf16|head-sample)/],
  ['folding', /intake\/(folding|card-table|byte-arena|reference-|hash-slots|column-memory)/],
  [
    'screening',
    /domain\/(intake|bins|incident)\/|cards\/(luhn|brands|test-)|cde\/(route-|finding-)/,
  ],
  ['hashing', /cards\/keyed-hash/],
  ['RSA signature', /^modExp/],
  ['formatting', /domain\/formats\/|cde\/seal-batches/],
  ['sealing', /openpgp|webstreams|edge\/files\/sealed-file/],
  ['pages', /cde\/(emit-pages|hash-index|outbound|frames)|truncation/],
  ['arranging', /cde\/(arrange-batches|prepare-job|earlier-cards)/],
];

function show(profile: Profiler.Profile, elapsedMs: number): void {
  const selfMs = new Map<number, number>();
  profile.samples?.forEach((id, sample) => {
    selfMs.set(id, (selfMs.get(id) ?? 0) + (profile.timeDeltas?.[sample] ?? 0) / 1000);
  });
  const byStage = new Map<string, number>();
  const byFunction = new Map<string, number>();
  const add = (sums: Map<string, number>, name: string, ms: number): void => {
    sums.set(name, (sums.get(name) ?? 0) + ms);
  };
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const walk = (id: number, outer: string): void => {
    const { callFrame, children = [] } = nodes.get(id)!;
    // The profiler's own start.
    if (callFrame.url === 'node:inspector') return;
    const file = callFrame.url.replace(/^.*\/(src|node_modules)\//, '$1/');
    const name = `${callFrame.functionName || '(anonymous)'}  ${file}:${callFrame.lineNumber + 1}`;
    const stage = stages.find(([, files]) => files.test(name))?.[0] ?? outer;
    const counted = /^\((garbage|idle|program)/.test(name) ? callFrame.functionName : stage;
    add(byStage, counted, selfMs.get(id) ?? 0);
    add(byFunction, name, selfMs.get(id) ?? 0);
    for (const child of children) walk(child, stage);
  };
  walk(profile.nodes[0]!.id, 'other');
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(`elapsed ${elapsedMs.toFixed(0)} ms, peak of this process ${peak.toFixed(0)} MiB`);
  for (const sums of [byStage, byFunction]) print(sums, elapsedMs);
}

function print(sums: ReadonlyMap<string, number>, elapsedMs: number): void {
  const rows = [...sums].sort(([, a], [, b]) => b - a).slice(0, rowsShown);
  console.log(`\n     ms     %`);
  for (const [name, ms] of rows) {
    const share = (ms / elapsedMs) * 100;
    console.log(`${ms.toFixed(0).padStart(7)} ${share.toFixed(1).padStart(5)}  ${name}`);
  }
}
